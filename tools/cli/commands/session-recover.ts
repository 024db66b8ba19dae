import { openReadOnly, type RunningIn, systemProcesses } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { visible } from '../output.ts';
import { printRecovery } from '../reporters/session-recover.ts';
import { onEngine, openSessions } from '../session/open.ts';

const SCHEMA = 'govkit.session-recover@1';

/** Pauses what a dead process left running, and tells what waits for somebody's decision. */
export async function run(call: Call): Promise<ExitCode> {
  const db = await existingDatabase(call); // one of an older version is brought up to date by the engine
  const presumed_dead = call.values['presume-dead'] ?? [];
  await refuseLiving(db, presumed_dead);
  const { recovered, unknown, freed_permits } = await onEngine(db, {}, (engine) =>
    engine.recover({ presumed_dead: [...presumed_dead] }),
  );
  const after = await openSessions(call);
  await using log = await openReadOnly(db);
  const pending = await log.interrupted();
  const left = await log.running();
  const nobodyKnows = new Set(unknown.map(({ boot_id }) => boot_id));
  const answer = {
    recovered: recovered.map(({ checkpoint, pending_tool_calls, ...session }) => ({
      ...session,
      checkpoint_readable: checkpoint !== null,
      pending_tool_calls: pending_tool_calls.map(({ arguments: _, ...open }) => open),
    })),
    freed_permits,
    pending,
    living: left.filter(({ boot_id }) => !nobodyKnows.has(boot_id)),
    unknown: left.filter(({ boot_id }) => nobodyKnows.has(boot_id)),
  };
  if (call.json) call.out.json({ schema: SCHEMA, db, ...answer });
  else printRecovery(call, after, answer);
  return 0;
}

/** The operator's word is taken for what nobody here can see, and not against what everybody can. */
async function refuseLiving(db: string, presumed: readonly string[]): Promise<void> {
  if (presumed.length === 0) return;
  await using log = await openReadOnly(db);
  const processes = new Map((await log.running()).map((each): [string, RunningIn] => [each.boot_id, each]));
  for (const id of presumed) {
    const found = processes.get(id);
    if (!found) {
      const some = [...processes.keys()].join(', ') || 'none at all';
      throw new UsageError(
        `--presume-dead ${visible(id)}: no process of that id runs a session of ${db} (expected one of: ${some})`,
      );
    }
    if (systemProcesses.lives(found) === true)
      throw new UsageError(`--presume-dead ${visible(id)}: process ${found.pid} lives, on this machine`);
  }
}
