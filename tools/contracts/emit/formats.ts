const LEAP_DAY = '(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29';
const DAY =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?';
const OFFSET = '(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/**
 * The text formats of the IR, one source for every emitter: what zod refuses, JSON Schema refuses. Formats are
 * regular expressions, the cheapest check there is; zod's own datetime lets seconds be absent. `uuid` is the
 * expression of `z.uuid()`, and a test holds the two against each other.
 */
export const FORMATS = {
  datetime: `^(?:${LEAP_DAY}|${DAY})T${TIME}${OFFSET}$`,
  utc: `^(?:${LEAP_DAY}|${DAY})T${TIME}Z$`,
  sha256: '^[0-9a-f]{64}$',
  uuid: '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$',
} as const;
