import { wpIdFrom } from '../../artifacts/index.ts';
import { idsElsewhere, planRevise } from '../../gate/index.ts';
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
  return runStep(call, {
    wpId,
    plan: async (opened) => {
      const taken = await idsElsewhere(call.root, opened.layout);
      return planRevise(dossierOf(opened, wpId), by, { reason, taken });
    },
  });
}
