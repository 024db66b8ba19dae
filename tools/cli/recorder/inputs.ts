import { open, stat } from 'node:fs/promises';
import { type ChainReport, openReadOnly, type VerifyLog } from '../../engine/index.ts';

/** A kind of file that holds a log of its own, and how that is proven. */
interface LogInput {
  kind: 'database';
  /** Told by the first bytes: names say nothing. */
  holds(beginning: Buffer): boolean;
  verify(file: string, how: VerifyLog): Promise<ChainReport>;
}

/** What `gov recorder verify` reads. */
const INPUTS: readonly LogInput[] = [
  {
    kind: 'database',
    holds: (beginning) => beginning.toString('latin1').startsWith('SQLite format 3\0'),
    async verify(file, how) {
      await using log = await openReadOnly(file);
      return log.verify(how);
    },
  },
];

/** What reads this file; undefined if nothing does. */
export async function inputOf(file: string): Promise<LogInput | undefined> {
  if (!(await stat(file)).isFile()) return undefined; // opening a pipe waits for somebody to write into it
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return INPUTS.find(({ holds }) => holds(buffer.subarray(0, bytesRead)));
  } finally {
    await handle.close();
  }
}
