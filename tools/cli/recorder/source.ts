import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { UsageError } from '../../findings/index.ts';
import type { Call } from '../command.ts';

const CHUNK = 256 * 1024;
const MAGIC = Buffer.from('SQLite format 3\0');

/** What a call names to read. Bytes are good until the next are asked for. */
export type Source =
  | { kind: 'database'; file: string }
  | { kind: 'bytes'; bytes: AsyncIterable<Uint8Array> }
  /** A file has a size, and can be read again. */
  | { kind: 'file'; bytes: AsyncIterable<Uint8Array>; size: number; again(): AsyncIterable<Uint8Array> };

/** A file, a pipe, or `-` for standard input. What a database is, its first bytes say, and not its name. */
export async function openSource(call: Call, given: string, signal: AbortSignal): Promise<Source> {
  if (given === '-') return { kind: 'bytes', bytes: standardInput(signal) };
  const path = resolve(call.cwd, given);
  let file: FileHandle;
  try {
    file = await open(path, 'r');
    const stats = await file.stat();
    if (stats.isDirectory()) {
      await file.close();
      throw new UsageError(`${given}: a folder, expected an event log`);
    }
    const head = Buffer.alloc(MAGIC.length);
    const read = await fill(file, head);
    if (read === MAGIC.length && head.equals(MAGIC)) {
      await file.close();
      return { kind: 'database', file: path };
    }
    const bytes = bytesOf(file, head.subarray(0, read), signal);
    if (!stats.isFile()) return { kind: 'bytes', bytes };
    const again = async function* () {
      yield* bytesOf(await open(path, 'r'), Buffer.alloc(0), signal);
    };
    return { kind: 'file', bytes, size: stats.size, again };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${given}: ${code === 'ENOENT' ? 'no such file' : message}`, { cause: error });
  }
}

/** Whether a file holds a database; names say nothing. */
export async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(MAGIC.length);
    return (await fill(file, head)) === MAGIC.length && head.equals(MAGIC);
  } finally {
    await file.close();
  }
}

/** A pipe gives what it has, which may be less than was asked for. */
async function fill(file: FileHandle, buffer: Buffer): Promise<number> {
  let read = 0;
  while (read < buffer.length) {
    const { bytesRead } = await file.read(buffer, read, buffer.length - read, null);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return read;
}

async function* bytesOf(file: FileHandle, head: Uint8Array, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    const buffer = Buffer.alloc(CHUNK);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* standardInput(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of addAbortSignal(signal, process.stdin as Readable) as AsyncIterable<Buffer>) {
    if (isFirst && chunk.subarray(0, MAGIC.length).equals(MAGIC))
      throw new UsageError(
        '-: a SQLite database, which is only read from its file (gov recorder check FILE)',
      );
    isFirst = false;
    yield chunk;
  }
}
