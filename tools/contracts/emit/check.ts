import type { Finding } from '../../findings/index.ts';
import { UnreadableFile, unreadableName } from '../../snapshot/index.ts';
import { finding } from '../diagnostics.ts';
import { carriesHeader, type GeneratedFile, hashLine, isIntact } from './file.ts';

/** How a generated file stands on disk. */
export interface Judged<File extends GeneratedFile = GeneratedFile> {
  file: File;
  state: 'same' | 'missing' | 'drifted' | 'edited';
  /** Of every state but `same`. */
  finding?: Finding;
}

type Read = (path: string) => Promise<Uint8Array>;

/**
 * Compares what would be written with what is there. `edited`: the content no longer has the hash in its own
 * header. `drifted`: it is as written once, and the spec has moved on. Line ends of a checkout do not count.
 */
export function judgeGenerated<File extends GeneratedFile>(
  files: readonly File[],
  read: Read,
): Promise<Judged<File>[]> {
  return Promise.all(files.map((file) => judge(file, read)));
}

/** The findings of {@link judgeGenerated}: none where everything is as it would be written now. */
export async function checkGenerated(files: readonly GeneratedFile[], read: Read): Promise<Finding[]> {
  const judged = await judgeGenerated(files, read);
  return judged.flatMap(({ finding: found }) => found ?? []);
}

async function judge<File extends GeneratedFile>(file: File, read: Read): Promise<Judged<File>> {
  const at = (line: number) => ({ file: file.path, line });
  const text = await readText(file.path, read);
  if (text instanceof UnreadableFile) {
    const found = text.reason === 'missing' ? `absence of ${file.path}` : unreadableName(text.reason);
    const message = `Unexpected ${found}, expected the generated file`;
    return { file, state: 'missing', finding: finding('generated-missing', 'error', at(1), message) };
  }
  if (text === file.text) return { file, state: 'same' };
  if (!isIntact(text)) {
    const message = `Unexpected hand edit of ${file.path}, expected the content that codegen wrote`;
    return {
      file,
      state: 'edited',
      finding: finding('generated-edited', 'error', at(hashLine(text)), message),
    };
  }
  const line = firstDifference(text, file.text);
  const message = `Unexpected content of ${file.path} from line ${line}, expected what the spec generates now`;
  return { file, state: 'drifted', finding: finding('generated-drifted', 'error', at(line), message) };
}

/** A file that codegen wrote and nothing generates any more; only one that nobody edited may be removed. */
export interface Stale {
  path: string;
  removable: boolean;
  finding: Finding;
}

/** The stale ones of `paths`: those with our header that are none of `files`. */
export async function findStale(
  paths: readonly string[],
  files: readonly GeneratedFile[],
  read: Read,
): Promise<Stale[]> {
  const wanted = new Set(files.map(({ path }) => path));
  const found = await Promise.all(
    paths
      .filter((path) => !wanted.has(path) && /\.(?:ts|md|json)$/.test(path))
      .map(async (path): Promise<Stale[]> => {
        const text = await readText(path, read);
        if (typeof text !== 'string' || !carriesHeader(text)) return [];
        const removable = isIntact(text);
        const message = removable
          ? `Unexpected generated file ${path}, expected none: nothing generates it any more`
          : `Unexpected hand edit of ${path}, expected no such file: nothing generates it any more`;
        const stale = finding('generated-stale', 'error', { file: path, line: hashLine(text) }, message);
        return [{ path, removable, finding: stale }];
      }),
  );
  return found.flat();
}

async function readText(path: string, read: Read): Promise<string | UnreadableFile> {
  try {
    return new TextDecoder().decode(await read(path)).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}

function firstDifference(a: string, b: string): number {
  const left = a.split('\n');
  const right = b.split('\n');
  // The header always differs when the spec does; the first line below it is what a reader wants to see.
  const from = hashLine(a) === hashLine(b) ? hashLine(b) : 0;
  for (let i = from; i < Math.max(left.length, right.length); i++) if (left[i] !== right[i]) return i + 1;
  return 1;
}
