import type { Finding } from '../../findings/index.ts';
import { UnreadableFile, unreadableName } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import { finding } from '../diagnostics.ts';
import { readAnswers } from './answers.ts';
import { readOverlay } from './overlay.ts';

/**
 * What is wrong with an overlay by itself: it cannot be read, is no overlay, or quotes a line that the spec no
 * longer has. Cheap: nothing is generated. Without a spec, no quote can be held against it.
 */
export async function checkOverlay(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
  index: SpecIndex | undefined,
): Promise<Finding[]> {
  const text = await readText(path, read);
  if (typeof text !== 'string') return [text];
  const { entries, findings } = readOverlay({ path, text }, index);
  return [...findings, ...readAnswers(entries).findings];
}

async function readText(
  path: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<string | Finding> {
  const unreadable = (line: number, message: string): Finding =>
    finding('overlay-unreadable', 'error', { file: path, line }, message);
  try {
    return decode(path, await read(path)).text;
  } catch (error) {
    if (error instanceof NotUtf8) {
      const byte = error.byte.toString(16).padStart(2, '0');
      return unreadable(error.line, `Unexpected byte 0x${byte}, expected UTF-8`);
    }
    if (!(error instanceof UnreadableFile)) throw error;
    const found = error.reason === 'missing' ? `absence of ${path}` : unreadableName(error.reason);
    return unreadable(1, `Unexpected ${found}, expected the overlay that gov.config.yaml names`);
  }
}
