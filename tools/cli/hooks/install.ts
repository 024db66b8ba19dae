import { chmod, unlink } from 'node:fs/promises';
import { UsageError } from '../../findings/index.ts';
import { createFileDurably, writeFileDurably } from '../../text/index.ts';
import type { HookPlace } from './place.ts';
import { hookScript } from './script.ts';
import { type Hook, howToChain, readHooks, shown } from './state.ts';

/** What `gov hooks install` does to one hook. */
export interface HookStep {
  hook: Hook;
  action: 'create' | 'update' | 'keep';
}

/** Every hook, or the reason why none is written: nothing of somebody else's is overwritten. */
export function planHooks(place: HookPlace): { steps: HookStep[]; script(hook: Hook): string } {
  const { bundle } = place;
  if ('why' in bundle) throw new UsageError(bundle.why);
  const hooks = readHooks(place);
  if (place.shared) {
    throw new UsageError(
      `core.hooksPath leads to ${place.folder}, which other repositories use too; ${howToChain(place, hooks[0]!)}, or give this repository hooks of its own: git config core.hooksPath .githooks`,
    );
  }
  const steps = hooks.map((hook): HookStep => {
    if (hook.state === 'foreign') {
      throw new UsageError(
        `${shown(place, hook.path)} is somebody else's hook and stays as it is; ${howToChain(place, hook)}`,
      );
    }
    if (hook.state === 'edited') {
      throw new UsageError(
        `${shown(place, hook.path)} was changed after gov hooks install wrote it and stays as it is (remove it to have it written again)`,
      );
    }
    const same = hook.state === 'chained' || (hook.state === 'installed' && hook.broken === undefined);
    return { hook, action: hook.state === 'absent' ? 'create' : same ? 'keep' : 'update' };
  });
  return { steps, script: ({ name }) => hookScript(name, bundle.path) };
}

export async function installHooks(place: HookPlace): Promise<HookStep[]> {
  const { steps, script } = planHooks(place);
  for (const { hook, action } of steps) {
    if (action === 'create') await createFileDurably(hook.path, script(hook), 0o755);
    if (action !== 'update') continue;
    await writeFileDurably(hook.path, script(hook));
    await chmod(hook.path, 0o755); // writing kept the mode, which may be what was wrong
  }
  return steps;
}

/** Removes ours and nothing else. */
export async function uninstallHooks(place: HookPlace): Promise<Hook[]> {
  const hooks = readHooks(place);
  for (const { path, state } of hooks) {
    if (state === 'installed' || state === 'outdated') await unlink(path);
  }
  return hooks;
}
