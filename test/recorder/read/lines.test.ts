import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader } from '../../../tools/recorder/read/lines.ts';

interface Seen {
  number: number;
  text?: string;
  ended?: boolean;
  length?: number;
}

function linesOf(chunks: readonly Uint8Array[], longest = 1_000): Seen[] {
  const seen: Seen[] = [];
  const reader = createLineReader(
    longest,
    ({ number, bytes, ended }) => seen.push({ number, text: bytes.toString('latin1'), ended }),
    (number, length) => seen.push({ number, length }),
  );
  for (const chunk of chunks) {
    reader.push(chunk);
    chunk.fill(120); // whoever gives a chunk may use its memory again
  }
  reader.end();
  return seen;
}

const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => all.map((byte) => (byte % 4 === 0 ? 10 : byte)));

describe('bytes become lines', () => {
  it('the same ones, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60)), fc.nat(20), (all, cuts, longest) => {
        const marks = [0, ...cuts.filter((cut) => cut < all.length), all.length].sort((a, b) => a - b);
        const chunks = marks.slice(1).map((to, at) => all.slice(marks[at], to));
        expect(linesOf(chunks, longest)).toEqual(linesOf([all.slice()], longest));
      }),
    );
  });

  it('and nothing of them is lost', () => {
    fc.assert(
      fc.property(bytes, (all) => {
        const text = Buffer.from(all).toString('latin1');
        const lines = linesOf([all.slice()]);
        expect(lines.map((line) => `${line.text}${line.ended ? '\n' : ''}`).join('')).toBe(text);
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
      }),
    );
  });

  it('a line that is too long is told with its length, and the next one is read', () => {
    const long = Array.from({ length: 50 }, () => Buffer.from('x'.repeat(100)));
    expect(linesOf([Buffer.from('a\n'), ...long, Buffer.from('\nb')])).toEqual([
      { number: 1, text: 'a', ended: true },
      { number: 2, length: 5_000 },
      { number: 3, text: 'b', ended: false },
    ]);
  });
});
