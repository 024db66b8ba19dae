import { type HookPlace, hookPlace } from '../hooks/place.ts';
import { type Hook, howToChain, readHooks, shown } from '../hooks/state.ts';
import { type Output, pad } from '../output.ts';
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
    hooks,
  };
}

/** One line for each hook: `pre-commit  installed  .git/hooks/pre-commit`. */
export function printHook(out: Output, place: HookPlace, hook: Hook, did: string, why?: string): void {
  const note = why === undefined ? '' : `: ${why}`;
  out.line(`${pad(hook.name, 18)}${pad(did, 12)}${shown(place, hook.path)}${note}`);
}

/** What a hook that does not serve needs, in one line. */
export function mend(place: HookPlace, hook: Hook): string | undefined {
  if (hook.state === 'foreign') return howToChain(place, hook);
  if (hook.broken !== undefined && (hook.state === 'chained' || hook.state === 'edited'))
    return `chmod +x ${shown(place, hook.path)}`;
  if (hook.state === 'edited') return `remove ${shown(place, hook.path)}, then gov hooks install`;
  return hook.state === 'installed' && hook.broken === undefined ? undefined : 'gov hooks install';
}
