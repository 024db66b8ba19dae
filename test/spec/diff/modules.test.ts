import { describe, expect, it } from 'vitest';
import { buildIndex, diffSpecs, type SpecIndex, specFileOf } from '../../../tools/spec/index.ts';
import { laidOut } from '../sections/layout.ts';
import { fixtureIndex } from '../spec-fixture.ts';
import { prose } from './specs.ts';

const X = prose('x');
const TEXT = [
  '# Acme Master Specification v01.02',
  '# 1. Vision',
  X,
  '## 1.1 Purpose',
  '````md',
  '### 1.1.1 Pasted',
  X,
  '````',
  'What follows the template belongs to 1.1.',
  '## 1.2 Scope',
  X,
  '# 2. Work',
  '## 2.1 Plan',
  X,
].join('\n');
/** Both chapters go on in another file. */
const CUTS = ['## 1.1', '## 1.2', '## 2.1'].map(
  (heading) => TEXT.split('\n').findIndex((line) => line.startsWith(heading)) + 1,
);

function split(text: string): SpecIndex {
  const files = [...laidOut(text, { cuts: CUTS, frontMatter: true, eol: '\r\n' })];
  return buildIndex(
    'acme',
    files.map(([path, part]) => specFileOf(path, Buffer.from(part))),
  );
}

describe('a spec against the same one in modules', () => {
  it('nothing changed: every section has moved to another file, or is where it was', () => {
    const { counts } = diffSpecs(fixtureIndex(TEXT), split(TEXT));
    expect(counts).toEqual({ SAME: 0, MOVED: 7, CHANGED: 0, RENUMBERED: 0, GONE: 0, NEW: 0 });
  });

  it('what changed behind a template fence, or in a later module, has its place there', () => {
    const text = TEXT.replace('belongs to 1.1', 'is of 1.1').replace(
      `## 2.1 Plan\n${X}`,
      '## 2.1 Plan\nNothing.',
    );
    const diff = diffSpecs(split(TEXT), split(text));
    const changed = diff.sections.filter(({ change }) => change === 'CHANGED');
    expect(
      changed.map(({ to, hunks }) => [to?.number, hunks.map((hunk) => [hunk.to.file, hunk.at])]),
    ).toEqual([
      ['1.1', [['spec-modules/01-part.md', 14]]],
      ['2.1', [['spec-modules/03-part.md', 9]]],
    ]);
  });
});
