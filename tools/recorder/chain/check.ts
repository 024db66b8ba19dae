// Follows the chain of a log record by record and tells where it breaks, holding nothing but the last link.
import { ahead } from './ahead.ts';
import { holdsTogether } from './beside.ts';
import { CHAIN_START } from './chain.ts';
import { endsAt, goesOnFrom, type Head, passing } from './ending.ts';
import { quote, records, type Tell, tellAbout } from './faults.ts';
import { damageHash, type GapRecord, isDamage } from './gap.ts';
import { createLinks } from './links.ts';
import type { ChainRecord } from './record.ts';
import { createSealCheck, type Seal } from './seals.ts';

/** What a log has beside its records. Gaps and seals come in order. */
export interface ChainAround {
  /** The last record before the first one here; without it the log begins at nothing. */
  start?: Head;
  gaps: Iterable<GapRecord>;
  seals: Iterable<Seal>;
  /**
   * Whether the archive that a gap names is known to hold these records. `before`: the hashes that may stand before
   * the gap; none where nobody knows.
   */
  archived(gap: GapRecord, before: readonly string[]): boolean;
  /** Null = none is stored. */
  head: Head | null;
  /** A head that was noted elsewhere: the log must go on from it. */
  noted?: Head | undefined;
}

export interface ChainCheck {
  /** One record, in the order of the log. */
  record(record: ChainRecord): void;
  /** After the last record. */
  end(): ChainEnd;
}

/** What has passed. */
export interface ChainEnd {
  events: number;
  /** Sealed segments. */
  segments: number;
  first_seq: number | null;
  last_seq: number | null;
  /** Where the log ends, gaps at its end included. */
  head: Head;
}

export function createChainCheck(around: ChainAround, report: Tell): ChainCheck {
  const { start = { seq: 0, hash: CHAIN_START }, archived, head, noted } = around;
  const tell = tellAbout(report);
  const gaps = ahead(around.gaps);
  const links = createLinks(start.hash, tell);
  const seals = createSealCheck(around.seals, tell);
  const passed = passing([head, noted]);
  passed.take(start.seq, start.hash);
  let next = start.seq + 1;
  const seen = { events: 0, first_seq: null as number | null, last_seq: null as number | null };

  const refuse = (gap: GapRecord, why: string): void => {
    const { first_seq: seq, last_seq } = gap;
    tell('log/gap', { what: 'gap', seq, last_seq }, `gap ${seq}-${last_seq} (${gap.why}), expected ${why}`);
  };
  /** Gaps over records that are there. */
  const refuseUpTo = (seq: number): void => {
    for (let gap = gaps.peek(); gap && gap.first_seq <= seq; gap = gaps.peek()) {
      gaps.take();
      refuse(gap, `none there: the log has record ${Math.max(seq, gap.first_seq)}`);
    }
  };

  const enter = (gap: GapRecord): void => {
    const { first_seq, last_seq, hash, why } = gap;
    const before = links.hashes;
    const by = isDamage(gap) ? (before.find((link) => damageHash(link, gap) === hash) ?? null) : null;
    links.resume(hash, by, `gap ${first_seq}-${last_seq}`);
    seals.passed(first_seq - 1, before);
    if (isDamage(gap)) {
      if (by === null && before.length > 0) refuse(gap, 'none: its hash does not follow from what it says');
    } else if (why === 'archived') {
      if (!archived(gap, before)) refuse(gap, `an archive that has these records, not ${quote(gap.archive)}`);
    } else if (why !== 'purged') refuse(gap, 'archived, purged, quarantined or lost');
    seals.passed(last_seq, links.hashes);
    passed.take(last_seq, hash);
    next = last_seq + 1;
  };

  /** Numbers up to `to` have no record: a gap says why, or nothing does. */
  const absent = (to: number, missing: (from: number, to: number) => void): void => {
    while (next <= to) {
      const gap = gaps.peek();
      if (gap?.first_seq === next && gap.last_seq >= next && gap.last_seq <= to) {
        gaps.take();
        enter(gap);
        continue;
      }
      if (gap && gap.first_seq <= next) {
        gaps.take();
        refuse(
          gap,
          gap.last_seq > to
            ? `none there: the log has record ${to + 1}`
            : 'one that is behind the records before it',
        );
        continue;
      }
      const [from, end] = [next, Math.min(to, gap ? gap.first_seq - 1 : to)];
      const before = links.hashes;
      links.resume(null, null, '');
      seals.passed(from - 1, before);
      missing(from, end);
      seals.passed(end, []);
      next = end + 1;
    }
  };

  const missing = (from: number, to: number): void =>
    tell(
      'log/missing',
      { what: 'record', seq: from, last_seq: to },
      `absence of ${records(from, to)}, expected ${from === to ? 'it' : 'them'} or a gap that says why`,
    );
  const truncated = (from: number, to: number): void =>
    tell(
      'log/truncated',
      { what: 'record', seq: from, last_seq: to },
      `end of the log at ${from - 1}, expected it to go on to its head at ${head?.seq}`,
    );

  return {
    record(record) {
      const { seq, hash, says } = record;
      if (seq < next) {
        const place = { what: 'record', seq, last_seq: seq } as const;
        tell('log/order', place, `record ${seq} after ${next - 1}, expected record ${next}`);
        return;
      }
      absent(seq - 1, missing);
      const before = links.hashes;
      const follows = links.follow(record);
      seals.passed(seq - 1, before);
      refuseUpTo(seq);
      const sound = follows && holdsTogether(record, tell);
      seals.record(seq, sound ? says : null);
      passed.take(seq, hash);
      next = seq + 1;
      seen.events += 1;
      seen.first_seq ??= seq;
      seen.last_seq = seq;
    },
    end() {
      // Gaps right behind the last record are the end of the log. One that stands alone is none of it.
      for (let gap = gaps.peek(); gap?.first_seq === next && gap.last_seq >= next; gap = gaps.peek())
        absent(gap.last_seq, missing);
      const ends = links.hashes;
      if (head && head.seq >= next && !ends.includes(head.hash)) absent(head.seq, truncated);
      const byHead = head?.seq === next - 1 ? ends.find((hash) => hash === head.hash) : undefined;
      links.settle(byHead ?? null, 'the head');
      seals.passed(next - 1, links.hashes);
      for (let gap = gaps.peek(); gap; gap = gaps.peek()) {
        gaps.take();
        refuse(gap, 'none behind the end of the log');
      }
      seals.end();
      const hash = byHead ?? links.hashes[0] ?? head?.hash ?? '';
      const end = { seq: next - 1, hash };
      endsAt(end, head, passed, tell);
      if (noted) goesOnFrom(noted, end, passed, tell);
      return { ...seen, segments: seals.count, head: end };
    },
  };
}
