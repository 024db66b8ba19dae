import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type LogProof, openReadOnly, type ProveLog } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { type ArchiveProof, archiveLines, verifyArchive } from '../../recorder/index.ts';

/** What was proven of a file, by its kind. */
export type Proven = { kind: 'database'; proof: LogProof } | { kind: 'archive'; proof: ArchiveProof };

/** A kind of file that holds a log of its own, and how that is proven. */
interface LogInput {
  /** Told by the first bytes: names say nothing. */
  holds(beginning: Buffer): boolean;
  verify(file: string, how: ProveLog): Promise<Proven>;
}

/** What `gov recorder verify` reads. */
const INPUTS: readonly LogInput[] = [
  {
    holds: (beginning) => beginning.toString('latin1').startsWith('SQLite format 3\0'),
    async verify(file, how) {
      await using log = await openReadOnly(file);
      return { kind: 'database', proof: await log.verify(how) };
    },
  },
  {
    // As it was written, or decompressed by somebody.
    holds: (beginning) =>
      beginning.readUInt16BE(0) === 0x1f8b || beginning.toString().startsWith('{"continues":'),
    async verify(file, { noted, progress }) {
      if (noted)
        throw new UsageError(`--head ${noted.seq}:…: expected a session database beside it, not an archive`);
      return {
        kind: 'archive',
        proof: await verifyArchive(counted(archiveLines(createReadStream(file)), progress)),
      };
    },
  },
];

async function* counted(
  lines: AsyncIterable<string>,
  progress: ProveLog['progress'],
): AsyncGenerator<string> {
  let passed = 0;
  for await (const line of lines) {
    yield line;
    passed += 1;
    if (passed % 1_024 === 0) progress?.(passed);
  }
}

/** What reads this file; undefined if nothing does. */
export async function inputOf(file: string): Promise<LogInput | undefined> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return INPUTS.find(({ holds }) => holds(buffer));
  } finally {
    await handle.close();
  }
}
