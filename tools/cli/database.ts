import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../findings/index.ts';
import { gitCommonFolder } from '../snapshot/index.ts';
import { writeFileDurably } from '../text/index.ts';
import type { Call } from './command.ts';
import { value } from './load.ts';

/** Runs that are kept in the git folder; older ones are removed by the next. */
const KEPT_RUNS = 8;

/** A database for one run. `keep` makes it the one that `session list` and `recorder query` look into. */
export interface RunDatabase {
  file: string;
  keep(): Promise<void>;
}

/** A database file that does not exist yet: a scenario's ids are seeded, so each run wants a fresh one. */
export async function freshDatabase(call: Call): Promise<RunDatabase> {
  const given = value(call, 'db');
  if (given === undefined) return freshRunDatabase(call.root);
  return namedDatabase(resolve(call.cwd, given), given);
}

export function namedDatabase(file: string, given: string): RunDatabase {
  if (existsSync(file)) throw new UsageError(`--db ${given}: the file exists; a scenario wants a new one`);
  if (!existsSync(dirname(file))) throw new UsageError(`--db ${given}: no such folder: ${dirname(given)}`);
  return { file, keep: async () => {} };
}

/** A folder of its own for each run: two that run at once never meet. */
export async function freshRunDatabase(root: string): Promise<RunDatabase> {
  const home = await runsFolder(root);
  const name = randomBytes(6).toString('hex');
  const folder = join(home, name);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `cannot keep a run in ${home}: ${(error as Error).message} (--db FILE names another place)`,
      { cause: error },
    );
  }
  return {
    file: join(folder, 'session.db'),
    async keep() {
      await writeFileDurably(join(home, 'last'), name);
      await prune(home, name);
    },
  };
}

/** An existing database: the one that is named, else that of the last run. */
export async function existingDatabase(call: Call): Promise<string> {
  const file = await knownDatabase(call);
  if (file === undefined)
    throw new UsageError('no session database yet (gov session run FILE makes one, --db names one)');
  return file;
}

/** The same; undefined where none is named and no run was kept. */
export async function knownDatabase(call: Call): Promise<string | undefined> {
  const given = value(call, 'db');
  if (given !== undefined) {
    const file = resolve(call.cwd, given);
    if (!existsSync(file)) throw new UsageError(`--db ${given}: no such file`);
    return file;
  }
  const home = await runsFolder(call.root);
  const last = await readFile(join(home, 'last'), 'utf8').catch(() => undefined);
  const file = last === undefined ? undefined : join(home, basename(last), 'session.db');
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** Beside the repository's own data, never in the tree; the temp folder where there is no repository. */
export async function runsFolder(root: string): Promise<string> {
  return join((await gitCommonFolder(root)) ?? tmpdir(), 'govkit', 'runs');
}

/** Keeps the newest runs; one that is going on is among them. */
async function prune(home: string, current: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => /^[0-9a-f]{12}$/.test(name) && name !== current);
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      time: (await stat(join(home, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  const old = dated.sort((a, b) => b.time - a.time).slice(KEPT_RUNS - 1);
  await Promise.all(old.map(({ name }) => rm(join(home, name), { recursive: true, force: true })));
}
