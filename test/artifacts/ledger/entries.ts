import {
  type LedgerData,
  type LedgerDraft,
  type LedgerEntry,
  type LedgerKind,
  ledgerFile,
  readLedgerEntry,
} from '../../../tools/artifacts/index.ts';
import { LEDGER_KINDS } from '../../../tools/artifacts/ledger/kinds.ts';
import { fileOf } from '../memory.ts';

export const DIGEST = '0'.repeat(64);
const WORD = { intent: 'main_body', text: 'the text', reason: 'seen', subject: DIGEST } as const;

/** What an entry of each kind says, with every field that it may have. */
export const SAID: { [K in LedgerKind]: LedgerData<K> } = {
  stub: {
    stub: '.GOV/task_packets/stubs/WP-1-A-v1.md',
    parts: { SCOPE: DIGEST },
    roadmap_item: '7.6.3 item 3',
    revision_of: 'WP-1-A-v1',
  },
  refine: { refinement: '.GOV/refinements/WP-1-A-v1.md', parts: { SCOPE: DIGEST } },
  approve: { digest: DIGEST, parts: { SCOPE: DIGEST } },
  sign: {
    signature: 'ilja240220260400',
    time_zone: 'UTC',
    digest: DIGEST,
    parts: { SCOPE: DIGEST },
    ssh: { repository: 'a'.repeat(40), signature: 'armour' },
  },
  prepare: { coder: 'Coder-A', branch: 'feat/WP-1-A-v1', worktree: '../wt-WP-1-A-v1', base: 'a'.repeat(40) },
  create: {
    packet: '.GOV/task_packets/WP-1-A-v1.md',
    parts: { SCOPE: DIGEST },
    sha256: DIGEST,
    notes: { a: 'SCOPE' },
  },
  attest: WORD,
  confirm: WORD,
  claim: WORD,
  waive: { blocker: 'WP-1-B-v1', reason: 'late', until: '2026-03-01' },
  settle: { keep: DIGEST, reason: 'ours' },
  undo: { undoes: DIGEST, reason: 'wrong' },
  revise: { to: 'WP-1-A-v2', reason: 'the spec moved' },
};

export const KINDS = Object.keys(LEDGER_KINDS) as LedgerKind[];

export function draftOf<K extends LedgerKind>(kind: K, more: Partial<LedgerDraft<K>> = {}): LedgerDraft<K> {
  const [role] = LEDGER_KINDS[kind].roles;
  return {
    wpId: 'WP-1-A-v1',
    kind,
    seq: 1,
    parents: [],
    actor: 'ilja',
    role,
    time: '2026-02-24T04:00:00Z',
    data: SAID[kind],
    ...more,
  };
}

/** The entry as it is read from the file that is written for it. */
export function entryOf<K extends LedgerKind>(kind: K, more: Partial<LedgerDraft<K>> = {}): LedgerEntry {
  const { path, text } = ledgerFile('.GOV', draftOf(kind, more));
  const { entry, findings } = readLedgerEntry(fileOf(path, text));
  if (entry === undefined) throw new Error(findings[0]?.message);
  return entry;
}

/** An entry that follows others, a second after the last of them. */
export function following<K extends LedgerKind>(
  parents: readonly LedgerEntry[],
  kind: K,
  data: LedgerData<K> = SAID[kind],
  more: Partial<LedgerDraft<K>> = {},
): LedgerEntry {
  const seq = 1 + Math.max(0, ...parents.map((parent) => parent.seq));
  const time = new Date(Date.UTC(2026, 1, 24, 4, 0, seq)).toISOString().replace('.000', '');
  return entryOf(kind, { seq, time, data, parents: parents.map(({ hash }) => hash), ...more });
}
