import { type Finding, linePlace } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';
import type { Kind } from './kinds.ts';

/** Of an empty document everything is missing: that is one thing to say, and not twenty. */
export function emptyDocument({ path, text }: TextFile, kind: Kind): Finding | undefined {
  if (text.trim() !== '') return undefined;
  return {
    rule: 'artifact/empty',
    severity: 'error',
    place: linePlace(path, 1),
    message: `Unexpected empty file, expected a ${NAMES[kind]}`,
    args: { path, kind },
  };
}

/** What a document of each kind is called. */
export const NAMES: Record<Kind, string> = {
  stub: 'stub',
  packet: 'task packet',
  refinement: 'refinement',
  board: 'Task Board',
  registry: 'traceability registry',
  audit: 'signature audit',
  gates: 'gate log',
  validatorGates: "list of the validator's gates",
  mailbox: 'part of the mailbox export',
  pointer: 'pointer to the Master Spec',
  governanceSnapshot: 'snapshot of the governance tree',
  roles: 'list of roles',
  ledger: 'ledger entry',
};
