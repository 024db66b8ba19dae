import { wpIdFrom } from '../../artifacts/index.ts';
import { planWaive } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** A blocker that does not count until a day is over. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const blocker = wpIdFrom(call.args[1]!);
  const by = await whoRecords(call, 'waive');
  const input = { blocker, reason: value(call, 'reason') ?? '', until: value(call, 'until') ?? '' };
  return runStep(call, { wpId, plan: (opened) => planWaive(dossierOf(opened, wpId), by, input) });
}
