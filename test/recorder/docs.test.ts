import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EVENT_OPTIONS } from '../../tools/cli/recorder/options.ts';
import { commands } from '../../tools/cli/table.ts';
import * as engine from '../../tools/engine/index.ts';
import {
  CHAIN_RULES,
  eventClasses,
  LOG_READER_RULES,
  LOG_RULES,
  RETENTION,
} from '../../tools/recorder/index.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/recorder.md'), 'utf8');

const table = (head: string, rows: readonly (readonly string[])[]): string =>
  [`| ${head.split('|').join(' | ')} |`, `|${'---|'.repeat(head.split('|').length)}`]
    .concat(rows.map((row) => `| ${row.join(' | ')} |`))
    .join('\n');

const since = { event: 'the event', session: 'the session ended', thread: 'the thread closed' } as const;
const best = Object.keys(eventClasses).filter((id) => eventClasses[id as 'FR-EVT-006'] === 'best_effort');

const parts: Record<string, () => string> = {
  'chain-rules': () =>
    table(
      'Rule|What holds of a log that nobody has changed',
      CHAIN_RULES.map(({ id, summary }) => [`[\`${id}\`](rules/${id}.md)`, summary]),
    ),
  classes: () =>
    table('Class|Events|If it cannot be stored', [
      [
        '`required`',
        'all but the next',
        'what it tells of fails with it. The engine commits it with its rows; others accept it before they go on',
      ],
      ['`best_effort`', best.join(', '), 'it is lost, and counted by `losses()`'],
    ]),
  retention: () =>
    table(
      'Family|Stays|Then',
      RETENTION.map(({ family, days, from, afterwards }) => [
        `\`${family}\``,
        `${days} days after ${since[from]}`,
        `${afterwards}d`,
      ]),
    ),
};

// Derived: `npx vitest run test/recorder/docs.test.ts -u` writes these parts again.
it('docs/recorder.md says what the code says: rules of the chain, classes of events, times', async () => {
  let made = page;
  for (const [name, part] of Object.entries(parts)) {
    const region = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    expect(made).toMatch(region);
    made = made.replace(region, (_all, from: string, to: string) => `${from}${part()}\n${to}`);
  }
  await expect(made).toMatchFileSnapshot(join(root, 'docs/recorder.md'));
});

it('every option of the recorder commands, and every family of rules of a log, is on the page', () => {
  const own = commands.filter(({ name }) => name.startsWith('recorder '));
  expect(own).toHaveLength(5);
  for (const option of [...Object.keys(EVENT_OPTIONS), ...own.flatMap(({ options }) => Object.keys(options))])
    if (option !== 'after-tree') expect(page, option).toMatch(new RegExp(`--${option}\\b`));
  for (const { name } of own) expect(page).toContain(`gov ${name}`);
  const families = new Set([...LOG_RULES, ...LOG_READER_RULES].map(({ id }) => id.split('/')[0]!));
  for (const family of families) expect(page).toContain(`\`${family}/\``);
});

it('every import of a code block is exported', () => {
  const imports = [...page.matchAll(/^import \{ (.*) \} from 'govkit\/engine';$/gm)];
  expect(imports.length).toBeGreaterThan(1);
  for (const [, names] of imports)
    for (const name of names!.split(', ')) expect(Object.keys(engine)).toContain(name);
});

it('every link of the page leads to a heading of it, or to a file', () => {
  const anchors = [...page.matchAll(/^##+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const [, anchor] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor);
  const files = [...page.matchAll(/\]\(([\w./-]+)\)/g)];
  expect(files.length).toBeGreaterThan(20);
  for (const [, file] of files) expect(readFileSync(join(root, 'docs', file!), 'utf8')).not.toBe('');
});
