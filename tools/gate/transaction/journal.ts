import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../findings/index.ts';
import { gitFolderAt } from '../../snapshot/index.ts';
import { writeFileDurably } from '../../text/index.ts';

const gitAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('branch'), name: z.string(), at: z.string() }),
  z.strictObject({ kind: z.literal('worktree'), path: z.string(), branch: z.string() }),
  z.strictObject({ kind: z.literal('remove-worktree'), path: z.string(), branch: z.string() }),
  z.strictObject({ kind: z.literal('remove-branch'), name: z.string(), at: z.string() }),
]);

/** What a step does to the repository itself; each can be done again without harm. */
export type GitAction = z.infer<typeof gitAction>;

const journalSchema = z.strictObject({
  schema: z.literal('govkit.journal@1'),
  step: z.string(),
  wp_id: z.string(),
  /** What HEAD was: the commit and the branch; null before the first commit, and where HEAD is detached. */
  head: z.string().nullable(),
  branch: z.string().nullable(),
  git: z.array(gitAction),
  writes: z.array(
    z.strictObject({
      path: z.string(),
      /** The bytes that it replaces, in base64; null where there was no file. */
      before: z.base64().nullable(),
      /** The bytes as they will be; null where the file goes. */
      after: z.string().nullable(),
    }),
  ),
});

/** Everything that one step does, written down before the first of it is done. */
export type Journal = z.infer<typeof journalSchema>;

/** In the git folder of this worktree: it is bound to it. */
export async function journalFile(root: string): Promise<string | undefined> {
  const folder = await gitFolderAt(root);
  return folder === undefined ? undefined : join(folder, 'govkit', 'journal.json');
}

/** The step that was interrupted here; undefined where none was. */
export async function readJournal(root: string): Promise<Journal | undefined> {
  const file = await journalFile(root);
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch(noneIfAbsent);
  if (text === undefined) return undefined;
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`${file} is no journal of an interrupted step; look at git status, then remove it`, {
      cause: error,
    });
  }
}

/** One that cannot be read is not none: the step would be forgotten in its middle. */
function noneIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT')
    throw new UsageError(`the journal of a step cannot be read: ${error.message}`, { cause: error });
}

export async function writeJournal(file: string, journal: Journal): Promise<void> {
  // Whoever holds the lock is the only one who writes here: what else is there was left by one that was killed.
  const start = `.${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => [] as string[]))
    if (name.startsWith(start) && name.endsWith('.tmp')) await rm(join(dirname(file), name), { force: true });
  await writeFileDurably(file, JSON.stringify(journal));
}

export async function removeJournal(file: string): Promise<void> {
  await rm(file, { force: true });
}
