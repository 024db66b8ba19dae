import type { Intent } from '../artifacts/index.ts';
import type { Finding } from '../findings/index.ts';

/**
 * `PASS` proven from content; `ATTESTED` somebody said so; `NEEDS_HUMAN` somebody has to; `FAIL` disproved, or
 * not yet: what has simply not happened is FAIL whose first evidence is of kind `absent` (see {@link isOpen}).
 */
export type ItemState = 'PASS' | 'ATTESTED' | 'NEEDS_HUMAN' | 'FAIL' | 'NOT_APPLICABLE';

export type EvidenceKind =
  | 'absent'
  | 'anchor'
  | 'spec'
  | 'ledger'
  | 'gate_log'
  | 'audit'
  | 'refinement'
  | 'packet'
  | 'board'
  | 'registry'
  | 'stub'
  | 'repository'
  | 'note';

/** What speaks for or against an item, and where it stands. */
export interface Evidence {
  kind: EvidenceKind;
  file?: string;
  line?: number;
  detail: string;
}

/** How an item stands, by its evidence; a ticked box is none. */
export interface Judgement {
  state: ItemState;
  evidence: Evidence[];
  /** The command that would move it on. */
  next?: string;
}

export interface WpItem extends Judgement {
  /** From 1, as in the stub. */
  index: number;
  intent: Intent;
  text: string;
}

/** The last step that is done; `READY` when the gate is open. */
export type Stage = 'STUB' | 'REFINEMENT' | 'APPROVAL' | 'SIGNATURE' | 'PREPARE' | 'PACKET' | 'READY';

/** A work packet that must be validated first. */
export interface Blocker {
  wp_id: string;
  detail: string;
  file: string;
  line: number;
}

/** A blocker that does not count for now, and who says so. */
export type Waiver = Blocker;

/** `govkit.wp@1`. */
export interface WpStatus {
  schema: 'govkit.wp@1';
  wp_id: string;
  stage: Stage;
  /** Every item PASS, ATTESTED or NOT_APPLICABLE, a packet, and no blocker. */
  ready: boolean;
  items: WpItem[];
  blockers: Blocker[];
  /** Blockers that a record of the Operator lets pass. */
  waived: Waiver[];
  /** Why this work packet is never to be activated. */
  refusal?: string;
  /** What a reader of the items has to know: that there is no stub, for one. */
  notes: string[];
  /** The protected commit that it was judged by, and what of the policy the change has otherwise. */
  base?: { commit: string; overruled: string[] };
  /** Of what is judged by a base: why it cannot be open here, whatever the items say. */
  unproven?: string[];
  /** The same: entries of the base's ledger that are gone or say something else. */
  findings?: Finding[];
  /** Why a change that touches it fails while it is closed; absent where it does not. */
  demanded?: string;
  next: string | null;
}

/** Said of upstream's own records wherever they count for something. */
export const TYPED = 'could have been typed by anyone';

export function isSettled(state: ItemState): boolean {
  return state === 'PASS' || state === 'ATTESTED' || state === 'NOT_APPLICABLE';
}

/** Not yet, rather than wrong. */
export function isOpen(item: Judgement): boolean {
  return item.state === 'FAIL' && item.evidence[0]?.kind === 'absent';
}

/** The state in the words that people are shown. */
export function stateWord(item: Judgement): string {
  if (isOpen(item)) return 'open';
  const words: Record<ItemState, string> = {
    PASS: 'proven',
    ATTESTED: 'attested',
    NEEDS_HUMAN: 'needs you',
    FAIL: 'failed',
    NOT_APPLICABLE: 'not needed',
  };
  return words[item.state];
}

/** Not yet: the evidence says what is missing, and where it would be, if that is known. */
export function absent(detail: string, next?: string, at: { file?: string; line?: number } = {}): Judgement {
  return judged('FAIL', [{ kind: 'absent', ...at, detail }], next);
}

export function judged(state: ItemState, evidence: Evidence[], next?: string): Judgement {
  return { state, evidence, ...(next === undefined ? {} : { next }) };
}
