import { stateWord, type WpStatus } from '../../gate/index.ts';
import type { Call } from '../command.ts';
import { count, cut } from '../output.ts';
import type { Todo } from '../schemas/wp.ts';

/** Stages that wait for the Operator alone. */
const OPERATORS: Readonly<Record<string, string>> = {
  REFINEMENT: 'is to be completed and approved',
  APPROVAL: 'is to be signed',
};

/** All that waits for a human: approvals, signatures, items that no record can prove, blockers, heads that compete. */
export function todoOf(status: WpStatus): Todo['waits'] {
  const { wp_id, stage, items, blockers, next, refusal } = status;
  if (refusal !== undefined || status.ready || stage === 'STUB') return [];
  const waits: Todo['waits'] = [];
  const add = (what: string, command: string | null): void => {
    waits.push({ wp_id, what, next: command });
  };
  if (next?.startsWith('gov wp settle') === true) add('has ledger heads that compete', next);
  else if (OPERATORS[stage] !== undefined) add(OPERATORS[stage], next);
  for (const item of items)
    if (item.state === 'NEEDS_HUMAN' && item.next !== undefined && item.next !== next)
      add(`item ${item.index} ${stateWord(item)}: ${item.evidence[0]?.detail ?? item.text}`, item.next);
  for (const { detail } of blockers)
    add(`blocked: ${detail}`, next?.startsWith('just waive') === true ? next : null);
  return waits;
}

export function printTodo(call: Call, { waits, asked }: Todo): void {
  const { out } = call;
  let last = '';
  for (const { wp_id, what, next } of waits.slice(0, 35)) {
    if (wp_id !== last) out.line(out.bold(wp_id));
    last = wp_id;
    out.line(cut(`  ${what}`, out.limit));
    if (next !== null) out.line(out.dim(cut(`    ${next}`, out.limit)));
  }
  if (waits.length > 35) out.line(`… and ${waits.length - 35} more (--json has all)`);
  if (waits.length > 0) out.line();
  const packets = new Set(waits.map(({ wp_id }) => wp_id)).size;
  out.line(
    waits.length === 0
      ? `nothing waits for a human · ${count(asked, 'work packet')} looked at`
      : `${count(waits.length, 'thing')} of ${count(packets, 'work packet')} wait${waits.length === 1 ? 's' : ''} for a human · ${asked} looked at`,
  );
  const first = waits[0];
  if (first !== undefined) out.line(`${out.dim('next')}   ${first.next ?? `gov wp status ${first.wp_id}`}`);
}
