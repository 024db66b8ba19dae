import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RecorderError } from '../accept/errors.ts';
import { type ArchivedRecord, parseRecord } from './format.ts';

/** Longer than any event that is accepted: what goes on beyond it is no log, and must not fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The lines of a log or an archive, compressed or not, without their line feeds. Throws HSK-500-DB at the first that cannot be read. */
export async function* archiveLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let line = 1;
  try {
    for await (const chunk of await plain(bytes)) {
      const text = decoder.decode(chunk, { stream: true });
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        yield rest + text.slice(from, at);
        rest = '';
        from = at + 1;
        line += 1;
      }
      rest += text.slice(from);
      if (rest.length > LONGEST_LINE) throw new Error(`a line of more than ${LONGEST_LINE} characters`);
    }
    rest += decoder.decode();
  } catch (error) {
    // What the source fails with is no fault of its bytes.
    throw (error as NodeJS.ErrnoException).syscall === undefined ? unreadable(line, error) : error;
  }
  // A line that nobody ended was cut off; whoever checks lines says what is missing of it.
  if (rest !== '') yield rest;
}

function unreadable(line: number, error: unknown): RecorderError {
  const { code, message } = error as { code?: string; message: string };
  const reasons: Record<string, string> = {
    Z_BUF_ERROR: 'the compressed data ends too early',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'bytes that are no UTF-8',
  };
  return new RecorderError('HSK-500-DB', `line ${line}: ${reasons[code ?? ''] ?? message}`, { cause: error });
}

async function plain(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first = await chunks.next();
  const all = (async function* () {
    try {
      for (let next = first; !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  })();
  const [a, b] = first.done ? [] : first.value;
  if (a !== 0x1f || b !== 0x8b) return all;
  const gunzip = createGunzip();
  // What fails is thrown where the lines are read.
  pipeline(Readable.from(all, { objectMode: false }), gunzip, () => {});
  return gunzip;
}

/** The records of an archive, unproven; other lines are left out. */
export async function* archivedRecords(lines: AsyncIterable<string>): AsyncGenerator<ArchivedRecord> {
  for await (const line of lines) {
    const record = parseRecord(line);
    if (record) yield record;
  }
}
