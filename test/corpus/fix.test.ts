import { expect, it } from 'vitest';
import { readTree } from '../../tools/artifacts/index.ts';
import { runChecks } from '../../tools/checks/index.ts';
import { checkText } from '../../tools/checks/judge/run.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { applyFixes, decode, type TextFile } from '../../tools/text/index.ts';
import { corpusRoot, goldenRoot } from '../support/corpus.ts';

/** Everything outside the ranges of the fixes that were applied, and nothing else. */
function outside(file: TextFile, applied: readonly Finding[]): string[] {
  const lines = file.text.split('\n');
  const starts = lines.map((_, at) => lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0));
  const ranges = applied
    .flatMap(({ fix = [] }) => fix.map(({ range }) => range))
    .map((range) => [
      starts[range.line - 1]! + range.column - 1,
      starts[range.endLine - 1]! + range.endColumn - 1,
    ])
    .sort(([a = 0], [b = 0]) => a - b);
  const kept: string[] = [];
  let at = 0;
  for (const [from = 0, to = 0] of ranges) {
    kept.push(file.text.slice(at, from));
    at = to;
  }
  return [...kept, file.text.slice(at)];
}

it.each([
  ['the tree of February', corpusRoot],
  ['the activation', goldenRoot],
])(
  'every document of %s: fixed twice is fixed once, and every byte outside a fix stays',
  async (_name, root) => {
    const tree = await readTree(worktreeSnapshot(root));
    const findings = runChecks(tree, undefined);
    let fixes = 0;
    for (const file of tree.files) {
      const own = findings.filter(({ place }) => place.file === file.path);
      const { text, applied, left } = applyFixes(file, own);
      expect([file.path, left]).toEqual([file.path, []]);
      fixes += applied.length;
      if (applied.length === 0) {
        expect(text).toBe(file.text);
        continue;
      }
      let at = 0;
      for (const piece of outside(file, applied)) {
        const found = text.indexOf(piece, at);
        expect([file.path, found >= at]).toEqual([file.path, true]);
        at = found + piece.length;
      }
      const again = decode(file.path, Buffer.from((file.bom ? '\ufeff' : '') + text));
      expect([again.bom, again.eol, again.lines.length]).toEqual([file.bom, file.eol, file.lines.length]);
      expect(applyFixes(again, checkText(again))).toMatchObject({ text: again.text, applied: [] });
    }
    expect(fixes).toBeGreaterThan(0);
  },
);
