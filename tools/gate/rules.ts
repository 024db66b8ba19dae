import type { Severity } from '../findings/index.ts';

/** What the gate reports as findings, for `gov explain`. How an item stands is no finding but evidence. */
export const GATE_RULES: readonly { id: string; summary: string; severity: Severity; docs?: string }[] = [
  {
    id: 'spec/rebase-refused',
    summary:
      'Pins are moved onto a version of the spec that is committed, from the text that was planned from.',
    severity: 'error',
    docs: 'A pin is the sha1 of a file: of one that is not committed nobody else could find the bytes. `gov spec rebase --dry-run` shows the plan all the same.',
  },
  // Retired: wp/refine-refused, which wp/refused has taken over for every step.
  {
    id: 'wp/refused',
    summary: 'A step of a work packet is taken when all of its preconditions hold, and then as a whole.',
    severity: 'error',
    docs: 'Every precondition that does not hold is told at once, each with its place, and nothing is written. `args.code` names the precondition for a program: `ROLE_MAY_NOT_WRITE`, `OPEN_ROW`, `SIGNATURE_REUSED` and so on.',
  },
  {
    id: 'wp/unknown',
    summary: 'A work packet that is asked for has a stub or a packet.',
    severity: 'error',
    docs: '`gov wp status` without an id lists all of them.',
  },
];
