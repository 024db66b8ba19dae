import { type Ahead, ahead } from './ahead.ts';
import { SEGMENT_SIZE, segmentOf } from './chain.ts';
import { quote, short, type TellAbout } from './faults.ts';
import type { Beside } from './record.ts';

/** What is said of a whole segment, so that a query can pass over it. */
export interface Seal {
  segment: number;
  from_at: number;
  to_at: number;
  /** JSON array, sorted, each once. */
  fr_event_ids: string;
  hash: string;
}

/** What the records of a segment have said so far. */
interface Segment {
  segment: number;
  from_at: number;
  to_at: number;
  ids: Set<string>;
  records: number;
  /** Its records were what they said: only then can they speak against the seal. */
  sound: boolean;
}

/** Holds the seals of a log against its records, as these pass. */
export interface SealCheck {
  /** `says` is null of a record that cannot be believed. */
  record(seq: number, says: Beside | null): void;
  /** Everything up to `last` has passed; `hashes`: what may stand at `last`, empty where nobody knows. */
  passed(last: number, hashes: readonly string[]): void;
  /** Seals of segments that the log does not have. */
  end(): void;
}

const firstOf = (segment: number): number => segment * SEGMENT_SIZE + 1;
const lastOf = (segment: number): number => (segment + 1) * SEGMENT_SIZE;

export function createSealCheck(
  seals: Iterable<Seal>,
  tell: TellAbout,
): SealCheck & { readonly count: number } {
  const next: Ahead<Seal> = ahead(seals);
  let current: Segment | null = null;
  let count = 0;

  const enter = (seq: number): Segment => {
    const segment = segmentOf(seq);
    if (current?.segment !== segment)
      current = {
        segment,
        from_at: Number.POSITIVE_INFINITY,
        to_at: Number.NEGATIVE_INFINITY,
        ids: new Set(),
        records: 0,
        sound: true,
      };
    return current;
  };
  const wrong = (segment: number, message: string): void =>
    tell('log/seal', { what: 'segment', seq: firstOf(segment), last_seq: lastOf(segment) }, message);
  const named = (segment: number): string => `segment ${segment} (${firstOf(segment)}-${lastOf(segment)})`;
  /** Seals before `segment` belong to records that are gone as a whole: gaps tell of those. */
  const sealOf = (segment: number): Seal | undefined => {
    for (let seal = next.peek(); seal && seal.segment <= segment; seal = next.peek()) {
      next.take();
      if (seal.segment === segment) return seal;
      if (seal.segment < 0) wrong(seal.segment, `seal of segment ${seal.segment}, expected segments from 0`);
    }
    return undefined;
  };

  const close = (done: Segment, hashes: readonly string[]): void => {
    const { segment, records, sound } = done;
    const whole = records === SEGMENT_SIZE;
    const seal = sealOf(segment);
    if (!seal) {
      if (whole) wrong(segment, `absence of the seal of ${named(segment)}, expected one`);
      return;
    }
    count += 1;
    const fault = sound ? contradiction(seal, done, whole) : null;
    if (fault)
      wrong(
        segment,
        `${fault.name} ${fault.found} in the seal of ${named(segment)}, expected ${fault.expected}`,
      );
    else if (hashes.length > 0 && !hashes.includes(seal.hash))
      wrong(
        segment,
        `hash ${short(seal.hash)} in the seal of ${named(segment)}, expected ${short(hashes[0]!)}`,
      );
  };

  return {
    get count() {
      return count;
    },
    record(seq, says) {
      const segment = enter(seq);
      segment.records += 1;
      if (!says) {
        segment.sound = false;
        return;
      }
      segment.from_at = Math.min(segment.from_at, says.at);
      segment.to_at = Math.max(segment.to_at, says.at);
      segment.ids.add(says.fr_event_id);
    },
    passed(last, hashes) {
      if (!current || last < lastOf(current.segment)) return;
      const done = current;
      current = null;
      close(done, last === lastOf(done.segment) ? hashes : []);
    },
    end() {
      const open = current as Segment | null;
      for (let seal = next.peek(); seal; seal = next.peek()) {
        next.take();
        if (open === null || seal.segment < 0 || seal.segment >= open.segment)
          wrong(
            seal.segment,
            `seal of segment ${seal.segment}, expected none: the log does not have all of it`,
          );
      }
    },
  };
}

/** A seal of a segment that lost records may say more than the rest of them, never less. */
function contradiction(
  seal: Seal,
  { from_at, to_at, ids }: Segment,
  whole: boolean,
): { name: string; found: string; expected: string } | null {
  if (whole ? seal.from_at !== from_at : !(seal.from_at <= from_at))
    return { name: 'from_at', found: String(seal.from_at), expected: String(from_at) };
  if (whole ? seal.to_at !== to_at : !(seal.to_at >= to_at))
    return { name: 'to_at', found: String(seal.to_at), expected: String(to_at) };
  const expected = JSON.stringify([...ids].sort());
  const same = whole ? seal.fr_event_ids === expected : holds(seal.fr_event_ids, ids);
  return same ? null : { name: 'fr_event_ids', found: quote(seal.fr_event_ids), expected: quote(expected) };
}

function holds(json: string, ids: ReadonlySet<string>): boolean {
  try {
    const listed: unknown = JSON.parse(json);
    return Array.isArray(listed) && [...ids].every((id) => listed.includes(id));
  } catch {
    return false;
  }
}
