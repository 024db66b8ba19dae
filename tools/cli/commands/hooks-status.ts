import type { Call, ExitCode } from '../command.ts';
import { driverReport } from '../hooks/driver.ts';
import { hookPlace } from '../hooks/place.ts';
import { readHooks } from '../hooks/state.ts';
import { driverFault, hooksReport, isActive, mend, printDriver, printHook } from '../reporters/hooks.ts';

/** Is each commit judged? Exit 1 when it is not. A driver that is not there refuses nothing, and is told. */
export async function run(call: Call): Promise<ExitCode> {
  const place = await hookPlace(call.root);
  const hooks = readHooks(place);
  if (call.json) call.out.json(await hooksReport(call.root));
  else if (!call.quiet || !isActive(hooks)) {
    for (const hook of hooks) printHook(call.out, place, hook, hook.state, hook.broken);
    const driver = await driverReport(place);
    const fault = driverFault(driver);
    printDriver(call.out, driver.state, fault?.why);
    const needs = hooks.map((hook) => mend(place, hook)).find((line) => line !== undefined) ?? fault?.mend;
    if (needs !== undefined) call.out.line(`${call.out.dim('next')}   ${needs}`);
  }
  return isActive(hooks) ? 0 : 1;
}
