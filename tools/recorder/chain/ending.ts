import { CHAIN_START } from './chain.ts';
import { records, short, type TellAbout } from './faults.ts';

/** Where a log ends, or ended when somebody noted it. */
export interface Head {
  seq: number;
  hash: string;
}

/** The hashes that stand where somebody says that the log ends or ended; taken down as they pass. */
export interface Passed {
  take(seq: number, hash: string): void;
  at(seq: number): string | undefined;
}

export function passing(heads: readonly (Head | null | undefined)[]): Passed {
  const wanted = new Set(heads.flatMap((head) => head?.seq ?? []));
  const found = new Map<number, string>();
  return {
    take: (seq, hash) => void (wanted.has(seq) && found.set(seq, hash)),
    at: (seq) => found.get(seq),
  };
}

/** Holds the end of a log, which has passed, against its head. */
export function endsAt(end: Head, head: Head | null, passed: Passed, tell: TellAbout): void {
  const name = ({ seq, hash }: Head): string => `${seq}:${short(hash)}`;
  if (head?.seq === end.seq && head.hash === end.hash) return;
  const place = { what: 'head', seq: head?.seq ?? end.seq, last_seq: head?.seq ?? end.seq } as const;
  if (head === null) {
    if (end.seq > 0)
      tell('log/head', place, `absence of the head, expected ${name(end)} as the last record says`);
    return;
  }
  if (head.seq < end.seq && head.hash !== end.hash && passed.at(head.seq) === head.hash) {
    const beyond = { what: 'record', seq: head.seq + 1, last_seq: end.seq } as const;
    tell(
      'log/beyond-head',
      beyond,
      `${records(head.seq + 1, end.seq)} after the head, expected the log to end at ${head.seq}`,
    );
    return;
  }
  tell('log/head', place, `head ${name(head)}, expected ${name(end)} as the last record says`);
}

/** Whether the log goes on from a head that was noted elsewhere. */
export function goesOnFrom(noted: Head, end: Head, passed: Passed, tell: TellAbout): void {
  const { seq, hash } = noted;
  const found = seq === 0 ? CHAIN_START : passed.at(seq);
  if (found === hash) return;
  const place = { what: 'record', seq, last_seq: seq } as const;
  if (found !== undefined)
    tell(
      'log/not-continued',
      place,
      `hash ${short(found)} at ${seq}, expected ${short(hash)} as it was noted`,
    );
  else if (seq > end.seq)
    tell(
      'log/not-continued',
      place,
      `end of the log at ${end.seq}, expected it to go on from ${seq} as it was noted`,
    );
  else
    tell(
      'log/not-continued',
      place,
      `absence of record ${seq}, expected it with its hash ${short(hash)} as it was noted`,
    );
}
