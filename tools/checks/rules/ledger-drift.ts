import { driftOf } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  surface: 'board' | 'registry' | 'audit' | 'stub';
  found: string;
  expected: string;
  owner: string;
}

const NAMES = {
  board: 'the Task Board',
  registry: 'the traceability registry',
  audit: 'the signature audit',
  stub: 'the stub',
} as const;

export const ledgerDrift = defineRule<'tree', Args>({
  id: 'ledger/drift',
  summary: 'Board, registry, signature audit and stub say of a work packet what its ledger has.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `For a work packet that has a ledger these documents are renderings of it: the tool writes them with every step. One that was moved or edited by hand, or that a merge has left on one side, tells everybody who reads it another state than the one that the gate goes by. The message names the entry that owns the truth, or the line of the packet's own status: once the packet is made its Coder and its Validator say there where it stands, and the board follows that.

One command repairs all of it: \`gov wp sync\` (\`--dry-run\` says what it would change). What should really be otherwise is changed where it is owned: by the next step, by \`gov wp undo\`, or in the status of the packet.`,
  message: ({ wpId, surface, found, expected, owner }) =>
    `Unexpected "${cut(found)}" for ${wpId} in ${NAMES[surface]}, expected "${cut(expected)}" by ${owner}`,
  *check(tree) {
    for (const { place, ...args } of driftOf(tree)) yield { place, args };
  },
});

/** A row's notes may be long, and the message is one line. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}\u2026` : text;
}
