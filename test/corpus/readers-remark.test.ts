import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDocument } from '../../tools/artifacts/document.ts';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import type { TextFile } from '../../tools/text/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { remarkFiles } from '../support/remark.ts';
import type { Shape } from '../support/remark-shape.ts';
import { itemsOf, rowsOf } from '../support/scan-shape.ts';

/**
 * scan-remark.test.ts holds the scanner against remark on the files as they are. Readers look at a document with
 * its fences, comments and excerpts taken out: this holds what they then see against remark on the whole file.
 */
let tree: GovTree;
let remarked: Map<string, Shape>;
beforeAll(async () => {
  tree = await readTree(worktreeSnapshot(corpusRoot));
});

const governed = (): TextFile[] =>
  [...tree.stubs, ...tree.packets, ...tree.refinements, tree.board!, tree.registry!, tree.audit!].map(
    ({ file }) => file,
  );
const shapeOf = ({ path }: TextFile): Shape => remarked.get(join(corpusRoot, path))!;
const nameOf = ({ path }: TextFile): string => path.split('/').at(-1)!;

/** What only one of the two sees, with the file and the line that it stands on. */
function apart(file: TextFile, ours: readonly string[], theirs: readonly string[]): string[] {
  const [own, other] = [new Set(ours), new Set(theirs)];
  return [
    ...ours.filter((each) => !other.has(each)).map((each) => `+ ${nameOf(file)}:${each}`),
    ...theirs.filter((each) => !own.has(each)).map((each) => `- ${nameOf(file)}:${each}`),
  ];
}

/**
 * Where the two part for a reason. `fence taken out`: a fence at the margin ends a list; the readers see blank
 * lines instead of it, so that an indented bullet behind it still belongs to the bullet before it.
 */
const NAMED: Readonly<Record<string, string>> = {
  'WP-1-Micro-Task-Executor-v1.md:1233': 'fence taken out',
  'WP-1-Micro-Task-Executor-v1.md:1403': 'fence taken out',
};

const unnamed = (found: readonly string[]): string[] =>
  found.filter((each) => NAMED[/^[+-] (\S+:\d+) /.exec(each)?.[1] ?? ''] === undefined);

describe('what the readers see, and remark on the whole file', () => {
  it('list items with their nesting, markers and boxes', async () => {
    remarked = await remarkFiles([governed().map(({ path }) => join(corpusRoot, path))]);
    const found = governed().flatMap((file) =>
      apart(file, itemsOf(openDocument(file).visible), shapeOf(file).items),
    );
    expect(unnamed(found)).toEqual([]);
    const met = new Set(found.map((each) => /^[+-] (\S+:\d+) /.exec(each)![1]));
    expect(met).toEqual(new Set(Object.keys(NAMED)));
  }, 240_000);

  it('tables with their rows and cells', () => {
    const found = governed().flatMap((file) =>
      apart(file, rowsOf(openDocument(file).visible), shapeOf(file).rows),
    );
    expect(found).toEqual([]);
  });

  it('checklists: each item stands on a line of the same box, and no box of their sections is left out', () => {
    for (const { file, sections, checklist } of tree.stubs) {
      const own = sections.filter(({ title }) => /^activation[_ ]checklist\b/i.test(title));
      const theirs = shapeOf(file).items.filter((each) => {
        const line = Number.parseInt(each, 10);
        return (
          own.some((section) => line > section.line && line <= section.endLine) && each.includes(' /0/ ')
        );
      });
      const ours = checklist!.items.map(({ place, checked }) => `${place.line} ${checked ?? '-'}`);
      expect([file.path, ...ours]).toEqual([
        file.path,
        ...theirs.map((each) => `${Number.parseInt(each, 10)} ${each.endsWith('[ ]') ? false : '-'}`),
      ]);
    }
  });

  it('board: the entries are the list items that begin with a bold id', () => {
    const { file, entries } = tree.board!;
    const theirs = shapeOf(file)
      .items.map((each) => Number.parseInt(each, 10))
      .filter((line) => /^\s*[-*+]\s+\*\*\[WP-/.test(file.lines[line - 1]!));
    expect(entries.map(({ place }) => place.line)).toEqual(theirs);
  });

  it('registry and audit: each row has the cells that remark sees', () => {
    for (const { file, rows, headerLine } of [tree.registry!, tree.audit!]) {
      const theirs = shapeOf(file).rows.filter((each) => Number.parseInt(each, 10) > headerLine!);
      expect(rows.map(({ place }) => place.line)).toEqual(theirs.map((each) => Number.parseInt(each, 10)));
    }
  });
});
