import { join } from 'node:path';
import { TreeError, UsageError } from '../../findings/index.ts';
import { apply, type Recovered, recover, type StepPlan, takeLock, wpStatus } from '../../gate/index.ts';
import { gitCommonFolder, plannedSnapshot } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printStep, type StepAnswer } from '../reporters/step.ts';
import type { PlanAnswer } from '../schemas/wp.ts';
import { loadTree } from '../tree.ts';
import { type Opened, type OpenOptions, openGate } from './opened.ts';

export interface Step {
  /** The work packet that the next command is about; none for `sync`. */
  wpId?: string;
  open?: OpenOptions;
  /** What it does depends on what was done last: one that was interrupted is completed, and not done twice. */
  once?: boolean;
  plan(opened: Opened): StepPlan | Promise<StepPlan>;
  /** Its dry run is a question: the lines and no files, exit code 1 where there is something, and this as the answer. */
  asks?: string;
  /** Rows of the answer that only this step has. */
  told?(opened: Opened, plan: StepPlan): Pick<PlanAnswer, 'open' | 'block'>;
}

/**
 * One step: lock, complete what was interrupted, read, plan, write all of it or nothing, and say what comes next. A
 * plan is made and carried out under one lock, so that of a hundred at once each sees those before it.
 */
export async function runStep(call: Call, step: Step): Promise<ExitCode> {
  const { root } = call;
  if (call.flags.has('dry-run')) {
    const opened = await openGate(call, { wpId: step.wpId, ...step.open });
    const plan = await sound(opened, await step.plan(opened));
    return answer(call, step, plan, { applied: false });
  }
  const common = await gitCommonFolder(root);
  if (common === undefined)
    throw new UsageError(`${root} is no git repository, and a step needs one (git init)`);
  const written = failpoint();
  const lock = await takeLock(join(common, 'govkit', 'lock'));
  written('lock');
  let recovered: Recovered | undefined;
  let plan: StepPlan;
  let applied = false;
  try {
    recovered = await recover(root, { lock, written });
    const opened = await openGate(call, { wpId: step.wpId, ...step.open });
    plan = await sound(opened, await step.plan(opened));
    if (step.once === true && recovered?.step === plan.step && recovered.wpId === plan.wpId)
      plan = { ...plan, unmet: [], done: 'it was interrupted, and is completed', writes: new Map(), git: [] };
    if (plan.unmet.length === 0 && plan.done === undefined) {
      await apply(
        root,
        {
          step: plan.step,
          wpId: plan.wpId,
          writes: plan.writes,
          git: plan.git,
          read: new Map(opened.tree.files.map((file) => [file.path, file.sha256])),
        },
        { lock, written },
      );
      applied = true;
    }
  } finally {
    await lock.release();
  }
  return answer(call, step, plan, { applied, ...(recovered && { recovered }) });
}

/** The plan is judged by the readers before it is written: what would not read back is refused, and is our fault. */
async function sound({ snapshot, config, tree }: Opened, plan: StepPlan): Promise<StepPlan> {
  if (plan.unmet.length > 0 || plan.writes.size === 0) return plan;
  const planned = await loadTree(plannedSnapshot(snapshot, plan.writes), config);
  const before = new Set(tree.findings.map(({ rule, message }) => `${rule} ${message}`));
  const unmet = planned.findings.filter(
    ({ severity, rule, message }) => severity === 'error' && !before.has(`${rule} ${message}`),
  );
  return unmet.length === 0 ? plan : { ...plan, unmet, writes: new Map(), git: [] };
}

async function answer(
  call: Call,
  { wpId, told, asks }: Step,
  plan: StepPlan,
  did: { applied: boolean; recovered?: Recovered },
): Promise<ExitCode> {
  const opened = await openGate(call, { wpId: wpId });
  const found = asks !== undefined && call.flags.has('dry-run') && plan.said.length > 0;
  const next = wpId !== undefined ? nextOf(opened, wpId) : found ? asks : null;
  const result: StepAnswer = {
    schema: 'govkit.plan@1',
    wp_id: plan.wpId,
    step: plan.step,
    applied: did.applied,
    ...(plan.done !== undefined && { done: plan.done }),
    ...(did.recovered && { recovered: { step: did.recovered.step, wp_id: did.recovered.wpId } }),
    unmet: plan.unmet,
    said: plan.said,
    ...told?.(opened, plan),
    writes: [...plan.writes].map(([path, text]) => ({ path, text: text ?? null })),
    git: plan.git,
    next,
  };
  if (call.json) call.out.json(result satisfies PlanAnswer);
  else printStep(call, result, { files: asks === undefined });
  return plan.unmet.length > 0 || found ? 1 : 0;
}

/** The one next command of the work packet as it stands now. */
function nextOf({ tree, spec, library, ground }: Opened, wpId: string): string | null {
  try {
    return wpStatus(tree, spec, wpId, library, ground).next;
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    return null; // a step that was refused since there is no such work packet
  }
}

/** For tests of what a kill leaves behind: the process ends itself after so many writes. */
function failpoint(): (what: string) => void {
  let left = Number(process.env.GOVKIT_FAILPOINT ?? 0);
  return () => {
    if (left > 0 && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
