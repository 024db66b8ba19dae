import { RecorderError } from '../accept/errors.ts';
import { inflate, isGzip } from '../read/inflate.ts';
import { type ArchivedRecord, parseRecord } from './format.ts';

/** Longer than any event that is accepted: what goes on beyond it is no log, and must not fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The lines of a log or an archive, compressed or not, without their line feeds. Throws HSK-500-DB at the first that cannot be read. */
export async function* archiveLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let line = 1;
  try {
    for await (const chunk of plain(bytes)) {
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
  const reason =
    code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'bytes that are no UTF-8, expected UTF-8' : message;
  return new RecorderError('HSK-500-DB', `line ${line}: ${reason}`, { cause: error });
}

/** Decompressed where it is gzip. What stands before damage comes first, then the failure. */
async function* plain(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    const all = (async function* () {
      for (let next = first; !next.done; next = await chunks.next()) yield next.value as Uint8Array;
    })();
    if (first.done || !isGzip(first.value)) return yield* all;
    let broken: string | undefined;
    yield* inflate(all, (message) => {
      broken = message;
    });
    if (broken !== undefined) throw new Error(broken.replace(/^Unexpected /, ''));
  } finally {
    await chunks.return?.();
  }
}

/** The records of an archive, unproven; other lines are left out. */
export async function* archivedRecords(lines: AsyncIterable<string>): AsyncGenerator<ArchivedRecord> {
  for await (const line of lines) {
    const record = parseRecord(line);
    if (record) yield record;
  }
}
