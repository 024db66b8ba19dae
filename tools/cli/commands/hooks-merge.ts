import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type MergedDocument, mergeRendered, type RenderedKind } from '../../artifacts/index.ts';
import { defaultConfig } from '../../config/index.ts';
import { UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { decode, NotUtf8, writeFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { isRendered } from '../hooks/driver.ts';
import { MARKER_SIZE, mergeFile, proseMerger } from '../hooks/merge-file.ts';
import { loadSettings, positive } from '../load.ts';
import { visible } from '../output.ts';
import { layoutFor } from '../tree.ts';

type Bytes = readonly [base: Buffer, ours: Buffer, theirs: Buffer];

/** What git starts to merge a rendered document: 0 merged, 1 with conflicts, 2 failed, and nothing was changed. */
export async function run(call: Call): Promise<ExitCode> {
  const [base = '', ours = '', theirs = '', path = ''] = call.args;
  const size = positive(call, 'marker-size') ?? MARKER_SIZE;
  const sides: Bytes = [await bytesOf(call, base), await bytesOf(call, ours), await bytesOf(call, theirs)];
  const kind = await kindOf(call.root, path);
  const merged = kind === undefined ? undefined : await mergeRows(call.root, kind, path, sides, size);
  if (merged !== undefined) {
    await writeFileDurably(resolve(call.cwd, ours), merged.text);
    report(call, path, merged);
    return merged.conflicts > 0 ? 1 : 0;
  }
  const { bytes, conflicts } = await mergeFile(call.root, sides, size);
  await writeFileDurably(resolve(call.cwd, ours), bytes);
  report(call, path, { conflicts, rows: [] });
  return conflicts > 0 ? 1 : 0;
}

/** Undefined where a side is no text: then git merges it, or says that it cannot. */
async function mergeRows(
  root: string,
  kind: RenderedKind,
  path: string,
  sides: Bytes,
  size: number,
): Promise<MergedDocument | undefined> {
  try {
    const [base, ours, theirs] = sides.map((bytes) => decode(path, bytes));
    return await mergeRendered(kind, base!, ours!, theirs!, proseMerger(root, size));
  } catch (error) {
    if (error instanceof NotUtf8) return undefined;
    throw error;
  }
}

/** The configuration may be what the merge is about; where it cannot be read, the usual places count. */
async function kindOf(root: string, path: string): Promise<RenderedKind | undefined> {
  const config = await loadSettings(worktreeSnapshot(root)).catch((error: unknown) => {
    if (error instanceof UsageError) return defaultConfig;
    throw error;
  });
  const kind = layoutFor(config).kindOf(path.replace(/^\.\//, ''));
  return isRendered(kind) ? kind : undefined;
}

async function bytesOf(call: Call, path: string): Promise<Buffer> {
  try {
    return await readFile(resolve(call.cwd, path));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** Git tells of the conflict; which rows it is about only this can. */
function report(call: Call, path: string, { conflicts, rows }: Omit<MergedDocument, 'text'>): void {
  if (call.json) call.out.json({ schema: 'govkit.merge@1', path, conflicts, rows });
  else {
    for (const { key, ours = 'no row', theirs = 'no row' } of rows)
      call.out.error(visible(`govkit: ${path}: ${key} is for you to settle: ours ${ours}, theirs ${theirs}`));
  }
}
