import { crc32, deflateRawSync } from 'node:zlib';

/** No time, no name, no operating system: the same input is the same bytes, whenever and wherever it is written. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

export function gzip(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(bytes), 0);
  end.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([HEADER, deflateRawSync(bytes), end]);
}
