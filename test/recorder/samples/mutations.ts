// Every way in which one field of a right event can be wrong.
import { envelopeRows, eventOf, type Kind, put, type Row, type Sample } from './sample.ts';

export interface Mutation {
  what: string;
  event: Record<string, unknown>;
}

const padded = (text: string): [string, unknown][] => [
  ['padded with a blank before', ` ${text}`],
  ['padded with a blank behind', `${text} `],
  ['padded with a line end', `${text}\n`],
  ['padded with NUL', `${text}\0`],
  ['padded with a BOM', `\ufeff${text}`],
  ['with a zero width space', `${text.slice(0, 2)}\u200b${text.slice(2)}`],
];
const nearMisses = (text: string): [string, unknown][] => [
  ['one character short', text.slice(0, -1)],
  ['one character long', `${text}0`],
  ['empty', ''],
];
const caseOf = (text: string): [string, unknown][] => {
  const other = text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
  return other === text ? [] : [['in the other case', other]];
};
const noText: [string, unknown][] = [
  ['a number', 7],
  ['a flag', true],
  ['a list', ['x']],
  ['an object', {}],
];
const noNumber: [string, unknown][] = [
  ['a text', '7'],
  ['a flag', true],
  ['a list', [7]],
  ['NaN', Number.NaN],
  ['infinite', Number.POSITIVE_INFINITY],
  ['a bigint', 7n],
  ['below zero', -1],
];

/** Values that a field of a kind must not have, the right one being given. */
const wrong: Record<Kind, (value: unknown) => [string, unknown][]> = {
  // Which case the digits of a UUID have is left open; of `event_id` it is not (D-46).
  uuid: (value) => [...noText, ...padded(String(value)), ...nearMisses(String(value))],
  uuids: (value) => [
    ['a text', 'x'],
    ['a list with null', [null]],
    ['a list with a near miss', [String((value as string[])[0]).slice(1)]],
    ['a list of lists', [value]],
  ],
  sha256: (value) => {
    const text = String(value ?? 'a'.repeat(64));
    return [...noText, ...padded(text), ...nearMisses(text), ...caseOf(text)];
  },
  time: (value) => [
    ...noText,
    ...padded(String(value)),
    ...caseOf(String(value)),
    ['without an offset', '2026-02-24T09:00:00'],
    ['a date alone', '2026-02-24'],
    ['a day that no month has', '2026-02-30T09:00:00Z'],
    ['an hour that no day has', '2026-02-24T24:00:00Z'],
    ['empty', ''],
  ],
  word: (value) => [
    ...noText,
    ...padded(String(value)),
    ...nearMisses(String(value)),
    ...caseOf(String(value)),
  ],
  count: () => [...noNumber, ['a fraction', 1.5], ['beyond what is exact', 2 ** 53]],
  amount: () => noNumber,
  flag: () => [
    ['a text', 'true'],
    ['a number', 0],
  ],
  text: () => noText,
  texts: () => [
    ['a text', 'x'],
    ['a list of numbers', [7]],
    ['a list with null', [null]],
    ['an object', { 0: 'x' }],
  ],
  object: () => [
    ['a text', 'x'],
    ['a list', []],
  ],
};

function drop(event: object, path: string): void {
  const parts = path.split('.');
  const last = parts.pop()!;
  const holder = parts.reduce((at, part) => (at as Record<string, object>)[part]!, event);
  delete (holder as Record<string, unknown>)[last];
}

/** Of one field: dropped, null, undefined, or of another value than it may have. */
function ofRow(sample: Sample, [path, kind, value, rights = {}]: Row): Mutation[] {
  const made: Mutation[] = [];
  const make = (what: string, change: (event: Record<string, unknown>) => void): void => {
    const event = eventOf(sample);
    change(event);
    made.push({ what: `${path} ${what}`, event });
  };
  if (!rights.optional) {
    make('dropped', (event) => drop(event, path));
    make('undefined', (event) => put(event, path, undefined));
  }
  if (!rights.nullable) make('null', (event) => put(event, path, null));
  for (const [what, other] of wrong[kind](value)) make(what, (event) => put(event, path, other));
  return made;
}

/** Every object of an event, by its path; '' is the event. */
const objectsOf = (sample: Sample): string[] => [
  '',
  'payload.',
  ...sample.rows.filter(([, kind]) => kind === 'object').map(([path]) => `payload.${path}.`),
];

const extraKeys = ['surprise', 'Type', 'actor_id', 'content', '', 'constructor'];

export function mutationsOf(sample: Sample): Mutation[] {
  const head: Row[] = [
    ['fr_event_id', 'word', sample.id],
    ['type', 'word', sample.type],
    ['payload', 'object', {}],
  ];
  const envelope = envelopeRows.map(([path, kind, value, rights]): Row => {
    if (path === 'actor') return [path, kind, sample.actor];
    return sample.needs?.includes(path) ? [path, kind, value] : [path, kind, value, rights ?? {}];
  });
  const payload = sample.rows.map(
    ([path, kind, value, rights]): Row => [`payload.${path}`, kind, value, rights ?? {}],
  );
  const extra = objectsOf(sample).flatMap((path) =>
    extraKeys.map((key): Mutation => {
      const event = eventOf(sample);
      put(event, `${path}${key}`, 'x');
      return { what: `extra ${path}${key}`, event };
    }),
  );
  return [...[...head, ...envelope, ...payload].flatMap((row) => ofRow(sample, row)), ...extra];
}
