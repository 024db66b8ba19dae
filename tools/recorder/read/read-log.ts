import { inflate, isGzip } from './inflate.ts';
import { createLogReader, type LogFault, type LogReaderOptions, type LogReading } from './log-reader.ts';

/**
 * Checks a whole log, ours or anybody's, from its bytes: NDJSON, plain or as gzip. `report` hears of each fault as it
 * shows; faults that can only be told at the end carry the line that they are about.
 */
export async function readLog(
  source: AsyncIterable<Uint8Array>,
  report: (fault: LogFault) => void,
  options: LogReaderOptions = {},
): Promise<LogReading & { gzip: boolean }> {
  const reader = createLogReader(report, options);
  const { head, all } = await peek(source);
  const tell = (rule: string, message: string, at: number): void =>
    report({ rule, at, column: 1, event_id: '', message });
  if (isUtf16(head)) {
    tell('log/encoding', 'Unexpected UTF-16, expected UTF-8', 1);
    await all.return(undefined);
    return { ...reader.end(), gzip: false };
  }
  const gzip = isGzip(head);
  let broken: string | undefined;
  const plain = gzip ? inflate(all, (message) => (broken = message)) : all;
  for await (const chunk of plain) reader.push(chunk);
  const reading = reader.end(broken !== undefined);
  if (broken !== undefined) tell('log/gzip-broken', broken, Math.max(1, reading.lines));
  return { ...reading, gzip };
}

/** The first bytes tell what the others are. */
const ENOUGH = 2;

async function peek(
  source: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let done = false;
  while (length < ENOUGH && !done) {
    const next = await chunks.next();
    done = next.done === true;
    if (next.done) break;
    // A source may use the memory of a chunk again when it is asked for the next.
    first.push(Uint8Array.from(next.value));
    length += next.value.length;
  }
  const all = (async function* () {
    try {
      yield* first;
      for (let next = done ? undefined : await chunks.next(); next && !next.done; next = await chunks.next())
        yield next.value;
    } finally {
      await chunks.return?.();
    }
  })();
  return { head: Buffer.concat(first), all };
}

const isUtf16 = ([a, b]: Uint8Array): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
