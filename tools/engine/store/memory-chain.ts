import {
  besideOf,
  CHAIN_START,
  type ChainRecord,
  type ChainReport,
  chainHash,
  type Head,
  type StoredEvent,
  verifyChain,
} from '../../recorder/index.ts';

/**
 * The chain of a log in memory. Nobody but this process can change it, so a hash is made when a proof first passes its
 * event, and not with every command; later proofs hold the event to it. The head is that of the same log in a file.
 */
export function createMemoryChain(log: readonly StoredEvent[]): (noted?: Head) => Promise<ChainReport> {
  const hashes: string[] = [];

  function* records(): Generator<ChainRecord> {
    for (const [at, { seq, event }] of log.entries()) {
      const body = JSON.stringify(event);
      hashes[at] ??= chainHash(hashes[at - 1] ?? CHAIN_START, seq, body);
      yield { seq, body, hash: hashes[at], says: besideOf(event), beside: null };
    }
  }

  return (noted) => {
    const length = log.length;
    for (const _ of records()); // the head is wanted before the first record
    const head = { seq: length, hash: hashes[length - 1] ?? CHAIN_START };
    return verifyChain(records(), { head, gaps: [], seals: [], archived: () => false, noted });
  };
}
