/** A user's signature: `{username}{DDMMYYYYHHMM}`. */
export interface Signature {
  text: string;
  user: string;
  /** RFC 3339 without an offset: the time as the user's clock showed it. */
  at: string;
  /** `DDMMYYHHMMSS`, found in history and accepted nowhere else. */
  legacy: boolean;
}

const FORM = /^([a-z]+)(\d{12})$/;

/** The signature, if it has the form and a time that a calendar knows (`ilja999999999999` has none). */
export function parseSignature(text: string): Signature | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const digits = match[2]!;
  const pair = (at: number): number => Number(digits.slice(at, at + 2));
  const modern = timeOf(Number(digits.slice(4, 8)), pair(2), pair(0), pair(8), pair(10), 0);
  const at = modern ?? timeOf(2000 + pair(4), pair(2), pair(0), pair(6), pair(8), pair(10));
  return at === undefined ? undefined : { text, user: match[1]!, at, legacy: modern === undefined };
}

/** A calendar time as text, or undefined where the calendar has no such day, hour or minute. */
function timeOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): string | undefined {
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // `251225041500` is a quarter past four in 2025, and no day of the year 2504.
  if (year < 2000 || year > 2099) return undefined;
  const same =
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second;
  return same ? time.toISOString().slice(0, 19) : undefined;
}

/**
 * The instant of a signature by a clock of the zone, in milliseconds since 1970; undefined for a time that such a
 * clock never shows, since it was put forward over it. Of a time that it shows twice the first counts.
 */
export function signatureInstant({ at }: Signature, zone: string): number | undefined {
  const local = Date.parse(`${at}Z`);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  } as Intl.DateTimeFormatOptions);
  const shown = (instant: number): number => {
    const part = Object.fromEntries(
      clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year, month, day, hour, minute, second } = part as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour, minute, second);
  };
  // Zones lie at most a day apart from UTC, and change by an hour or so at a time.
  const offsets = [-1, 0, 1].map((days) => {
    const instant = local + days * 86_400_000;
    return shown(instant) - instant;
  });
  const instants = [...new Set(offsets)]
    .map((offset) => local - offset)
    .filter((each) => shown(each) === local);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
