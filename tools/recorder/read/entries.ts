/** What a line of a log may be. Nothing is judged yet but which of them it wants to be. */
export type Entry =
  | { kind: 'event'; event: Readonly<Record<string, unknown>>; seq?: unknown }
  | { kind: 'span'; span: Readonly<Record<string, unknown>> }
  | { kind: 'gap'; first_seq: unknown; last_seq: unknown; why: unknown }
  | { kind: 'archive' }
  | { kind: 'none'; found: string };

/** Says of an object of a foreign log how ours would have it. */
export type EventMap = (entry: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * Tells the entries of a log apart: an event, bare or with the fields that a query and an archive put beside it; a span
 * (a row of the engine, or a binding of 4.3.9.18.2); a gap; the first and last line of an archive.
 */
export function entryOf(value: unknown, map?: EventMap): Entry {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { kind: 'none', found: foundOf(value) };
  const given = value as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(given, 'payload')) {
    if (typeof given.schema === 'string' && given.schema.startsWith('govkit.archive'))
      return { kind: 'archive' };
    if (Object.hasOwn(given, 'gap')) return gapOf(given.gap);
    // Its kind stands under `span` where the line names it so, under `kind` in a row of the engine.
    if (typeof given.span === 'string') return { kind: 'span', span: { ...given, kind: given.span } };
    if (isSpan(given)) return { kind: 'span', span: given };
  }
  const event = map ? map(given) : given;
  if (!signs.some((sign) => Object.hasOwn(event, sign))) return { kind: 'none', found: foundOf(given) };
  if (!Object.hasOwn(event, 'seq')) return { kind: 'event', event };
  const { seq, ...bare } = event;
  if (!isHash(bare.previous) || !isHash(bare.hash)) return { kind: 'event', event: bare, seq };
  const { previous: _, hash: __, ...archived } = bare;
  return { kind: 'event', event: archived, seq };
}

/** One of them says that somebody meant an event; what is wrong with it is told by its shape. */
const signs = ['fr_event_id', 'event_id', 'payload'] as const;

const spanSigns = ['span_id', 'model_session_span_id', 'activity_span_id'] as const;

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[\da-f]{64}$/.test(value);

function isSpan(given: Readonly<Record<string, unknown>>): boolean {
  if (signs.some((sign) => Object.hasOwn(given, sign))) return false;
  return spanSigns.some((sign) => Object.hasOwn(given, sign));
}

function gapOf(gap: unknown): Entry {
  if (gap === null || typeof gap !== 'object')
    return { kind: 'none', found: `a gap that is ${foundOf(gap)}` };
  const { first_seq, last_seq, why } = gap as { first_seq?: unknown; last_seq?: unknown; why?: unknown };
  return { kind: 'gap', first_seq, last_seq, why };
}

const MOST_KEYS = 4;

function foundOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, MOST_KEYS).map((key) => JSON.stringify(key.slice(0, 40)));
  return `an object of ${shown.join(', ')}${keys.length > MOST_KEYS ? ' and more' : ''}`;
}
