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
  {
    id: 'wp/refine-refused',
    summary: 'A refinement is written for a stub whose anchors are all UNIQUE, and never over another.',
    severity: 'error',
    docs: 'Excerpts are copied from the spec, so each anchor candidate has to lead to one section of its Main Body. `gov spec resolve --stubs` shows where each one leads.',
  },
  {
    id: 'wp/unknown',
    summary: 'A work packet that is asked for has a stub or a packet.',
    severity: 'error',
    docs: '`gov wp status` without an id lists all of them.',
  },
];
