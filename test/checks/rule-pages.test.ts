import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../tools/cli/explain/catalogue.ts';
import { explain } from '../../tools/cli/explain/explanation.ts';
import { indexPage, pagePath, rulePage } from '../../tools/cli/explain/page.ts';
import { deriveExamples } from './examples.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'rules');

const examples = await deriveExamples();
const rules = catalogue().map((rule) => explain(rule, examples));

// Derived: after a change, `npx just rule-pages` writes them again.
describe('docs/rules is what the rules and their fixtures say', () => {
  it('the examples that gov explain shows', async () => {
    const file = join(root, 'tools', 'cli', 'explain', 'examples.json');
    await expect(`${JSON.stringify(examples, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    await expect(rulePage(rule)).toMatchFileSnapshot(join(folder, pagePath(id)));
  });

  it('every one of them says why it is demanded', () => {
    expect(rules.filter(({ paragraphs }) => paragraphs.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('the table of all rules', async () => {
    await expect(indexPage(rules)).toMatchFileSnapshot(join(folder, 'README.md'));
  });

  it('has no page of a rule that is gone', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.md'));
    expect(pages.sort()).toEqual(['README.md', ...rules.map(({ id }) => pagePath(id))].sort());
  });
});
