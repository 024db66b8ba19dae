/** What was done to one field; a test counts them, so that none of them can be forgotten. */
export const MUTATIONS = [
  'absent',
  'null',
  'kind',
  'word',
  'format',
  'empty',
  'negative',
  'large',
  'fraction',
  'unsafe',
  'unknown-key',
  'element',
] as const;
export type MutationKind = (typeof MUTATIONS)[number];

/** Sees one change, made at `at`, as `payload.wsids.0`. The changed value is lent: it is another one after the call. */
export type See = (kind: MutationKind, at: string, changed: unknown) => void;

type Slots = Record<string | number, unknown>;

/**
 * Shows every change of a single field of a JSON value, at any depth, the value itself included. Each is made in the
 * value and taken back: seventeen million copies down to the field took a fifth of the time.
 */
export function eachMutation(value: unknown, see: See): void {
  const whole = { value };
  inSlot(whole, 'value', '', (kind, at) => see(kind, at, whole.value));
}

function inSlot(
  slots: Slots,
  key: string | number,
  at: string,
  seen: (kind: MutationKind, at: string) => void,
) {
  const value = slots[key];
  const put = (kind: MutationKind, where: string, changed: unknown) => {
    slots[key] = changed;
    seen(kind, where);
  };
  for (const [kind, other] of OTHER_KINDS[kindOf(value)]!) put(kind, at, other);
  for (const [kind, other] of variants(value)) put(kind, at, other);
  if (Array.isArray(value)) {
    put('element', at, [...value, 'x']);
    put('element', at, [...value, null]);
    for (let index = 0; index < value.length; index++)
      put('element', `${at}.${index}`, value.toSpliced(index, 1));
  } else if (isObject(value)) {
    for (const name of ['unknown_key', '__proto__', 'constructor'])
      if (!Object.hasOwn(value, name)) put('unknown-key', at, { ...value, [name]: 1 });
    for (const name of Object.keys(value)) {
      const { [name]: _, ...rest } = value;
      put('absent', inner(at, name), rest);
    }
  }
  slots[key] = value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      inSlot(value as unknown as Slots, index, `${at}.${index}`, seen);
  } else if (isObject(value))
    for (const name of Object.keys(value)) inSlot(value, name, inner(at, name), seen);
}

const inner = (at: string, name: string) => (at === '' ? name : `${at}.${name}`);

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const KINDS: [kind: string, value: unknown][] = [
  ['null', null],
  ['string', 'x'],
  ['number', 1],
  ['boolean', true],
  ['array', []],
  ['object', {}],
];

/** What stands for a value of a kind: one of each other. */
const OTHER_KINDS: Record<string, [MutationKind, unknown][]> = Object.fromEntries(
  KINDS.map(([own]) => [
    own,
    KINDS.filter(([kind]) => kind !== own).map(([kind, other]) => [kind === 'null' ? 'null' : 'kind', other]),
  ]),
);

/** Values of the same kind that another definition would take, or none. */
function variants(value: unknown): [MutationKind, unknown][] {
  if (typeof value === 'boolean') return [['word', !value]];
  if (typeof value === 'number')
    return [
      ['negative', -Math.abs(value) - 1],
      ['large', value + 100],
      ['fraction', Math.trunc(value / 2) + 0.5],
      ['unsafe', 2 ** 53],
      ['unsafe', -(2 ** 53)],
    ];
  if (typeof value !== 'string') return [];
  const found: [MutationKind, string][] = [
    ['empty', ''],
    ['word', `${value}x`],
    ['format', value.toUpperCase()],
    ['format', value.slice(1)],
    ['format', value.slice(0, 10)],
    ['format', `${value}\n`],
    ['format', value.replace(/Z$/, '+00:00')],
    ['format', value.replace(/:\d\d(?=[.Z+-])/, '')],
    ['format', value.replace('T', ' ')],
  ];
  const seen = new Set([value]);
  return found.filter(([, text]) => !seen.has(text) && seen.add(text));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
