import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../findings/index.ts';
import { gitFolderAt } from '../../snapshot/index.ts';
import { writeFileDurably } from '../../text/index.ts';

const made = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string() }),
  z.strictObject({ kind: z.literal('file'), path: z.string(), sha256: z.string() }),
  z.strictObject({ kind: z.literal('lines'), path: z.string(), added: z.string(), sha256: z.string() }),
  z.strictObject({
    kind: z.literal('settings'),
    path: z.literal('.git/config'),
    settings: z.record(z.string(), z.string()),
  }),
  z.strictObject({ kind: z.literal('repository'), path: z.literal('.git') }),
]);

/** What a run made, so that it can be taken back: of a file also its hash, of added lines that before them. */
export type Made = z.infer<typeof made>;

const recordSchema = z.strictObject({
  schema: z.literal('govkit.init-record@1'),
  made: z.array(made),
  /** What the run that is on has made or is about to make; a run that was killed leaves it here. */
  pending: z.array(made).optional(),
  pid: z.int().optional(),
});

export type InitRecord = z.infer<typeof recordSchema>;

/** In the git folder of this worktree: no part of the tree, and gone when the worktree is. */
async function recordFile(root: string): Promise<string | undefined> {
  const folder = await gitFolderAt(root);
  return folder === undefined ? undefined : join(folder, 'govkit', 'init.json');
}

export async function readRecord(root: string): Promise<InitRecord | undefined> {
  const file = await recordFile(root);
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`${file} is no record of gov init (remove it to begin anew)`, { cause: error });
  }
}

/** Without anything in it the record goes. */
export async function writeRecord(root: string, record: Omit<InitRecord, 'schema'>): Promise<void> {
  const file = await recordFile(root);
  if (file === undefined) throw new Error('a record needs a repository');
  if (record.made.length === 0 && record.pending === undefined) await rm(file, { force: true });
  else
    await writeFileDurably(
      file,
      `${JSON.stringify({ schema: 'govkit.init-record@1', ...record }, null, 2)}\n`,
    );
}
