import { describe, expect, it } from 'vitest';
import type { GovTree } from '../../tools/artifacts/index.ts';
import { RuleCrash, runChecks } from '../../tools/checks/index.ts';
import { fileOf, treeOf } from '../artifacts/memory.ts';
import { BOARD, baseFiles, baseSpec, STUB } from './base.ts';

describe('runChecks', () => {
  it('a sound tree has no findings', async () => {
    expect(runChecks(await treeOf(baseFiles()), baseSpec())).toEqual([]);
  });

  it('passes on what readers and the spec found, in order', async () => {
    const tree = await treeOf({ ...baseFiles(), '.GOV/z.md': { unreadable: 'denied' } });
    const spec = baseSpec();
    spec.findings.push({ ...tree.findings[0]!, rule: 'spec/broken-fence', severity: 'warning' });
    expect(runChecks(tree, spec).map(({ rule }) => rule)).toEqual(['tree/unreadable', 'spec/broken-fence']);
  });

  it('a row whose file cannot be read is not called a row without a file', async () => {
    const tree = await treeOf({ ...baseFiles(), [STUB]: { unreadable: 'denied' } });
    expect(runChecks(tree, baseSpec()).map(({ rule }) => rule)).toEqual(['tree/unreadable']);
  });

  it('runs every rule over every document', async () => {
    const tree = await treeOf({
      ...baseFiles(),
      [BOARD]: '- **[WP-1-A-v1]** - [X]\n- **[WP-1-A-v1]** - [Y]',
    });
    const of = (id: string) => runChecks(tree, baseSpec()).filter(({ rule }) => rule === id);
    expect([of('board/two-states').length, of('board/unknown-token').length]).toEqual([1, 2]);
  });

  it('a rule that throws is our bug, with its name and the file', async () => {
    const tree = await treeOf(baseFiles());
    const broken = { ...tree, stubs: [{ kind: 'stub', path: STUB, candidates: [] }] } as unknown as GovTree;
    expect(() => runChecks(broken, baseSpec())).toThrow(RuleCrash);
    expect(() => runChecks(broken, baseSpec())).toThrow(
      /^internal error in rule [a-z/-]+, at \.GOV\/.*v1\.md$/,
    );
  });

  it('the fix of double encoding gives back the text, other characters untouched', async () => {
    const text = 'ok\nA \u00c2\u00a71 and \u00e2\u20ac\u2122 beside \u00e9\n';
    const tree = await treeOf({ ...baseFiles(), '.GOV/a.md': `\ufeff${text}` });
    const finding = runChecks(tree, baseSpec()).find(({ rule }) => rule === 'text/double-encoded');
    expect(finding).toMatchObject({
      place: { line: 2, column: 3, endColumn: 5 },
      found: '\u00c2\u00a7',
      expected: '\u00a7',
    });
    const { range, text: fixed } = finding!.fix![0]!;
    expect(fixed).toBe('A \u00a71 and \u2019 beside \u00e9');
    expect([range.line, range.column, range.endColumn]).toEqual([
      2,
      1,
      fileOf('a', text).lines[1]!.length + 1,
    ]);
  });
});
