import { canonicalJson, sha256 } from '../../text/index.ts';
import type { ActingRole, LedgerData, LedgerKind } from './kinds.ts';

/** An entry that is to be written. */
export interface LedgerDraft<K extends LedgerKind = LedgerKind> {
  wpId: string;
  kind: K;
  /** Its place after those before it: one more than the largest of theirs. */
  seq: number;
  /** Hashes of the heads that it follows. */
  parents: readonly string[];
  actor: string;
  role: ActingRole;
  /** RFC 3339, UTC, to the second. */
  time: string;
  data: LedgerData<K>;
}

/** Digits of the hash in a name: enough that two entries never share one. */
const DIGITS = 16;

/** The file of an entry below the governance folder, and its bytes: their hash is in the name (DESIGN §7). */
export function ledgerFile(folder: string, draft: LedgerDraft): { path: string; text: string; hash: string } {
  const { wpId, kind, seq, parents, actor, role, time, data } = draft;
  const text = canonicalJson({ wp_id: wpId, kind, parents: [...parents].sort(), actor, role, time, data });
  const hash = sha256(text);
  const name = `${String(seq).padStart(4, '0')}-${kind}-${hash.slice(0, DIGITS)}.json`;
  return { path: `${folder}/ledger/${wpId}/${name}`, text, hash };
}
