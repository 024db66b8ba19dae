import { openReadOnly } from '../../engine/index.ts';
import {
  createLogReader,
  type Gap,
  type LogFault,
  type LogReaderOptions,
  type LogReading,
  proveArchive,
  readLog,
} from '../../recorder/index.ts';
import type { Source } from './source.ts';

export interface Looked extends LogReading {
  format: 'ndjson' | 'gzip' | 'sqlite';
}

/** Hears how far the reading is: bytes of a file, events of a database. */
export type Progress = (done: number) => void;

export async function readSource(
  source: Source,
  report: (fault: LogFault) => void,
  options: LogReaderOptions,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<Looked> {
  if (source.kind === 'database') return readDatabase(source.file, report, options, { signal, progress });
  const { gzip, ...reading } = await readLog(counted(source.bytes, progress), report, options);
  if (reading.archives > 0 && source.kind === 'file') await proveArchive(source.again(), report);
  return { ...reading, format: gzip ? 'gzip' : 'ndjson' };
}

async function* counted(bytes: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of bytes) {
    done += chunk.length;
    progress(done);
    yield chunk;
  }
}

/**
 * A place of a database is the `seq` of its event; spans have none, and are told where the events end. What was moved to
 * its archives is read with it.
 */
async function readDatabase(
  file: string,
  report: (fault: LogFault) => void,
  options: LogReaderOptions,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<Looked> {
  await using log = await openReadOnly(file, { archived: true });
  const gaps = await log.gaps();
  const partial = options.partial === true || gaps.some(({ why }) => why !== 'purged');
  const reader = createLogReader(report, { ...options, partial });
  const unread = (gap: Gap): void => {
    const message = `Unexpected body of record ${gap.first_seq}, expected an event`;
    report({ rule: 'log/not-an-event', at: gap.first_seq, column: 1, event_id: '', message });
    gaps.unshift(gap);
  };
  let last = 0;
  const gapsBefore = (seq: number): void => {
    while (gaps[0] && gaps[0].first_seq < seq) reader.entry({ gap: gaps.shift() }, seq);
  };
  for await (const { seq, event } of log.readEvents({}, unread)) {
    signal.throwIfAborted();
    gapsBefore(seq);
    reader.entry({ seq, ...event }, seq);
    last = seq;
    progress(last);
  }
  gapsBefore(Number.POSITIVE_INFINITY);
  for await (const span of log.spans()) {
    signal.throwIfAborted();
    reader.entry(span, last);
  }
  return { ...reader.end(), format: 'sqlite' };
}
