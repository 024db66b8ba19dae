import { openReadOnly } from '../../engine/index.ts';
import {
  createLogReader,
  type LogFault,
  type LogReaderOptions,
  type LogReading,
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

/** A place of a database is the `seq` of its event; spans have none, and are told where the events end. */
async function readDatabase(
  file: string,
  report: (fault: LogFault) => void,
  options: LogReaderOptions,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<Looked> {
  await using log = await openReadOnly(file);
  const reader = createLogReader(report, options);
  let last = 0;
  for await (const { seq, event } of log.readEvents()) {
    signal.throwIfAborted();
    reader.entry({ seq, ...event }, seq);
    last = seq;
    progress(last);
  }
  for await (const span of log.spans()) {
    signal.throwIfAborted();
    reader.entry(span, last);
  }
  return { ...reader.end(), format: 'sqlite' };
}
