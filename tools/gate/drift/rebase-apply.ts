import { linePlace, TreeError } from '../../findings/index.ts';
import { sha256 } from '../../text/index.ts';
import type { RebasePlan } from './rebase.ts';

/** How a plan reaches the disk. Each write is whole or not at all. */
export interface RebaseFiles {
  read(path: string): Promise<Uint8Array>;
  write(path: string, text: string): Promise<void>;
}

/**
 * Writes the files of a plan, one after the other. Every file is complete by itself, so that whoever is stopped
 * in between runs the same command again. A file that has changed since the plan is not overwritten.
 */
export async function applyRebase({ writes }: RebasePlan, files: RebaseFiles): Promise<void> {
  const moved = [];
  for (const { path, sha256: planned } of writes) {
    if (sha256(await files.read(path)) !== planned) moved.push(path);
  }
  if (moved[0] !== undefined) {
    throw new TreeError({
      rule: 'spec/rebase-refused',
      severity: 'error',
      place: linePlace(moved[0], 1),
      message: `Unexpected change of ${moved.join(', ')} since the plan was made, expected the text that was planned from`,
      args: { paths: moved },
    });
  }
  for (const { path, after } of writes) await files.write(path, after);
}
