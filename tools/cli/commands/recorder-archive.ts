import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ArchivePlan, applyArchive, planArchive, systemClock } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { readPackets } from '../archive/packets.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { loadSettings, value } from '../load.ts';
import { count } from '../output.ts';
import { printArchived, printPlan } from '../reporters/recorder-archive.ts';
import { timeOf } from '../time.ts';

const SCHEMA = 'govkit.recorder-archive@1';

/** Says what may leave the log, and moves it: whoever only wants to know asks with --dry-run. */
export async function run(call: Call): Promise<ExitCode> {
  const given = timeOf(call, 'before');
  const before = given === undefined ? undefined : Date.parse(given);
  const to = value(call, 'to');
  const config = await loadSettings(worktreeSnapshot(call.root));
  const db = await existingDatabase(call);
  const packets = await readPackets(call.root, config);
  const live = call.out.live('recorder archive');
  const plan = await planArchive(db, {
    clock: systemClock,
    retention: config.recorder.retention,
    isOpenPacket: packets.isOpen,
    ...(before !== undefined && { before }),
    onProgress: (events) => live.tell(() => `${count(events, 'event')} read`),
  });
  live.end();
  if (!call.json) printPlan(call, plan, packets.unreadable);
  const dry_run = call.flags.has('dry-run');
  const report = dry_run
    ? { archived: 0, purged: 0, files: [], strangers: [] }
    : await applyArchive(db, plan, {
        ...(to !== undefined && { to: await folderOf(call, to) }),
        onProgress: (events) => live.tell(() => `${count(events, 'event')} of ${leavingOf(plan)} moved`),
      });
  live.end();
  if (call.json) {
    const { at, families } = plan;
    call.out.json({ schema: SCHEMA, db, at, dry_run, unreadable: packets.unreadable, families, ...report });
  } else printArchived(call, plan, report, dry_run);
  return 0;
}

const leavingOf = ({ leaving }: ArchivePlan): number =>
  leaving.reduce((sum, { first, last }) => sum + last - first + 1, 0);

async function folderOf(call: Call, to: string): Promise<string> {
  const folder = resolve(call.cwd, to);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--to ${to}: no folder can be made there: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return folder;
}
