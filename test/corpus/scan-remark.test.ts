import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenRoot, corpusRoot as tree } from '../support/corpus.ts';
import { remarkFiles } from '../support/remark.ts';
import { readLines, type Shape } from '../support/remark-shape.ts';
import { scanShape } from '../support/scan-shape.ts';

const corpusRoot = join(tree, '..');
const files = [tree, goldenRoot]
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(basename(root), name)),
  )
  .filter((name) => name.endsWith('.md'))
  .sort();
const large = files.filter((name) => statSync(join(corpusRoot, name)).size > 1_000_000);
const small = files.filter((name) => !large.includes(name));
const scanned = (name: string): Shape => scanShape(readLines(join(corpusRoot, name)));

describe('scan and remark on the corpus, repair off', () => {
  // One process for each Master Spec, one for all the rest.
  it('agree in every file on headings, fences, list items, boxes and tables, ends and texts included', async () => {
    const paths = (names: readonly string[]): string[] => names.map((name) => join(corpusRoot, name));
    const remarked = await remarkFiles([...large.map((name) => paths([name])), paths(small)]);
    expect(remarked.size).toBe(files.length);
    const apart = files.filter(
      (name) => JSON.stringify(scanned(name)) !== JSON.stringify(remarked.get(join(corpusRoot, name))),
    );
    for (const name of apart.slice(0, 1)) expect(scanned(name)).toEqual(remarked.get(join(corpusRoot, name)));
    expect(apart).toEqual([]);
  }, 240_000);
});
