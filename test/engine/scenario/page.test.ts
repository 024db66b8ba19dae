import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseScenario } from '../../../tools/engine/index.ts';
import { actions } from '../../../tools/engine/scenario/actions.ts';
import { expectations } from '../../../tools/engine/scenario/expectations.ts';
import { steps } from '../../../tools/engine/scenario/steps.ts';
import type { TreeError } from '../../../tools/findings/index.ts';
import { unexpected, whole } from './scene.ts';
import { tables } from './tables.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'scenarios.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+(?: \w+)?)\n([\s\S]*?)^```$/gm)].map((match) => ({
  info: match[1]!,
  text: match[2]!,
  line: page.slice(0, match.index).split('\n').length,
}));
const withInfo = (info: string) =>
  blocks.flatMap((block, at) =>
    block.info === info ? [[`line ${block.line}`, block.text, at] as [string, string, number]] : [],
  );
const parsed = withInfo('yaml').map(([, text]) => parse(text) as Example);

interface Example {
  scripts: Record<string, object[]>;
  actions?: { do: string }[];
  expect: object;
}

describe('docs/scenarios.md', () => {
  it.each(withInfo('yaml'))('the example of %s goes as it expects', async (_, text) => {
    expect(await unexpected(text)).toEqual([]);
  });

  it.each(withInfo('yaml wrong'))('the example of %s is told as the page says', async (_, text, at) => {
    expect(blocks[at + 1]).toMatchObject({ info: 'text', text: `${(await unexpected(text)).join('\n')}\n` });
  });

  it.each(withInfo('yaml bad'))('the example of %s is refused as the page says', (_, text, at) => {
    let said = '';
    try {
      parseScenario(whole(text), 'demo.yaml');
    } catch (error) {
      const { place, message } = (error as TreeError).finding;
      said = `${place.file}:${place.line}:${place.column} ${message}\n`;
    }
    expect(blocks[at + 1]).toMatchObject({ info: 'text', text: said });
  });

  it('what it leaves out is what the examples are run with', () => {
    const [[, head]] = withInfo('yaml head') as [[string, string, number]];
    expect(parse(head)).toMatchObject({ ...(parse(whole('')) as object), title: expect.any(String) });
  });

  it('every step, action and expectation is in an example', () => {
    const used = new Set(parsed.flatMap(({ scripts }) => Object.values(scripts).flat().flatMap(Object.keys)));
    expect(Object.keys(steps).filter((kind) => !used.has(kind))).toEqual([]);
    const done = new Set(parsed.flatMap(({ actions = [] }) => actions.map((action) => action.do)));
    expect(Object.keys(actions).filter((kind) => !done.has(kind))).toEqual([]);
    const expected = new Set(parsed.flatMap(({ expect: wanted }) => Object.keys(wanted)));
    expect(Object.keys(expectations.shape).filter((key) => !expected.has(key))).toEqual([]);
  });

  it.each(Object.entries(tables))(
    '%s: its keys are those of the language, in the words of the schema',
    (_, table) => {
      expect(page).toContain(`\n${table}\n`);
    },
  );
});
