import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { applyPlan } from '../init/apply.ts';
import { baselineSteps } from '../init/baseline.ts';
import { look } from '../init/look.ts';
import { type Plan, planInit } from '../init/plan.ts';
import type { Taken } from '../init/take-back.ts';
import { recipeNames, treeTemplates, workflowTemplates } from '../init/templates.ts';
import { recoverInit, undoInit } from '../init/undo.ts';
import { nextCommand } from '../next.ts';
import { printInit } from '../reporters/init.ts';
import type { InitReport } from '../schemas/init.ts';

/** An empty or an existing repository becomes a governed one; `--undo` takes back exactly what that made. */
export async function run(call: Call): Promise<ExitCode> {
  const { root } = call;
  if (call.cwd !== root && call.given?.root === undefined) {
    throw new UsageError(
      `${call.cwd} lies inside ${root}, and a tree governs a whole repository: ${nextCommand({ ...call, given: { root } }, 'init')}`,
    );
  }
  if (call.flags.has('undo')) return await undo(call);
  const dry = call.flags.has('dry-run');
  const recovered = dry ? false : await recoverInit(root);
  const plan = planInit(await look(root), {
    tree: treeTemplates(),
    workflows: workflowTemplates(),
    recipes: recipeNames(),
  });
  if (plan.legacy) plan.steps.push(...(await baselineSteps(call, plan.steps)));
  const nothing = plan.steps.length === 0;
  if (!dry && !nothing) await applyPlan(root, plan);
  report(call, {
    schema: 'govkit.init@1',
    root,
    did: nothing ? 'nothing' : dry ? 'planned' : 'made',
    recovered,
    steps: stepsOf(plan),
  });
  return 0;
}

async function undo(call: Call): Promise<ExitCode> {
  const { root } = call;
  if (call.flags.has('dry-run')) throw new UsageError('--undo and --dry-run exclude each other');
  const recovered = await recoverInit(root);
  const taken = await undoInit(root);
  report(call, {
    schema: 'govkit.init@1',
    root,
    did: taken === undefined && !recovered ? 'nothing' : 'taken-back',
    recovered,
    steps: stepsTaken(taken ?? []),
  });
  return 0;
}

function stepsOf({ steps, left }: Plan): InitReport['steps'] {
  return [
    ...steps.map((step) => ({
      action: step.action,
      path: step.path,
      ...(step.action === 'append' && { added: step.added }),
      ...(step.action === 'create' && step.adopted !== undefined && { adopted: step.adopted }),
    })),
    ...left.map(({ path, why }) => ({ action: 'left' as const, path, why })),
  ];
}

/** A folder is told only where it stays, and nothing in it says why. */
function stepsTaken(taken: readonly Taken[]): InitReport['steps'] {
  const left = taken.filter(({ did }) => did === 'left').map(({ made }) => made.path);
  return taken.flatMap(({ made, did, why }) => {
    const told =
      made.kind === 'folder'
        ? did === 'left' && !left.some((path) => path.startsWith(`${made.path}/`))
        : did !== 'gone';
    return told && did !== 'gone'
      ? [{ action: did, path: made.path, ...(why !== undefined && { why }) }]
      : [];
  });
}

function report(call: Call, answer: InitReport): void {
  if (call.json) call.out.json(answer);
  else if (!call.quiet) print(call, answer);
}

function print(call: Call, answer: InitReport): void {
  const { did, steps } = answer;
  printInit(call.out, answer);
  if (did === 'nothing') {
    const all = 'everything is there';
    call.out.line(
      call.flags.has('undo') ? 'nothing to do: gov init made nothing here' : `nothing to do: ${all}`,
    );
  }
  const next = { planned: 'init', made: 'check', nothing: 'check', 'taken-back': undefined }[did];
  if (next !== undefined && !call.flags.has('undo'))
    call.out.line(`${call.out.dim('next')}   ${nextCommand(call, next)}`);
  else if (did === 'taken-back' && steps.length === 0) call.out.line('nothing was left to take back');
}
