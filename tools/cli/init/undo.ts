import { UsageError } from '../../findings/index.ts';
import { readRecord, writeRecord } from './record.ts';
import { type Taken, takeBack } from './take-back.ts';

/** Takes back what `gov init` made in all its runs; undefined where it made nothing. */
export async function undoInit(root: string): Promise<Taken[] | undefined> {
  const record = await readRecord(root);
  if (record === undefined) return undefined;
  const taken = await takeBack(root, record.made);
  // Last: an undo that is killed is done again.
  await writeRecord(root, { made: [] });
  return taken;
}

/** Takes back what a killed run left. True when there was something. */
export async function recoverInit(root: string): Promise<boolean> {
  const record = await readRecord(root);
  if (record?.pending === undefined) return false;
  if (record.pid !== undefined && record.pid !== process.pid && isAlive(record.pid)) {
    throw new UsageError(`another gov init (process ${record.pid}) is at work here`);
  }
  await takeBack(root, record.pending);
  await writeRecord(root, { made: record.made });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
