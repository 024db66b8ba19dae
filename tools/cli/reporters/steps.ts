import { type Stage, stateWord, type WpStatus } from '../../gate/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { cut, pad } from '../output.ts';

/** The recipes in the order in which they are taken, and the stage that each begins from. */
const RECIPES: readonly (readonly [Stage | 'NONE', string, string])[] = [
  ['NONE', 'stub', 'a stub, from a roadmap item'],
  ['STUB', 'record-refinement', 'the refinement, from the spec; then its open rows'],
  ['REFINEMENT', 'approve-refinement', 'the Operator approves it as it stands'],
  ['APPROVAL', 'record-signature', 'the Operator signs'],
  ['SIGNATURE', 'record-prepare', 'branch, worktree and coder'],
  ['PREPARE', 'create-task-packet', 'the packet; board, registry and stub follow'],
  ['PACKET', 'activation', 'may it start, and what is missing'],
];

const STAGES: readonly (Stage | 'NONE')[] = [...RECIPES.map(([stage]) => stage), 'READY'];

/** Every step in order; of the current work packet which are done, and which one is next. */
export function printSteps(call: Call, status: WpStatus | undefined): void {
  const { out } = call;
  const at = STAGES.indexOf(status?.stage ?? 'NONE');
  out.line(status === undefined ? 'no work packet yet' : out.bold(status.wp_id));
  for (const [index, [, recipe, about]] of RECIPES.entries()) {
    const done = index < at;
    const mark = done ? out.green('done') : index === at ? out.bold('here') : '    ';
    out.line(cut(`${mark}  just ${pad(recipe, 19)} ${about}`, out.limit));
  }
  const open = status?.items.filter((item) => ['failed', 'needs you'].includes(stateWord(item))) ?? [];
  for (const item of open.slice(0, 3))
    out.line(
      cut(out.yellow(`      ${stateWord(item)}: ${item.evidence[0]?.detail ?? item.text}`), out.limit),
    );
  if (status?.refusal !== undefined) out.line(out.red(status.refusal));
  const next = status === undefined ? 'gov wp stub --list-missing' : status.next;
  if (next === null || next === undefined) return;
  const command = /^gov (.+)$/.exec(next)?.[1];
  out.line(`${out.dim('next')}   ${command === undefined ? next : nextCommand(call, command)}`);
}
