import { refinementOf, wpIdFrom } from '../../artifacts/index.ts';
import { planApprove, refinementBlock } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** The Operator's approval of the refinement as it stands. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'approve');
  return runStep(call, {
    wpId,
    plan: (opened) => planApprove(dossierOf(opened, wpId), by),
    told: ({ tree }, { unmet, done }) => {
      const refinement = refinementOf(tree, wpId);
      // Whoever approves sees what it was: with --dry-run before it is recorded, and otherwise with the record.
      if (refinement === undefined || unmet.length > 0 || done !== undefined) return {};
      return { block: refinementBlock(refinement) };
    },
  });
}
