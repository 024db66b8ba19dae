import type { Finding } from '../../findings/index.ts';
import { UnreadableFile, unreadableName } from '../../snapshot/index.ts';
import { finding } from '../diagnostics.ts';
import { type GeneratedFile, hashLine, isIntact } from './file.ts';

/**
 * Compares what would be written with what is there. `edited`: the content no longer has the hash in its own
 * header. `drifted`: it is as written once, and the spec has moved on. Line ends of a checkout do not count.
 */
export async function checkGenerated(
  files: readonly GeneratedFile[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<Finding[]> {
  const found = await Promise.all(files.map((file) => checkFile(file, read)));
  return found.flat();
}

async function checkFile(
  file: GeneratedFile,
  read: (path: string) => Promise<Uint8Array>,
): Promise<Finding[]> {
  const text = await readText(file.path, read).catch((error) => {
    if (error instanceof UnreadableFile) return error;
    throw error;
  });
  if (text instanceof UnreadableFile) {
    const message = `Unexpected ${unreadableName(text.reason)}, expected the generated file`;
    return [finding('generated-missing', 'error', { file: file.path, line: 1 }, message)];
  }
  if (text === undefined) {
    return [
      finding(
        'generated-missing',
        'error',
        { file: file.path, line: 1 },
        `Unexpected absence of ${file.path}, expected the generated file`,
      ),
    ];
  }
  if (text === file.text) return [];
  const at = { file: file.path, line: hashLine(text) };
  if (!isIntact(text)) {
    return [
      finding(
        'generated-edited',
        'error',
        at,
        `Unexpected hand edit of ${file.path}, expected the content that codegen wrote`,
      ),
    ];
  }
  const line = firstDifference(text, file.text);
  const message = `Unexpected content of ${file.path} from line ${line}, expected what the spec generates now`;
  return [finding('generated-drifted', 'error', { file: file.path, line }, message)];
}

async function readText(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await read(path)).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'missing') return undefined;
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
