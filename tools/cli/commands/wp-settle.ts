import { wpIdFrom } from '../../artifacts/index.ts';
import { planSettle } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** Competing heads of a ledger become one. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'settle');
  const input = { keep: value(call, 'keep'), reason: value(call, 'reason') };
  return runStep(call, { wpId, plan: (opened) => planSettle(dossierOf(opened, wpId), by, input) });
}
