import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildIndex, fingerprintOf, type SpecFile, specFileOf } from '../../tools/spec/index.ts';
import { doubledLines, doubleEncoding, newDoubleEncoding } from '../../tools/spec/source/encoding.ts';
import { repairFile, repairLine, sha256 } from '../../tools/text/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { doubled } from '../support/doubled.ts';

const name = 'Handshake_Master_Spec_v02.137.md';
const bytes = readFileSync(join(corpusRoot, name));
const spec = specFileOf(name, bytes);
const NON_ASCII = 6919;

/** The spec as an editor wrote it that read UTF-8 as CP1252. */
const damaged = (times: number): Uint8Array => {
  let text = bytes.toString('utf8');
  for (let i = 0; i < times; i++) text = doubled(text);
  return new TextEncoder().encode(text);
};

// Not by toEqual: of three megabytes it takes seconds.
function expectSound(data: Uint8Array): void {
  const { bytes: after, repaired, refused } = repairFile(name, data);
  expect([after === data, repaired, refused]).toEqual([true, [], []]);
}

describe('double encoding of v02.137', () => {
  it('it has none', () => {
    expectSound(bytes);
    expect(doubledLines([spec])).toEqual([]);
  });

  it.each([1, 2])(
    'encoded %i times too often: every line with more than ASCII is found, and the bytes come back',
    (times) => {
      const { bytes: after, repaired, refused } = repairFile(name, damaged(times));
      expect(repaired).toHaveLength(NON_ASCII);
      expect(repaired.map(({ line }) => line)).toEqual(
        spec.lines.flatMap((line, at) => (/[^\0-\x7f]/.test(line) ? [at + 1] : [])),
      );
      expect(refused).toEqual([]);
      expect(sha256(after)).toBe(sha256(bytes));
      expectSound(after);
    },
  );

  it('sections and fingerprints are those of the sound spec', () => {
    const broken = buildIndex(name, [specFileOf(name, damaged(1))]);
    const whole = buildIndex(name, [spec]);
    expect(broken.sections).toEqual(whole.sections);
    const prints = (index: typeof whole): string[] =>
      index.sections.filter(({ level }) => level < 4).map((section) => fingerprintOf(index, section));
    expect(prints(broken)).toEqual(prints(whole));
  });

  it('the version that brings it in is refused, also beside an older one', () => {
    const lines = doubledLines([specFileOf(name, damaged(1))]);
    const older = 'Handshake_Master_Spec_v02.134.md';
    const before: SpecFile[] = [specFileOf(older, readFileSync(join(corpusRoot, older)))];
    expect(doubleEncoding(lines)).toMatchObject([{ args: { lines: NON_ASCII, refused: 0, found: 'Â§' } }]);
    expect(newDoubleEncoding(lines, [spec], name)).toMatchObject([
      { args: { spoiled: NON_ASCII, before: 0 } },
    ]);
    expect(newDoubleEncoding(lines, before, older)).toMatchObject([{ args: { spoiled: 6830, before: 0 } }]);
  });
});

describe('double encoding of the other documents', () => {
  const files = readdirSync(corpusRoot, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort();
  const found = files.flatMap((path) => {
    const data = readFileSync(join(corpusRoot, path));
    return Buffer.from(data.toString('utf8')).equals(data) ? [{ path, ...repairFile(path, data) }] : [];
  });
  const total = (lines: (file: (typeof found)[number]) => number): number =>
    found.reduce((sum, file) => sum + lines(file), 0);

  it('every broken line is repaired without loss, none is refused', () => {
    expect(files.length - found.length).toBe(1);
    expect(found.filter(({ repaired }) => repaired.length > 0)).toHaveLength(108);
    expect(total(({ repaired }) => repaired.length)).toBe(1866);
    expect(total(({ refused }) => refused.length)).toBe(0);
    for (const { repaired } of found) {
      for (const { text } of repaired) expect(repairLine(text)).toBeUndefined();
    }
  });
});
