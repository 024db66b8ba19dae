import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, ledgerFile, readTree, renderTree } from '../../tools/artifacts/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { corpusRoot } from '../support/corpus.ts';

const snapshot = worktreeSnapshot(corpusRoot);
const HASH = 'a'.repeat(64);
let tree: GovTree;

beforeAll(async () => {
  tree = await readTree(snapshot);
});

/** A ledger that takes a stub up to one of the steps. */
function ledgerOf(wpId: string, upTo: number): Map<string, string> {
  const packet = `.GOV/task_packets/${wpId}.md`;
  const chain = [
    ['refine', { refinement: `.GOV/refinements/${wpId}.md`, parts: {} }],
    ['sign', { signature: 'ilja010320261200', time_zone: 'UTC', digest: HASH, parts: {} }],
    ['create', { packet, parts: {}, sha256: HASH, notes: {} }],
  ] as const;
  const files = new Map<string, string>();
  let parents: string[] = [];
  for (const [index, [kind, data]] of chain.slice(0, upTo).entries()) {
    const { path, text, hash } = ledgerFile('.GOV', {
      wpId,
      kind,
      seq: index + 1,
      parents,
      actor: 'ilja',
      role: 'Operator',
      time: `2026-03-01T08:00:0${index}Z`,
      data,
    } as Parameters<typeof ledgerFile>[1]);
    files.set(path, text);
    parents = [hash];
  }
  return files;
}

const linesOf = (text: string): string[] => text.split('\n');

describe('renderings over the corpus', () => {
  it('without a ledger nothing is touched', () => {
    expect(renderTree(tree).writes.size).toBe(0);
  });

  it('a ledger over one stub changes its own lines alone, and once', async () => {
    const stubs = tree.stubs
      .map(({ stem }) => stem)
      .filter((id) => !tree.packets.some(({ stem }) => stem === id));
    expect(stubs.length).toBeGreaterThan(40);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...stubs), fc.integer({ min: 1, max: 3 }), async (wpId, upTo) => {
        const ledger = ledgerOf(wpId, upTo);
        const before = await readTree(plannedSnapshot(snapshot, ledger), {
          globs: ['roles_shared/*', 'task_packets/**', 'ledger/**'],
        });
        const { writes, missing } = renderTree(before);
        expect(missing).toEqual([]);
        const base = wpId.replace(/-v\d+$/, '');
        for (const [path, text] of writes) {
          const file = before.files.find((each) => each.path === path)!;
          const was = (file.bom ? '\ufeff' : '') + file.text;
          if (path.includes('/stubs/')) {
            expect(path).toContain(`/${wpId}.md`);
            expect(linesOf(text)).toHaveLength(linesOf(was).length);
            continue;
          }
          const counts = new Map<string, number>();
          for (const line of linesOf(was)) counts.set(line, (counts.get(line) ?? 0) + 1);
          for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) - 1);
          for (const [line, difference] of counts)
            if (difference !== 0 && line.trim() !== '')
              expect([path, line]).toEqual([path, expect.stringContaining(base)]);
          expect(text.startsWith('\ufeff')).toBe(was.startsWith('\ufeff'));
          expect(text.endsWith('\n')).toBe(was.endsWith('\n'));
        }
        const after = await readTree(plannedSnapshot(snapshot, new Map([...ledger, ...writes])), {
          globs: ['roles_shared/*', 'task_packets/**', 'ledger/**'],
        });
        expect([...renderTree(after).writes.keys()]).toEqual([]);
        expect(after.board!.entries.filter((entry) => entry.wpId === wpId)).toHaveLength(1);
      }),
      { numRuns: 12 },
    );
  });
});
