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

export interface Mutation {
  kind: MutationKind;
  /** Where, as `payload.wsids.0`. */
  at: string;
  value: unknown;
}

/** Every change of a single field of a JSON value, at any depth, the value itself included. It stays as it is. */
export function* mutationsOf(
  value: unknown,
  at = '',
  put: (changed: unknown) => unknown = (changed) => changed,
): Generator<Mutation> {
  for (const [kind, changed] of replacements(value)) yield { kind, at, value: put(changed) };
  if (Array.isArray(value)) yield* elements(value, at, put);
  else if (isObject(value)) yield* properties(value, at, put);
}

function* elements(value: unknown[], at: string, put: (changed: unknown) => unknown): Generator<Mutation> {
  yield { kind: 'element', at, value: put([...value, 'x']) };
  yield { kind: 'element', at, value: put([...value, null]) };
  for (let index = 0; index < value.length; index++) {
    const inner = `${at}.${index}`;
    yield { kind: 'element', at: inner, value: put(value.toSpliced(index, 1)) };
    yield* mutationsOf(value[index], inner, (changed) => put(value.with(index, changed)));
  }
}

function* properties(
  value: Record<string, unknown>,
  at: string,
  put: (changed: unknown) => unknown,
): Generator<Mutation> {
  for (const name of ['unknown_key', '__proto__', 'constructor'])
    if (!Object.hasOwn(value, name)) yield { kind: 'unknown-key', at, value: put({ ...value, [name]: 1 }) };
  for (const name of Object.keys(value)) {
    const inner = at === '' ? name : `${at}.${name}`;
    const { [name]: _, ...rest } = value;
    yield { kind: 'absent', at: inner, value: put(rest) };
    yield* mutationsOf(value[name], inner, (changed) => put({ ...value, [name]: changed }));
  }
}

const OTHER_KINDS: [kind: string, value: unknown][] = [
  ['string', 'x'],
  ['number', 1],
  ['boolean', true],
  ['array', []],
  ['object', {}],
];

function replacements(value: unknown): [MutationKind, unknown][] {
  const own = Array.isArray(value) ? 'array' : isObject(value) ? 'object' : typeof value;
  const others = OTHER_KINDS.filter(([kind]) => kind !== own).map(([, other]): [MutationKind, unknown] => [
    'kind',
    other,
  ]);
  const toNull: [MutationKind, unknown][] = value === null ? [] : [['null', null]];
  return [...toNull, ...others, ...variants(value)];
}

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
