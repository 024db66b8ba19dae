import { type Finding, linePlace } from '../../findings/index.ts';
import type { LedgerFacts } from '../tree/facts.ts';
import { followersOf, reachedFrom } from './order.ts';

/**
 * How the entries of each work packet hang together. They are files, so that one can be taken away, and two
 * branches can each add one: a parent that is not there, a number that is used twice and a second head are
 * findings, the last two until an entry names both (DESIGN §7).
 */
export function checkLedger(ledger: readonly LedgerFacts[]): Finding[] {
  const packets = new Map<string, LedgerFacts[]>();
  for (const entry of ledger) {
    const entries = packets.get(entry.wpId);
    if (entries === undefined) packets.set(entry.wpId, [entry]);
    else entries.push(entry);
  }
  return [...packets.values()].flatMap(checkChain);
}

function checkChain(entries: readonly LedgerFacts[]): Finding[] {
  const findings: Finding[] = [];
  const hashes = new Set(entries.map(({ hash }) => hash));
  const named = new Set(entries.flatMap(({ parents }) => parents));
  for (const entry of entries) {
    for (const [index, parent] of entry.parents.entries()) {
      if (hashes.has(parent)) continue;
      findings.push({
        rule: 'ledger/parent-missing',
        severity: 'error',
        place: entry.parentPlaces[index]!,
        found: JSON.stringify(parent),
        message: `Unexpected parent ${parent.slice(0, 12)}, expected an entry of ${entry.wpId}: there is none, or it was taken away`,
        args: { path: entry.path, parent },
      });
    }
  }
  const followers = followersOf(entries);
  const after = (hash: string): Set<string> =>
    reachedFrom(hash, (each) => (followers.get(each) ?? []).map((follower) => follower.hash));
  const settled = (one: LedgerFacts, other: LedgerFacts): boolean => {
    const later = after(other.hash);
    return [...after(one.hash)].some((hash) => later.has(hash));
  };
  const bySeq = new Map<number, LedgerFacts>();
  for (const entry of entries) {
    const first = bySeq.get(entry.seq);
    if (first === undefined) bySeq.set(entry.seq, entry);
    else if (!settled(first, entry)) {
      findings.push({
        rule: 'ledger/sequence-repeated',
        ...at(entry),
        message: `Unexpected second entry ${entry.seq}, expected one, or an entry that follows both: the first is ${first.path}`,
        args: { path: entry.path, seq: entry.seq },
        related: [{ place: linePlace(first.path, 1), note: 'the first' }],
      });
    }
  }
  const [head, ...others] = entries.filter(({ hash }) => !named.has(hash));
  for (const other of others) {
    findings.push({
      rule: 'ledger/heads-compete',
      ...at(other),
      message: `Unexpected second head, expected an entry that names both: the other is ${head!.path}`,
      args: { path: other.path },
      related: [{ place: linePlace(head!.path, 1), note: 'the other' }],
    });
  }
  return findings;
}

function at({ path }: LedgerFacts): Pick<Finding, 'severity' | 'place'> {
  return { severity: 'error', place: linePlace(path, 1) };
}
