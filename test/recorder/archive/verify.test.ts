import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArchiveProof,
  archivedRecords,
  archiveLines,
  chainHash,
  eventOf,
  parseHeader,
  replayGap,
  verifyArchive,
  writeArchive,
} from '../../../tools/recorder/index.ts';
import { accepted, chained, created, inference, moved, NOON } from './samples.ts';

const log = chained([
  created(1, NOON),
  created(2, NOON, null, 1),
  accepted(1, 2, NOON),
  inference(NOON),
  moved(2, 'COMPLETED', NOON + 1),
  moved(1, 'COMPLETED', NOON + 2),
  inference(NOON + 3),
]);
/** Records 1–3, 5 and 7: three runs, one with records that follow each other. */
const kept = log.filter(({ seq }) => [1, 2, 3, 5, 7].includes(seq));
const head = { seq: 7, hash: log[6]!.hash };
const written = writeArchive(kept, { number: 2, continues: 'a'.repeat(64), head });
const text = gunzipSync(written.bytes).toString();
const lines = text.split('\n').slice(0, -1);

async function* stream(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
const proofOf = (bytes: Uint8Array | string): Promise<ArchiveProof> =>
  verifyArchive(archiveLines(stream(bytes)));

describe('the archive that is written', () => {
  it('is proven, and tells what it holds', async () => {
    const proof = await proofOf(written.bytes);
    expect(proof).toEqual({
      header: parseHeader(lines[0]!),
      events: 5,
      last_hashes: [log[2]!.hash, log[4]!.hash, log[6]!.hash],
      sha256: written.sha256,
      fault: null,
    });
    expect(proof.header).toMatchObject({
      schema: 'govkit.archive@1',
      number: 2,
      continues: 'a'.repeat(64),
      head,
      events: 5,
      runs: [
        [1, 3],
        [5, 5],
        [7, 7],
      ],
    });
  });

  it('has a name by its content, and the same bytes whenever it is written', () => {
    const again = writeArchive(kept, { number: 2, continues: 'a'.repeat(64), head });
    expect(again.file).toBe(`000002-${written.sha256.slice(0, 16)}.ndjson.gz`);
    expect(Buffer.compare(again.bytes, written.bytes)).toBe(0);
    // RFC 1952: no flags, no time, no extra, no operating system.
    expect([...written.bytes.slice(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  });

  it('gives the records back byte for byte, and lines that are events with a place', async () => {
    const records = [];
    for await (const record of archivedRecords(archiveLines(stream(written.bytes)))) records.push(record);
    expect(records).toEqual(kept);
    const { seq, previous, hash, ...event } = JSON.parse(lines[1]!) as Record<string, unknown>;
    expect([seq, previous, hash]).toEqual([1, log[0]!.previous, log[0]!.hash]);
    expect(event).toEqual(eventOf(kept[0]!));
  });

  it('keeps a body whose keys JSON.parse would reorder', async () => {
    const body = '{"payload":{"10":1,"9":2}}';
    const record = { seq: 1, previous: '0'.repeat(64), hash: chainHash('0'.repeat(64), 1, body), body };
    const { bytes } = writeArchive([record], { number: 1, continues: null, head });
    expect((await proofOf(bytes)).fault).toBeNull();
    for await (const read of archivedRecords(archiveLines(stream(bytes)))) expect(read.body).toBe(body);
  });
});

describe('what was changed is told at its line', () => {
  const faultLine = async (changed: readonly string[]): Promise<number | undefined> =>
    (await proofOf(`${changed.join('\n')}\n`)).fault?.line;

  it('any byte of any line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(lines.length - 1),
        fc.nat(),
        fc.integer({ min: 0x20, max: 0x7e }),
        async (at, place, code) => {
          const line = lines[at]!;
          const index = place % line.length;
          const character = String.fromCharCode(code);
          fc.pre(line[index] !== character);
          const changed = lines.with(at, line.slice(0, index) + character + line.slice(index + 1));
          expect(await faultLine(changed)).toBe(at + 1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a line removed, put twice, or two exchanged', async () => {
    for (const at of lines.keys()) {
      expect(await faultLine(lines.toSpliced(at, 1))).toBe(at + 1);
      expect(await faultLine(lines.toSpliced(at, 0, lines[at]!))).toBe(at + 2);
      for (let other = at + 1; other < lines.length; other += 1)
        expect(await faultLine(lines.with(at, lines[other]!).with(other, lines[at]!))).toBe(at + 1);
    }
  });

  it('cut off after any byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 2), async (length) => {
        const cut = text.slice(0, length);
        const { fault } = await proofOf(cut);
        expect(fault?.line).toBe(cut.split('\n').length);
      }),
      { numRuns: 200 },
    );
    expect((await proofOf('')).fault).toEqual({ line: 1, message: 'Unexpected end, expected the header' });
    expect((await proofOf(`${lines.slice(0, 4).join('\n')}\n`)).fault).toEqual({
      line: 5,
      seq: 5,
      message: 'Unexpected end, expected record 5',
    });
    expect((await proofOf(`${lines.slice(0, -1).join('\n')}\n`)).fault).toEqual({
      line: 7,
      message: 'Unexpected end, expected the trailer',
    });
  });

  it('any byte of the compressed file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: written.bytes.length - 1 }), fc.nat(7), async (at, bit) => {
        const bytes = Uint8Array.from(written.bytes);
        bytes[at]! ^= 1 << bit;
        // The last bits of a compressed block are read by nobody.
        if ((await proofOf(bytes)).fault === null) expect(gunzipSync(bytes).toString()).toBe(text);
      }),
      { numRuns: 200 },
    );
    const crc = Uint8Array.from(written.bytes);
    crc[crc.length - 8]! ^= 1;
    expect((await proofOf(crc)).fault).toMatchObject({
      message: expect.stringMatching(/^Unexpected gzip data near byte \d+: incorrect data check$/),
    });
  });

  it('says what was found and what is expected', async () => {
    const faults = async (at: number, from: string, to: string) =>
      (await proofOf(`${lines.with(at, lines[at]!.replace(from, to)).join('\n')}\n`)).fault;
    expect(await faults(0, '"number":2', '"number":3')).toEqual({
      line: 1,
      message: expect.stringMatching(/^Unexpected ".*…", expected the header of a govkit\.archive@1$/),
    });
    expect(await faults(2, 'Coder', 'coder')).toEqual({
      line: 3,
      seq: 2,
      message: 'Unexpected content of record 2, expected what its hash says',
    });
    expect(await faults(2, '"seq":2', '"seq":4')).toEqual({
      line: 3,
      seq: 2,
      message: 'Unexpected record 4, expected 2',
    });
    expect(await faults(2, `"previous":"${log[0]!.hash.slice(0, 1)}`, '"previous":"x')).toMatchObject({
      line: 3,
      message: expect.stringMatching(/^Unexpected ".*…", expected record 2$/),
    });
    expect(await faults(6, '"events":5', '"events":6')).toMatchObject({
      line: 7,
      message: expect.stringMatching(/expected the count and the sha256 of the lines before$/),
    });
    expect((await proofOf(written.bytes.slice(0, -9))).fault).toMatchObject({
      line: 8,
      message: `Unexpected end of the gzip data after ${written.bytes.length - 9} bytes, expected its trailer`,
    });
    expect((await proofOf(`${text}more\n`)).fault).toEqual({
      line: 8,
      message: 'Unexpected line, expected nothing after the trailer',
    });
  });

  it('lines of no end and bytes of no text are refused', async () => {
    const long = stream(...Array.from({ length: 20 }, () => 'x'.repeat(2 ** 20)));
    await expect(archiveLines(long).next()).rejects.toMatchObject({ code: 'HSK-500-DB' });
    await expect(archiveLines(stream('a\n', Uint8Array.of(0xff, 0x0a))).next()).resolves.toMatchObject({
      value: 'a',
    });
    const proof = await verifyArchive(archiveLines(stream(`${lines[0]}\n`, Uint8Array.of(0xff, 0x0a))));
    expect(proof.fault).toEqual({
      line: 2,
      seq: 1,
      message: 'Unexpected bytes that are no UTF-8, expected UTF-8',
    });
  });
});

describe('replayGap: the chain of a log goes through its archive', () => {
  const gap = { first_seq: 1, last_seq: 3, hash: log[2]!.hash };
  const start = '0'.repeat(64);

  it('holds for the records that stood there', async () => {
    expect(await replayGap(gap, start, kept)).toBeUndefined();
    const one = { first_seq: 5, last_seq: 5, hash: log[4]!.hash };
    expect(await replayGap(one, log[3]!.hash, kept.slice(3))).toBeUndefined();
  });

  it.each([
    ['one that is missing', [kept[0]!, kept[2]!], start, 'Unexpected record 3 in the archive, expected 2', 2],
    [
      'one that follows another log',
      kept,
      'f'.repeat(64),
      'Unexpected record 1 in the archive, expected one that continues the log',
      1,
    ],
    [
      'one with another content',
      [{ ...kept[0]!, body: kept[0]!.body.replace('Coder', 'coder') }],
      start,
      'Unexpected content of record 1 in the archive, expected what its hash says',
      1,
    ],
    ['too few', kept.slice(0, 2), start, 'Unexpected end of the archive, expected record 3', 3],
  ] as const)('%s is found', async (_, records, previous, message, seq) => {
    expect(await replayGap(gap, previous, records)).toEqual({ seq, message });
  });

  it('another log of the same length, whole in itself, is found at its end', async () => {
    const other = chained([created(1, NOON), created(2, NOON, null, 1), inference(NOON)]);
    expect(await replayGap(gap, start, other)).toEqual({
      seq: 3,
      message: 'Unexpected hash of record 3 in the archive, expected where the log goes on',
    });
  });
});
