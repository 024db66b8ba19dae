/** One line of a log without its line feed. `ended` is false where the bytes end before a line feed came. */
export interface RawLine {
  /** From 1. */
  number: number;
  bytes: Buffer;
  ended: boolean;
}

export interface LineReader {
  push(chunk: Uint8Array): void;
  /** The last line, if nobody ended it. */
  end(): void;
}

/**
 * Cuts bytes into lines as they come. Of a line longer than `longest` bytes nothing is kept: `tooLong` hears of it
 * when it ends, with its length. The bytes of a line are only good until `take` returns.
 */
export function createLineReader(
  longest: number,
  take: (line: RawLine) => void,
  tooLong: (number: number, length: number) => void,
): LineReader {
  let number = 1;
  /** What has come of a line that the last chunk did not end. */
  let parts: Uint8Array[] = [];
  let length = 0;
  const hold = (piece: Uint8Array): void => {
    if (piece.length === 0) return;
    length += piece.length;
    if (length > longest) parts = [];
    else parts.push(piece);
  };
  const finish = (ended: boolean): void => {
    if (length > longest) tooLong(number, length);
    else {
      const [first = Buffer.alloc(0), ...more] = parts;
      const bytes = more.length === 0 ? bufferOf(first) : Buffer.concat(parts);
      take({ number, bytes, ended });
    }
    number += 1;
    length = 0;
    parts = [];
  };
  return {
    push(chunk) {
      const bytes = bufferOf(chunk);
      let from = 0;
      for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
        if (length === 0 && to - from <= longest) {
          take({ number, bytes: bytes.subarray(from, to), ended: true });
          number += 1;
        } else {
          hold(bytes.subarray(from, to));
          finish(true);
        }
        from = to + 1;
      }
      // Whoever gives the chunk may use its memory again.
      if (from < bytes.length) hold(Buffer.from(bytes.subarray(from)));
    },
    end() {
      if (length > 0) finish(false);
    },
  };
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
