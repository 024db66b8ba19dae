import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../findings/index.ts';
import { openGit } from '../snapshot/index.ts';
import type { Call } from './command.ts';
import { value } from './load.ts';

/** The database, SQLite's own side files, and the artifacts that its rows name. */
const SIDE_FILES = ['', '-wal', '-shm', '.artifacts'];

/** Where the last scenario run is kept: beside the repository's own data, never in the tree. */
export async function lastRunDatabase(root: string): Promise<string> {
  try {
    const common = (
      await (await openGit(root)).raw(['rev-parse', '--path-format=absolute', '--git-common-dir'])
    ).trim();
    if (common !== '') return join(common, 'govkit', 'session-run.db');
  } catch {
    // no repository: the temp folder serves
  }
  return join(tmpdir(), 'govkit', 'session-run.db');
}

/** A database file that does not exist yet: a scenario's ids are seeded, so each run wants a fresh one. */
export async function freshDatabase(call: Call): Promise<string> {
  const given = value(call, 'db');
  if (given !== undefined) {
    const file = resolve(call.cwd, given);
    if (existsSync(file)) throw new UsageError(`--db ${given}: the file exists; a scenario wants a new one`);
    if (!existsSync(dirname(file))) throw new UsageError(`--db ${given}: no such folder: ${dirname(given)}`);
    return file;
  }
  return freshScenarioDatabase(call.root);
}

/** The place of the last run, emptied. */
export async function freshScenarioDatabase(root: string): Promise<string> {
  const file = await lastRunDatabase(root);
  await mkdir(dirname(file), { recursive: true });
  for (const side of SIDE_FILES) await rm(`${file}${side}`, { force: true, recursive: true });
  return file;
}

/** An existing database: the one that is named, else that of the last scenario run. */
export async function existingDatabase(call: Call): Promise<string> {
  const given = value(call, 'db');
  const file = given === undefined ? await lastRunDatabase(call.root) : resolve(call.cwd, given);
  if (!existsSync(file)) {
    throw new UsageError(
      given === undefined
        ? 'no session database yet (gov session run FILE makes one, --db names one)'
        : `--db ${given}: no such file`,
    );
  }
  return file;
}
