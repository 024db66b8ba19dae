// Which processes have this store open to run sessions: whose runs are orphans depends on it (D-41).
import type { Draft } from '../draft.ts';
import type { BootRow } from '../rows.ts';

/** Before its first dispatch a process says who it is, so that others can see whether it lives. */
export function registerBoot(draft: Draft, boot: Omit<BootRow, 'started_at'>): void {
  draft.put('boot', { ...boot, started_at: draft.time });
}

/** A process that ends in order leaves nothing behind; what it could not finish is an orphan from now on. */
export function leaveBoot(draft: Draft, { boot_id }: Pick<BootRow, 'boot_id'>): void {
  if (draft.get('boot', boot_id)) draft.remove('boot', boot_id);
}
