import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { wpIdFrom } from '../../artifacts/index.ts';
import { planRefinement } from '../../gate/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { createFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { nextCommand } from '../next.ts';
import { count } from '../output.ts';
import { printFindings } from '../reporters/findings.ts';
import { loadTree } from '../tree.ts';
import { packageRoot } from '../version.ts';

/** Writes the refinement of a stub, with everything that the spec can tell filled in. Never overwrites. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const tree = await loadTree(snapshot, config);
  const spec = await loadCallSpec(call, snapshot, config);
  const plan = planRefinement({
    tree,
    spec,
    wpId,
    template: await readFile(join(packageRoot(), 'templates', 'refinement.md'), 'utf8'),
    specSha1: spec.sha1,
    now: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  const dryRun = call.flags.has('dry-run');
  if (plan.unmet.length === 0 && !dryRun) {
    for (const [path, text] of plan.writes) await createFileDurably(resolve(call.root, path), text);
  }
  if (call.json) {
    call.out.json({
      schema: 'govkit.plan@1',
      wp_id: wpId,
      applied: plan.unmet.length === 0 && !dryRun,
      unmet: plan.unmet,
      writes: [...plan.writes].map(([path, text]) => ({ path, text })),
    });
  } else if (plan.unmet.length > 0) {
    printFindings(call.out, plan.unmet);
    call.out.line();
    call.out.line(`refused · ${count(plan.unmet.length, 'precondition')} unmet, nothing written`);
    call.out.line(`${call.out.dim('next')}   ${nextCommand(call, `wp status ${wpId}`)}`);
  } else if (dryRun) {
    for (const text of plan.writes.values()) call.out.raw(text);
  } else {
    for (const [path, text] of plan.writes)
      call.out.line(`wrote ${path} · ${count(text.split('<fill').length - 1, 'place')} to fill in`);
    call.out.line(`${call.out.dim('next')}   ${nextCommand(call, `wp status ${wpId}`)}`);
  }
  return plan.unmet.length > 0 ? 1 : 0;
}
