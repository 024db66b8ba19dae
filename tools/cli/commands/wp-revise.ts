import { wpIdFrom } from '../../artifacts/index.ts';
import { planRevise } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** The next revision of a packet that was signed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'revise');
  const reason = value(call, 'reason') ?? '';
  return runStep(call, { wpId, plan: (opened) => planRevise(dossierOf(opened, wpId), by, { reason }) });
}
