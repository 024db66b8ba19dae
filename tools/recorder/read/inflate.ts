import { createGunzip, type Gunzip } from 'node:zlib';

/** So much is decompressed at a time: one kilobyte may hold a megabyte of blanks. */
const PIECE = 16 * 1024;

/** Whether bytes begin as gzip does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The content of a gzip stream of any number of members. Where the stream is cut off or damaged, `broken` hears what
 * was found, and what stands before it has come.
 */
export async function* inflate(
  source: AsyncIterable<Uint8Array>,
  broken: (message: string) => void,
): AsyncGenerator<Uint8Array> {
  const zip = createGunzip();
  const machine = listen(zip);
  let given = 0;
  try {
    for await (const chunk of source) {
      for (let from = 0; from < chunk.length; from += PIECE) {
        const piece = chunk.subarray(from, from + PIECE);
        given += piece.length;
        if (machine.isOver()) {
          if (!isPadding(piece)) return void broken(afterEnd(zip.bytesWritten));
          continue;
        }
        await machine.write(piece);
        yield* machine.take();
        // A zero after a member ends the stream for zlib, and tape drives fill their blocks with them.
        if (machine.isOver() && !isPadding(piece.subarray(piece.length - (given - zip.bytesWritten))))
          return void broken(afterEnd(zip.bytesWritten));
        if (machine.error()) break;
      }
      if (machine.error()) break;
    }
    await machine.end();
    yield* machine.take();
    const error = machine.error();
    if (error?.code === 'Z_BUF_ERROR')
      broken(`Unexpected end of the gzip data after ${given} bytes, expected its trailer`);
    else if (error) broken(`Unexpected gzip data near byte ${zip.bytesWritten}: ${error.message}`);
  } finally {
    zip.destroy();
  }
}

const isPadding = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
const afterEnd = (at: number): string =>
  `Unexpected bytes after byte ${at}, expected the end of the gzip data or another member`;

interface Machine {
  write(piece: Uint8Array): Promise<void>;
  end(): Promise<void>;
  take(): Uint8Array[];
  isOver(): boolean;
  error(): NodeJS.ErrnoException | undefined;
}

/** Hears each output before the failure that follows it, which reading a stream by iteration does not promise. */
function listen(zip: Gunzip): Machine {
  let out: Uint8Array[] = [];
  let over = false;
  let error: NodeJS.ErrnoException | undefined;
  let wake = (): void => {};
  zip.on('data', (chunk: Uint8Array) => out.push(chunk));
  zip.on('end', () => {
    over = true;
    wake();
  });
  zip.on('error', (found) => {
    error = found;
    wake();
  });
  const until = (work: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      work(resolve);
    });
  return {
    write: (piece) => until((done) => zip.write(piece, () => done())),
    end: async () => {
      if (!over && !error) await until(() => zip.end());
    },
    take: () => {
      const taken = out;
      out = [];
      return taken;
    },
    isOver: () => over,
    error: () => error,
  };
}
