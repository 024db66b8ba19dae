import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, log, read, whole } from '../conform/told-log.ts';

const sessions = log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-001').length;
const first = lines.slice(0, 3);
/** A log of three good lines, one of them replaced. */
const withLine = (line: string): string => `${[first[0], line, first[1]].join('\n')}\n`;

describe('a log of the engine', () => {
  it.each([
    ['as query prints it', whole],
    ['bare events', log.map((event) => JSON.stringify(event)).join('\n')],
    ['with CRLF and a byte order mark', `\ufeff${whole.replaceAll('\n', '\r\n')}`],
    ['with blank lines', whole.replaceAll('\n', '\n \n\n')],
    ['without a line feed at its end', whole.trimEnd()],
  ])('is clean %s', async (_, text) => {
    const { reading, faults } = await read(text);
    expect(faults).toEqual([]);
    expect(reading).toMatchObject({ events: log.length, sessions, spans: 0, gaps: 0, gzip: false });
    expect(Object.values(reading.ids).reduce((sum, n) => sum + n, 0)).toBe(log.length);
    expect(reading.bytes).toBe(Buffer.byteLength(text));
  });

  it('reads the same from one member of gzip and from several, padded with zeros', async () => {
    const half = whole.indexOf('\n', whole.length / 2) - 7;
    const members = [whole.slice(0, half), whole.slice(half)].map((part) => gzipSync(part));
    for (const bytes of [gzipSync(whole), Buffer.concat([...members, Buffer.alloc(512)])]) {
      const { reading, faults } = await read(bytes);
      expect(faults).toEqual([]);
      expect(reading).toMatchObject({ events: log.length, gzip: true, bytes: Buffer.byteLength(whole) });
    }
  });

  it('reads the same wherever its bytes are cut', async () => {
    const spoiled = `${lines.slice(0, 9).join('\r\n')}\n{"a":\n\u00e4\n${lines[9]}\n{"event_id":"\u00e4`;
    const expected = await read(spoiled);
    expect(expected.told).toHaveLength(3);
    for (const bytes of [Buffer.from(spoiled), gzipSync(spoiled)]) {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 30 }), async (cuts) => {
          const marks = [0, ...cuts, bytes.length].sort((a, b) => a - b);
          const chunks = marks.slice(1).map((to, at) => Buffer.from(bytes.subarray(marks[at], to)));
          expect((await read(chunks)).told).toEqual(expected.told);
        }),
        { numRuns: 50 },
      );
    }
  });
});

describe('a line that is no entry is told with its place, and the lines after it are read', () => {
  it.each([
    ['{"a":1,}', '2:8 log/not-an-event Unexpected "}", expected a key (JSON, one event on each line)'],
    [
      '{"a":',
      '2:6 log/not-an-event Unexpected end of the line, expected a value (JSON, one event on each line)',
    ],
    ['{"a":\u0000}', '2:6 log/not-an-event Unexpected NUL, expected a value (JSON, one event on each line)'],
    [
      '\ufeff{}',
      '2:1 log/not-an-event Unexpected byte order mark, expected a value (JSON, one event on each line)',
    ],
    ['hello', '2:1 log/not-an-event Unexpected "h", expected a value (JSON, one event on each line)'],
    ['{}', '2:1 log/not-an-event Unexpected an empty object, expected an event on each line'],
    ['null', '2:1 log/not-an-event Unexpected null, expected an event on each line'],
    ['[{},{}]', '2:1 log/not-an-event Unexpected an array of 2, expected an event on each line'],
    ['7', '2:1 log/not-an-event Unexpected a number, expected an event on each line'],
    [
      '{"a":1,"b":2,"c":3,"d":4,"e":5}',
      '2:1 log/not-an-event Unexpected an object of "a", "b", "c", "d" and more, expected an event on each line',
    ],
    ['{"gap":3}', '2:1 log/not-an-event Unexpected a gap that is a number, expected an event on each line'],
    [
      `{"payload":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      '2:1 log/not-an-event Unexpected nesting of more than 200 levels, expected an event on each line',
    ],
    [
      'x'.repeat(8 * 1024 * 1024 + 1),
      '2:1 log/line-too-long Unexpected line of 8388609 bytes, expected 8388608 at most',
    ],
    ['{"payload":{}}', '2:1 event/invalid unknown event id undefined'],
  ])('%.40s', async (line, expected) => {
    const { reading, told } = await read(withLine(line));
    expect(told).toEqual([expected]);
    expect(reading.lines).toBe(3);
  });

  it('bytes that are no UTF-8', async () => {
    const bytes = Buffer.from(withLine('"ab\u00e4"'), 'latin1');
    expect((await read(bytes)).told).toEqual(['2:4 log/encoding Unexpected byte 0xe4, expected UTF-8']);
  });

  it('UTF-16 is told once', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(whole, 'utf16le')]);
    expect((await read(bytes)).told).toEqual([
      '1:1 log/encoding Unexpected UTF-16, expected UTF-8',
      '1:1 log/empty Unexpected end of a log without events, expected one at least',
    ]);
  });
});

describe('F12: the last line of a log', () => {
  it('that was being written is told, wherever it was cut, and everything before it counts', async () => {
    const last = Buffer.from(lines[2]!.replace('{', '{"note":"\u00e4\ud83d\ude00",'));
    for (let length = 1; length < last.length; length += 1) {
      const { reading, told } = await read(
        Buffer.concat([Buffer.from(`${first[0]}\n${first[1]}\n`), last.subarray(0, length)]),
      );
      expect([length, told]).toEqual([length, [expect.stringMatching(/^3:\d+ log\/torn-tail /)]]);
      expect(reading.events).toBe(2);
    }
  });

  it.each([
    [
      '{"seq":3,"pay',
      '3:14 log/torn-tail Unexpected end of the log inside an entry, expected the end of a string',
    ],
    [
      `{"seq":3${'\0'.repeat(40)}`,
      '3:9 log/torn-tail Unexpected end of the log inside an entry, expected a number',
    ],
    ['\0'.repeat(40), '3:1 log/torn-tail Unexpected NUL at the end of the log, expected nothing'],
    ['{"seq"=', '3:7 log/not-an-event Unexpected "=", expected ":" (JSON, one event on each line)'],
  ])('%j', async (tail, expected) => {
    expect((await read(`${first[0]}\n${first[1]}\n${tail}`)).told).toEqual([expected]);
  });
});

describe('gzip that is not whole', () => {
  const bytes = gzipSync(whole);

  it('cut off anywhere: what came before counts, and half a line at its end is told once', async () => {
    for (const length of [20, 1_000, bytes.length - 9, bytes.length - 1]) {
      const { reading, told } = await read(bytes.subarray(0, length));
      const sentence = `Unexpected end of the gzip data after ${length} bytes, expected its trailer`;
      expect(told.filter((one) => one.includes('gzip'))).toEqual([
        `${Math.max(1, reading.lines)}:1 log/gzip-broken ${sentence}`,
      ]);
      expect(told.filter((one) => one.includes('torn'))).toEqual([]);
      expect(reading.events).toBeGreaterThanOrEqual(length > bytes.length - 10 ? log.length : 0);
    }
  });

  it('with another checksum', async () => {
    const spoiled = Buffer.from(bytes);
    spoiled[bytes.length - 6]! ^= 1;
    expect((await read(spoiled)).told.filter((one) => one.includes('gzip'))).toEqual([
      expect.stringMatching(/log\/gzip-broken Unexpected gzip data near byte \d+: incorrect data check$/),
    ]);
  });

  it('with something else behind it', async () => {
    const more = [Buffer.from('more'), Buffer.concat([Buffer.alloc(3), Buffer.from('more')])];
    const told = await Promise.all(more.map((one) => read(Buffer.concat([bytes, one]))));
    expect(told.map((one) => one.told.filter((text) => text.includes('gzip')))).toEqual([
      [expect.stringContaining('incorrect header check')],
      [
        `133:1 log/gzip-broken Unexpected bytes after byte ${bytes.length}, expected the end of the gzip data or another member`,
      ],
    ]);
    expect(told[1]!.reading.events).toBe(log.length);
  });
});

describe('D-47: seq orders everything', () => {
  const bare = log.slice(0, 6).map((event) => ({ ...event }));
  const at = (seq: unknown, n: number): string => JSON.stringify({ seq, ...bare[n] });
  const gap = (first_seq: unknown, last_seq: unknown): string =>
    JSON.stringify({ gap: { first_seq, last_seq } });
  const order = async (...entries: string[]): Promise<string[]> =>
    (await read(entries.join('\n'))).told.filter((one) => one.includes('log/'));

  it('rises', async () => {
    expect(await order(at(1, 0), at(2, 1), at(2, 2), at(1, 3), at(3, 4))).toEqual([
      '3:1 log/seq-order Unexpected seq 2 after 2, expected a higher one',
      '4:1 log/seq-order Unexpected seq 1 after 2, expected a higher one',
    ]);
  });

  it.each([['"1"'], ['0'], ['1.5'], ['null']])('is a whole number from 1, and not %s', async (seq) => {
    expect(await order(at(JSON.parse(seq), 0))).toEqual([
      `1:1 log/seq-order Unexpected seq ${seq}, expected a whole number from 1`,
    ]);
  });

  it('has no holes but those of which a gap line tells', async () => {
    expect(await order(at(3, 0), at(5, 1), at(9, 2))).toEqual([
      '1:1 log/seq-hole Unexpected seq 3 after 0, expected events 1 to 2, or a gap line',
      '2:1 log/seq-hole Unexpected seq 5 after 3, expected event 4, or a gap line',
      '3:1 log/seq-hole Unexpected seq 9 after 5, expected events 6 to 8, or a gap line',
    ]);
    expect(await order(gap(1, 2), at(3, 0), gap(4, 4), at(5, 1), gap(6, 7), gap(8, 8), at(9, 2))).toEqual([]);
  });

  it('a gap covers what it says, and nothing that is there', async () => {
    expect(await order(at(1, 0), gap(3, 4), at(4, 1), gap(4, 6), gap(9, 8), gap('a', 9))).toEqual([
      '2:1 log/seq-hole Unexpected seq 3 after 1, expected event 2, or a gap line',
      '3:1 log/seq-order Unexpected seq 4 after 4, expected a higher one',
      '4:1 log/seq-order Unexpected gap from 4 to 6 after 4, expected higher places',
      '5:1 log/seq-order Unexpected gap from 9 to 8, expected first_seq and last_seq, whole numbers that rise',
      '6:1 log/seq-order Unexpected gap from "a" to 9, expected first_seq and last_seq, whole numbers that rise',
    ]);
  });

  it('an archive has the places that its header says', async () => {
    const hash = 'a'.repeat(64);
    const record = (seq: number, n: number): string =>
      JSON.stringify({ seq, previous: hash, hash, ...bare[n] });
    const ends = ['{"schema":"govkit.archive@1"}', '{"schema":"govkit.archive-end@1"}'];
    expect((await read([ends[0], record(4, 0), record(9, 1), ends[1]].join('\n'))).told).toEqual([]);
  });
});

describe('span lines', () => {
  it.each([
    { span: 'model_session', span_id: 's' },
    { span_id: 's', kind: 'attempt' },
    { session_id: 'a', model_session_span_id: 'b', parent_model_session_span_id: null },
    { activity_span_id: 'a', model_session_span_id: 'b', job_id: 'c' },
  ])('%j is one, and an event that names a span is none', async (span) => {
    const { reading } = await read(`${whole}${JSON.stringify(span)}\n`);
    expect(reading).toMatchObject({ events: log.length, spans: 1 });
  });
});

it('a log without events proves nothing', async () => {
  for (const text of ['', '\n\n', '{"gap":{"first_seq":1,"last_seq":2}}\n'])
    expect((await read(text)).told).toEqual([
      `${Math.max(1, text.split('\n').length - 1)}:1 log/empty Unexpected end of a log without events, expected one at least`,
    ]);
});
