import { realpath } from 'node:fs/promises';
import { UsageError } from '../findings/index.ts';
import { UnreadableFile, worktreeSnapshot } from '../snapshot/index.ts';
import type { ResultFile } from '../trace/index.ts';
import type { Call } from './command.ts';
import { belowRoot } from './load.ts';

/** What a test runner said: the files that an option names; without it, those of the configuration that are there. */
export async function resultFiles(
  call: Call,
  option: string,
  configured: readonly string[],
): Promise<ResultFile[]> {
  const snapshot = worktreeSnapshot(call.root);
  const given = call.values[option]?.map((path) => belowRoot(call, path));
  const read: ResultFile[] = [];
  for (const file of given ?? configured) {
    try {
      read.push({ file, text: new TextDecoder().decode(await snapshot.read(file)) });
    } catch (error) {
      // Before the first run of the tests there is none; that nothing ran shows at each clause.
      if (given === undefined && error instanceof UnreadableFile && error.reason === 'missing') continue;
      throw new UsageError(`${(error as Error).message} (expected the JSON of vitest or jest)`, {
        cause: error,
      });
    }
  }
  return read;
}

/** The root as it was named and as it really is: a test runner that is started behind a link writes where it leads. */
export async function rootsOf({ root }: Pick<Call, 'root'>): Promise<string[]> {
  return [...new Set([root, await realpath(root)])];
}
