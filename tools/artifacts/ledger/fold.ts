import type { LedgerFacts } from '../tree/facts.ts';
import { isLedgerKind, type LedgerData, type LedgerKind } from './kinds.ts';
import { inOrder, reachedFrom } from './order.ts';

/** An entry whose kind is known, and that says what such an entry has to say. */
export type TypedEntry<K extends LedgerKind = LedgerKind> = {
  [Kind in K]: Omit<LedgerFacts, 'kind' | 'data' | 'actor' | 'role' | 'time'> & {
    kind: Kind;
    data: LedgerData<Kind>;
    actor: string;
    role: string;
    time: string;
  };
}[K];

/** What the ledger of one work packet comes to. */
export interface LedgerFold {
  /** Entries that count, each after those that it follows; undone ones and those set aside are left out. */
  entries: TypedEntry[];
  /** Entries that nothing follows: the next one names them all as its parents. More than one compete. */
  heads: LedgerFacts[];
  /** The number of the next entry: none that is there has a larger one. */
  nextSeq: number;
}

/** What people say of an item or a blocker: of competing heads those of all sides are kept. */
const WORDS: ReadonlySet<string> = new Set<LedgerKind>(['attest', 'confirm', 'claim', 'waive']);

/**
 * Words add up, whichever head they follow, and so does what takes one back. Of steps only one line counts; what
 * takes back a step, or settled heads before, belongs to that line.
 */
export function isWord(entry: LedgerFacts, byHash: ReadonlyMap<string, LedgerFacts>): boolean {
  if (entry.kind !== 'undo') return WORDS.has(entry.kind);
  return WORDS.has(byHash.get(String(entry.data.undoes))?.kind ?? '');
}

/**
 * What decides between entries is not taken back: an `undo` of it would bring back what somebody took away, and
 * both of two heads. A later `settle` decides anew, and the step that was undone is taken again.
 */
const FINAL = new Set<string | undefined>(['undo', 'settle'] satisfies LedgerKind[]);

/** Folds the entries of one work packet, in whichever order they come. */
export function foldLedger(all: readonly LedgerFacts[]): LedgerFold {
  const order = inOrder(all);
  const byHash = new Map(order.map((entry) => [entry.hash, entry]));
  const before = (hash: string): Set<string> => reachedFrom(hash, (each) => byHash.get(each)?.parents ?? []);
  const named = new Set(order.flatMap(({ parents }) => parents));
  const gone = new Set<string>();
  // The last first: an entry that decides says whether the earlier ones still do.
  for (const entry of order.toReversed()) {
    if (!isTyped(entry) || gone.has(entry.hash)) continue;
    if (entry.kind === 'undo' && !FINAL.has(byHash.get(entry.data.undoes)?.kind)) gone.add(entry.data.undoes);
    if (entry.kind !== 'settle') continue;
    const kept = before(entry.data.keep).add(entry.data.keep);
    for (const other of before(entry.hash)) {
      const one = byHash.get(other);
      if (one !== undefined && !kept.has(other) && !isWord(one, byHash)) gone.add(other);
    }
  }
  return {
    entries: order.filter((entry): entry is TypedEntry => isTyped(entry) && !gone.has(entry.hash)),
    heads: order.filter(({ hash }) => !named.has(hash)),
    nextSeq: 1 + all.reduce((most, { seq }) => Math.max(most, seq), 0),
  };
}

/** The last entry of a kind that counts. */
export function lastOf<K extends LedgerKind>(
  fold: Pick<LedgerFold, 'entries'>,
  kind: K,
): TypedEntry<K> | undefined {
  return fold.entries.findLast((entry) => entry.kind === kind) as TypedEntry<K> | undefined;
}

/** Every entry of some kinds that counts, in order. */
export function allOf<K extends LedgerKind>(
  fold: Pick<LedgerFold, 'entries'>,
  ...kinds: readonly K[]
): TypedEntry<K>[] {
  return fold.entries.filter(({ kind }) => (kinds as readonly string[]).includes(kind)) as TypedEntry<K>[];
}

/** Every step was undone: the stub went with it, its entries stay, and nothing counts. */
export function isTakenBack(ledger: readonly LedgerFacts[]): boolean {
  if (ledger.length === 0) return false;
  const { entries } = foldLedger(ledger);
  return entries.length > 0 && entries.every(({ kind }) => kind === 'undo' || kind === 'settle');
}

/** Complete entries have the data of their kind: the reader has seen to it. */
function isTyped(entry: LedgerFacts): entry is TypedEntry {
  return entry.complete && isLedgerKind(entry.kind);
}
