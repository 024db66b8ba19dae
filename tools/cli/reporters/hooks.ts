import { basename } from 'node:path';
import { type DriverReport, driverReport } from '../hooks/driver.ts';
import { type HookPlace, hookPlace } from '../hooks/place.ts';
import { type Hook, howToChain, readHooks, shown } from '../hooks/state.ts';
import { columns, fold, type Output, pad } from '../output.ts';
import type { HooksReport } from '../schemas/hooks.ts';

/** Are all commits judged that git asks a hook about? */
export function isActive(hooks: readonly Hook[]): boolean {
  return hooks.every(
    ({ state, broken }) => broken === undefined && ['installed', 'outdated', 'chained'].includes(state),
  );
}

/** What stands there now. */
export async function hooksReport(root: string): Promise<HooksReport> {
  const place = await hookPlace(root);
  const hooks = readHooks(place);
  return {
    schema: 'govkit.hooks@1',
    folder: place.folder,
    configured: place.configured,
    active: isActive(hooks),
    merge: await driverReport(place),
    hooks,
  };
}

/** One line for each hook: `pre-commit  installed  .git/hooks/pre-commit`. */
export function printHook(out: Output, place: HookPlace, hook: Hook, did: string, why?: string): void {
  const note = why === undefined ? '' : `: ${why}`;
  out.line(`${pad(hook.name, 18)}${pad(did, 12)}${shown(place, hook.path)}${note}`);
}

/** The same of the merge driver. */
export function printDriver(out: Output, did: string, why?: string): void {
  const head = `${pad('merge driver', 18)}${pad(did, 12)}.git/config`;
  const line = why === undefined ? head : `${head}: ${why}`;
  if (columns(line) <= out.limit) out.line(line);
  else
    for (const part of [head, ...fold(why ?? '', out.limit - 18).map((each) => ' '.repeat(18) + each)])
      out.line(part);
}

/** Why git does not merge the documents row by row, and the one command that helps; absent where it does. */
export function driverFault({
  state,
  assigned,
  unassigned,
}: DriverReport): { why: string; mend: string } | undefined {
  if (state === 'edited')
    return {
      why: 'it was changed by hand',
      mend: 'git config --local --remove-section merge.govkit, then gov hooks install',
    };
  const names = (paths: readonly string[]): string => paths.map((path) => basename(path)).join(', ');
  if (state === 'absent' && assigned.length > 0)
    return { why: `git merges ${names(assigned)} as text`, mend: 'gov hooks install' };
  if (state === 'outdated') return { why: 'of another version or bundle', mend: 'gov hooks install' };
  if (unassigned.length === 0) return undefined;
  return {
    why: `.gitattributes does not name it for ${names(unassigned)}, which git merges as text`,
    mend: unassigned[0]!.startsWith('.GOV/')
      ? 'gov init'
      : `add ${unassigned[0]} merge=govkit to .gitattributes`,
  };
}

/** What a hook that does not serve needs, in one line. */
export function mend(place: HookPlace, hook: Hook): string | undefined {
  if (hook.state === 'foreign') return howToChain(place, hook);
  if (hook.broken !== undefined && (hook.state === 'chained' || hook.state === 'edited'))
    return `chmod +x ${shown(place, hook.path)}`;
  if (hook.state === 'edited') return `remove ${shown(place, hook.path)}, then gov hooks install`;
  return hook.state === 'installed' && hook.broken === undefined ? undefined : 'gov hooks install';
}
