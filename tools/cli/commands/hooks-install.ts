import type { Call, ExitCode } from '../command.ts';
import { driverReport, installDriver } from '../hooks/driver.ts';
import { installHooks } from '../hooks/install.ts';
import { hookPlace } from '../hooks/place.ts';
import { fold } from '../output.ts';
import { driverFault, hooksReport, printDriver, printHook } from '../reporters/hooks.ts';

const JUDGED = 'each commit is judged as it is staged; what git asks no hook about is judged in CI';
const DID = { create: 'installed', update: 'renewed', keep: 'is there' } as const;

/** Every commit that git asks a hook about is judged from now on. */
export async function run(call: Call): Promise<ExitCode> {
  const place = await hookPlace(call.root);
  // First: a hook of somebody else's is no reason to merge as text.
  const driver = await installDriver(place);
  const steps = await installHooks(place);
  if (call.json) call.out.json(await hooksReport(call.root));
  else if (!call.quiet) {
    for (const { hook, action } of steps) printHook(call.out, place, hook, DID[action]);
    printDriver(call.out, DID[driver], driverFault(await driverReport(place))?.why);
    if ([driver, ...steps.map(({ action }) => action)].every((did) => did === 'keep'))
      call.out.line('nothing to do');
    else for (const line of fold(JUDGED, call.out.limit)) call.out.line(line);
  }
  return 0;
}
