import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CodegenOutput } from '../../config/index.ts';
import {
  findStale,
  type GenerateOptions,
  type Judged,
  judgeGenerated,
  type Stale,
} from '../../contracts/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { type GeneratedOutputs, generateOutputs, type OutputFile } from './outputs.ts';

/** Outputs as they would be written now, and how they stand on disk. */
export interface JudgedOutputs extends GeneratedOutputs {
  judged: Judged<OutputFile>[];
  stale: Stale[];
}

interface Job {
  root: string;
  snapshot: Snapshot;
  index: SpecIndex;
  /** What is asked for. */
  outputs: readonly CodegenOutput[];
  /** All that are configured: what one of them generates is not stale because another one was asked for. */
  configured: readonly CodegenOutput[];
  options: Omit<GenerateOptions, 'roots'>;
}

/** Only in a configured folder can a file be stale: elsewhere a call before may have put it there. */
export async function judgeOutputs(job: Job): Promise<JudgedOutputs> {
  const { root, snapshot, index, outputs, configured, options } = job;
  const generated = generateOutputs(index, outputs, options);
  const read = (path: string): Promise<Uint8Array> => snapshot.read(path);
  const folders = new Set(
    outputs.map(({ out }) => out).filter((out) => configured.some((each) => each.out === out)),
  );
  const others = configured.filter(
    (each) =>
      folders.has(each.out) &&
      !outputs.some((output) => output.target === each.target && output.out === each.out),
  );
  const wanted = [
    ...generated.files,
    ...(others.length > 0 ? generateOutputs(index, others, options).files : []),
  ];
  const paths = await Promise.all([...folders].map((out) => filesIn(root, out)));
  return {
    ...generated,
    judged: await judgeGenerated(generated.files, read),
    stale: await findStale(paths.flat(), wanted, read),
  };
}

/** The files in a folder itself: no target writes deeper. One that is not there holds none. */
async function filesIn(root: string, out: string): Promise<string[]> {
  const entries = await readdir(resolve(root, out), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.sort().map((name) => (out === '.' ? name : `${out}/${name}`));
}
