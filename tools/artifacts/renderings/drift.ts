import { checkLedger } from '../ledger/chain.ts';
import { foldLedger, type LedgerFold } from '../ledger/fold.ts';
import type { LedgerFacts, TreeFacts } from '../tree/facts.ts';
import { auditRows } from './audit.ts';
import { boardEntries } from './board.ts';
import { type Expected, expectedOf } from './expected.ts';
import { registryRows } from './registry.ts';
import { stubDrift } from './stub.ts';
import type { Drift, Told } from './told.ts';

/** The folds of every work packet that has a ledger whose entries hang together: of others nothing is known. */
export function foldsOf(tree: TreeFacts): Map<string, LedgerFold> {
  const folds = new Map<string, LedgerFold>();
  if (tree.ledger.length === 0) return folds;
  const broken = brokenLedgers(tree);
  const packets = new Map<string, LedgerFacts[]>();
  for (const entry of tree.ledger) packets.set(entry.wpId, [...(packets.get(entry.wpId) ?? []), entry]);
  for (const [id, entries] of packets) if (!broken.has(id)) folds.set(id, foldLedger(entries));
  return folds;
}

/** Work packets whose entries contradict each other, or of which one cannot be read. */
export function brokenLedgers(tree: TreeFacts): Set<string> {
  const below = `${tree.folder}/ledger/`;
  const read = new Set(tree.ledger.map(({ path }) => path));
  const unread = [...tree.paths].filter(
    (path) => path.startsWith(below) && path.endsWith('.json') && !read.has(path),
  );
  const wrong = checkLedger(tree.ledger).map(({ place }) => place.file);
  return new Set([...unread, ...wrong].map((path) => path.slice(below.length).split('/')[0]!));
}

/** What each of them is to say. */
export function expectations(
  tree: TreeFacts,
  folds: ReadonlyMap<string, LedgerFold>,
  all: readonly LedgerFacts[],
): Expected[] {
  return [...folds].flatMap(([wpId, fold]) => expectedOf(tree, wpId, fold, all) ?? []);
}

/** Board, registry, audit rows and status of the stubs, held against the ledger. Ticks are not looked at. */
export function driftOf(tree: TreeFacts): Drift[] {
  const expected = expectations(tree, foldsOf(tree), tree.ledger);
  if (expected.length === 0) return [];
  const told: Told = { drift: [], missing: [] };
  const { board, registry, audit } = tree;
  if (board !== undefined) boardEntries(board, expected, told);
  if (registry?.headerLine !== undefined) registryRows(tree, registry, expected, told);
  if (audit?.headerLine !== undefined) auditRows(audit, expected, told);
  for (const each of expected) {
    const stub = tree.stubs.find(({ stem }) => stem === each.wpId);
    if (stub !== undefined) stubDrift(stub, each, told);
  }
  return told.drift;
}
