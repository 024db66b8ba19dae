import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../findings/index.ts';
import { UnwritableFile } from '../../text/index.ts';

/** The right to record in a repository: of all its worktrees, one process at a time (FM: two of twelve survived). */
export interface Lock {
  /** Throws where the lock is no longer this process's: somebody took the file away. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Milliseconds to wait for others. */
  patience?: number;
}

const PATIENCE = 120_000;

/** Takes the lock `file`, waiting while a living process has it. That of a dead one is taken over. */
export async function takeLock(file: string, { patience = PATIENCE }: LockOptions = {}): Promise<Lock> {
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    token: randomBytes(8).toString('hex'),
  });
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(mine, own, { flag: 'wx' });
  } catch (error) {
    throw new UnwritableFile(mine, error as NodeJS.ErrnoException);
  }
  try {
    let holder = '';
    let since = performance.now();
    for (let tries = 0; !(await linked(mine, file)); tries++) {
      // Of a hundred that wait each has its turn: what takes too long is one that does not end.
      const now = await readFile(file, 'utf8').catch(() => holder);
      if (now !== holder) [holder, since] = [now, performance.now()];
      if (await isAbandoned(file)) await takeAway(file, mine);
      else if (performance.now() - since > patience) throw await tooLong(file, patience);
      else await sleep(pause(tries));
    }
    await sweep(file);
  } finally {
    await unlink(mine).catch(() => {});
  }
  const isMine = async (): Promise<boolean> => (await readFile(file, 'utf8').catch(() => '')) === own;
  return {
    async assertHeld() {
      if (!(await isMine()))
        throw new UsageError(`the lock ${file} was taken away meanwhile; nothing was written, run it again`);
    },
    async release() {
      if (await isMine()) await unlink(file).catch(() => {});
    },
  };
}

/** Longer from try to try: a hundred that ask all the time would leave nothing to the one that works. */
function pause(tries: number): number {
  return 5 + Math.random() * Math.min(500, 20 * 1.3 ** Math.min(tries, 20));
}

/** A link is made whole or not at all, and never over another. */
async function linked(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new UnwritableFile(file, error as NodeJS.ErrnoException);
  }
}

interface Owner {
  pid: number;
  host: string;
}

async function ownerOf(file: string): Promise<Owner | undefined> {
  try {
    const { pid, host } = JSON.parse(await readFile(file, 'utf8')) as Partial<Owner>;
    return Number.isInteger(pid) && pid! > 0 && typeof host === 'string' ? { pid: pid!, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Of another machine nobody here can tell. */
async function isAbandoned(file: string): Promise<boolean> {
  const owner = await ownerOf(file);
  if (owner === undefined || owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Only who holds the right to take over looks again, and takes the file away: of two that do, the slower one would
 * take that of a third. The right of one that was killed meanwhile goes, too.
 */
async function takeAway(file: string, mine: string): Promise<void> {
  const right = `${file}.takeover`;
  if (!(await linked(mine, right))) {
    if (await isAbandoned(right)) await unlink(right).catch(() => {});
    return;
  }
  try {
    if (await isAbandoned(file)) await unlink(file).catch(() => {});
  } finally {
    await unlink(right).catch(() => {});
  }
}

/** What those left who were stopped while they waited (Ctrl-C). */
async function sweep(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => [] as string[])) {
    if (!name.startsWith(start) || !/^\d+\.[0-9a-f]{8}$/.test(name.slice(start.length))) continue;
    const left = join(dirname(file), name);
    if (await isAbandoned(left)) await unlink(left).catch(() => {});
  }
}

async function tooLong(file: string, patience: number): Promise<UsageError> {
  const owner = await ownerOf(file);
  const who = owner === undefined ? 'something' : `process ${owner.pid} on ${owner.host}`;
  return new UsageError(
    `${who} is recording here, and has been for ${Math.round(patience / 1000)} s: wait for it, or remove ${file} if it is no more`,
  );
}
