import { wpIdFrom } from '../../artifacts/index.ts';
import { planApprove } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** The Operator's approval of the refinement as it stands. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'approve');
  return runStep(call, { wpId, plan: (opened) => planApprove(dossierOf(opened, wpId), by) });
}
