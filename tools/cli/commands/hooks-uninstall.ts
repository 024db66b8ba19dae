import type { Call, ExitCode } from '../command.ts';
import { type DriverState, uninstallDriver } from '../hooks/driver.ts';
import { uninstallHooks } from '../hooks/install.ts';
import { hookPlace } from '../hooks/place.ts';
import type { HookState } from '../hooks/state.ts';
import { hooksReport, printDriver, printHook } from '../reporters/hooks.ts';

/** What becomes of each, and where it stays, why. */
const DID: Record<HookState | DriverState, readonly [did: string, why?: string]> = {
  absent: ['not there'],
  installed: ['removed'],
  outdated: ['removed'],
  edited: ['left', 'it was changed by hand'],
  chained: ['left', 'somebody else wrote it, and it starts gov'],
  foreign: ['left', 'somebody else wrote it'],
};

/** Takes away what `gov hooks install` wrote, and nothing else. */
export async function run(call: Call): Promise<ExitCode> {
  const place = await hookPlace(call.root);
  const hooks = await uninstallHooks(place);
  const driver = await uninstallDriver(place);
  if (call.json) call.out.json(await hooksReport(call.root));
  else if (!call.quiet) {
    for (const hook of hooks) printHook(call.out, place, hook, ...DID[hook.state]);
    printDriver(call.out, ...DID[driver]);
  }
  return 0;
}
