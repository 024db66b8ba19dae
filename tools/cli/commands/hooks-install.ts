import type { Call, ExitCode } from '../command.ts';
import { installHooks } from '../hooks/install.ts';
import { hookPlace } from '../hooks/place.ts';
import { fold } from '../output.ts';
import { hooksReport, printHook } from '../reporters/hooks.ts';

const JUDGED = 'each commit is judged as it is staged; what git asks no hook about is judged in CI';
const DID = { create: 'installed', update: 'renewed', keep: 'is there' } as const;

/** Every commit that git asks a hook about is judged from now on. */
export async function run(call: Call): Promise<ExitCode> {
  const place = await hookPlace(call.root);
  const steps = await installHooks(place);
  if (call.json) call.out.json(await hooksReport(call.root));
  else if (!call.quiet) {
    for (const { hook, action } of steps) printHook(call.out, place, hook, DID[action]);
    if (steps.every(({ action }) => action === 'keep')) call.out.line('nothing to do');
    else for (const line of fold(JUDGED, call.out.limit)) call.out.line(line);
  }
  return 0;
}
