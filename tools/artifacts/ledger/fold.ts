import { compareText } from '../../findings/index.ts';
import type { LedgerFacts } from '../tree/facts.ts';
import { isLedgerKind, type LedgerData, type LedgerKind } from './kinds.ts';

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
  /** The number of the next entry. */
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
 * Folds the entries of one work packet. Their order in the result is that of the chain; among entries that do not
 * follow each other the earlier time goes first, then the smaller hash, so that every checkout folds alike.
 */
export function foldLedger(all: readonly LedgerFacts[]): LedgerFold {
  const order = inOrder(all);
  const named = new Set(all.flatMap(({ parents }) => parents));
  const heads = order.filter(({ hash }) => !named.has(hash));
  const gone = setAside(order);
  const undone = order.flatMap((entry) =>
    isTyped(entry) && entry.kind === 'undo' && !gone.has(entry.hash) ? [entry.data.undoes] : [],
  );
  for (const hash of undone) gone.add(hash);
  return {
    entries: order.filter((entry) => isTyped(entry) && !gone.has(entry.hash)) as TypedEntry[],
    heads,
    nextSeq: Math.max(0, ...heads.map(({ seq }) => seq)) + 1,
  };
}

/** What no settle has kept. The last one decides first: one that it sets aside itself has settled nothing. */
function setAside(order: readonly LedgerFacts[]): Set<string> {
  const aside = new Set<string>();
  const settles = order.filter(
    (entry) => isTyped(entry) && entry.kind === 'settle',
  ) as TypedEntry<'settle'>[];
  if (settles.length === 0) return aside;
  const byHash = new Map(order.map((entry) => [entry.hash, entry]));
  const before = ancestry(order);
  for (const { hash, data } of settles.toReversed()) {
    if (aside.has(hash)) continue;
    const kept = before.get(data.keep);
    for (const other of before.get(hash) ?? []) {
      const one = byHash.get(other);
      if (one === undefined || other === data.keep || kept?.has(other)) continue;
      if (!isWord(one, byHash)) aside.add(other);
    }
  }
  return aside;
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

/** Of each entry all that come before it, however far. */
export function ancestry(all: readonly LedgerFacts[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const entry of inOrder(all)) {
    const before = new Set<string>();
    for (const parent of entry.parents) {
      before.add(parent);
      for (const each of known.get(parent) ?? []) before.add(each);
    }
    known.set(entry.hash, before);
  }
  return known;
}

/** Parents first. A hash cannot name itself, so that there are no circles. */
function inOrder(all: readonly LedgerFacts[]): LedgerFacts[] {
  const waiting = [...all].sort(
    (a, b) => compareText(a.time ?? '', b.time ?? '') || compareText(a.hash, b.hash),
  );
  const here = new Set(all.map(({ hash }) => hash));
  const done = new Set<string>();
  const order: LedgerFacts[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ parents }) =>
      parents.every((parent) => done.has(parent) || !here.has(parent)),
    );
    const [entry] = waiting.splice(Math.max(at, 0), 1);
    order.push(entry!);
    done.add(entry!.hash);
  }
  return order;
}
