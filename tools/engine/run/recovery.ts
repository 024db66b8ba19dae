// Recovery as the engine does it: sees who lives, lets the kernel decide, and loads what was last saved.
import type { SessionCheckpoint } from '../../generated/index.ts';
import type { BootRow, CheckpointContent, RecoveredSession, Recovery } from '../../kernel/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Core } from '../core.ts';
import type { Processes } from '../processes.ts';

/** What a dead process left behind, for the operator, who resumes or cancels each session. */
export interface RecoveryReport extends Omit<Recovery, 'recovered'> {
  recovered: (RecoveredSession & {
    /** The last checkpoint; null = there is none, or its artifact is gone or damaged. */
    checkpoint: SessionCheckpoint | null;
  })[];
  /** Processes of which nobody here can tell whether they live; their runs were left alone. */
  unknown: BootRow[];
}

/** One process of this store, and the port that sees the others. */
export interface Boot {
  boot_id: string;
  processes: Processes;
}

/** Pauses what dead processes left running. Reads who is registered, and asks for each whether it lives (D-41). */
export async function recoverDead(
  core: Core,
  { boot_id, processes }: Boot,
  presumed: readonly string[] = [],
): Promise<RecoveryReport> {
  const boots = await core.store.read((view) => view.select('boot', 'all', 'all'));
  const dead: string[] = [];
  const unknown: BootRow[] = [];
  for (const boot of boots) {
    if (boot.boot_id === boot_id) continue;
    const lives = presumed.includes(boot.boot_id) ? false : processes.lives(boot);
    if (lives === null) unknown.push(boot);
    if (lives === false) dead.push(boot.boot_id);
  }
  const { recovered, freed_permits } = await core.execute('recover', { boot_id, dead });
  return {
    recovered: recovered.map((session) => ({ ...session, checkpoint: loaded(core, session) })),
    freed_permits,
    unknown,
  };
}

/** A checkpoint that is not what its id says is no checkpoint. */
function loaded(core: Core, { checkpoint_artifact_id: id }: RecoveredSession): SessionCheckpoint | null {
  const text = id === null ? undefined : core.artifacts.get(id);
  if (id === null || text === undefined || `sha256:${sha256(text)}` !== id) return null;
  return { ...(JSON.parse(text) as CheckpointContent), checkpoint_artifact_id: id };
}
