import { breaks, type JudgedChange } from '../../contracts/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count } from '../output.ts';
import type { ContractDiff } from '../spec-diff/contracts.ts';
import type { DiffSides } from '../spec-diff/sides.ts';
import { printFindings, summaryText } from './findings.ts';
import { printSides } from './spec-diff.ts';
import { acceptHint } from './spec-diff-contracts.ts';

/** The gate: what breaks and is not accepted, and the entry that would accept the first of it. */
export function printContractCheck(
  call: Call,
  { from, to, compared }: DiffSides,
  contracts: ContractDiff,
  acceptedFile: string,
): void {
  const { out } = call;
  const { changes, findings, whom, notes } = contracts;
  const shown = findings.filter(({ severity }) => severity !== 'info');
  const errors = shown.filter(({ severity }) => severity === 'error');
  if (call.quiet && errors.length === 0) return;
  printSides(out, { from: from.index, to: to.index }, compared);
  if (shown.length > 0) {
    out.line();
    printFindings(out, shown);
  }
  const accepted = changes.filter((change) => change.accepted !== undefined).length;
  const open = changes.find((change) => isOpen(change, whom));
  out.line();
  for (const note of notes) out.line(out.dim(note));
  out.line(
    [
      errors.length === 0 ? `clean for ${whom.map((who) => `${who}s`).join(' and ')}` : summaryText(shown),
      `${count(changes.length, 'change')} of contracts, ${accepted} accepted`,
    ].join(' · '),
  );
  if (open === undefined) return;
  out.line(
    `to accept ${open === changes.findLast((each) => isOpen(each, whom)) ? 'it' : 'the first'}, in ${acceptedFile} under "accepted":`,
  );
  for (const line of acceptHint(open, from.index.version)) out.line(line);
  out.line(`${out.dim('next')}   ${nextCommand(call, `explain ${open.rule}`)}`);
}

const isOpen = (change: JudgedChange, whom: ContractDiff['whom']): boolean =>
  change.accepted === undefined && breaks(change, whom);
