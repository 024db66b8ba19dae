import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import type { Finding } from '../../tools/findings/index.ts';
import { corpusRoot, goldenRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder } from '../support/repository.ts';

type Told = Pick<Finding, 'place' | 'fix'>;

/** The corpus is read-only, its copy is not. */
function copyOf(root: string): string {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  for (const path of bytesOf(copy).keys()) chmodSync(join(copy, path), 0o644);
  return copy;
}

/** Every file, each byte one character. */
function bytesOf(root: string): Map<string, string> {
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), readFileSync(path, 'latin1')]),
  );
}

/** A text with the edits of findings made one by one from its end: nothing else of it can change. */
function edited(text: string, findings: readonly Told[]): string {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const starts = [bom];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => starts[line - 1]! + column - 1;
  const edits = findings
    .flatMap(({ fix = [] }) => fix)
    .map(({ range, text: put }) => ({
      from: offset(range.line, range.column),
      to: offset(range.endLine, range.endColumn),
      put,
    }))
    .sort((a, b) => b.from - a.from);
  let before = text.length + 1;
  let result = text;
  for (const { from, to, put } of edits) {
    expect(to).toBeLessThanOrEqual(before);
    before = from;
    result = result.slice(0, from) + put + result.slice(to);
  }
  return result;
}

/** Makes what `gov check` tells, by hand, until it tells of no fix. */
function mendedByHand(root: string): number {
  let fixes = 0;
  for (let round = 0; round < 5; round++) {
    const { findings } = JSON.parse(gov(root, ['check', '--json']).out) as { findings: Told[] };
    const mended = grouped(findings);
    if (mended.size === 0) return fixes;
    for (const [file, own] of mended) {
      fixes += own.length;
      const path = join(root, file);
      writeFileSync(path, edited(readFileSync(path, 'utf8'), own));
    }
  }
  throw new Error('fixes without end');
}

function grouped(findings: readonly Told[]): Map<string, Told[]> {
  const files = new Map<string, Told[]>();
  for (const finding of findings.filter(({ fix = [] }) => fix.length > 0))
    files.set(finding.place.file, [...(files.get(finding.place.file) ?? []), finding]);
  return files;
}

it.each([
  ['the tree of February', corpusRoot],
  ['the activation', goldenRoot],
])(
  'gov check --fix --write on %s: no byte outside the fixes that are told, and a second run changes nothing',
  (_name, root) => {
    const [mended, byHand] = [copyOf(root), copyOf(root)];
    const first = gov(mended, ['check', '--fix', '--write']);
    expect([first.err, first.out]).toEqual([
      '',
      expect.stringMatching(/^mended \d+ findings? in \d+ files?/),
    ]);
    const after = bytesOf(mended);
    expect(after).not.toEqual(bytesOf(root));
    const fixes = mendedByHand(byHand);
    expect(first.out).toMatch(new RegExp(`^mended ${fixes} findings? in `));
    expect(bytesOf(byHand)).toEqual(after);

    const second = gov(mended, ['check', '--fix', '--write']);
    expect([second.err, second.out]).toEqual(['', expect.stringMatching(/^nothing to mend mechanically/)]);
    expect(bytesOf(mended)).toEqual(after);
  },
  120_000,
);
