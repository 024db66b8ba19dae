import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../tools/checks/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';
import { BOARD, baseFiles, REGISTRY, readBase, SPEC, STUB } from './base.ts';
import { readFixtures } from './fixture.ts';

const DOCUMENTS = [
  STUB,
  '.GOV/task_packets/WP-1-Demo-v1.md',
  '.GOV/refinements/WP-1-Demo-v1.md',
  BOARD,
  REGISTRY,
  '.GOV/roles_shared/SIGNATURE_AUDIT.md',
  '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json',
  '.GOV/roles.yaml',
  `.GOV/ledger/WP-1-Demo-v1/1-refine-${'0'.repeat(12)}.json`,
];

const POINTER = '.GOV/roles_shared/SPEC_CURRENT.md';

function sound(name: string): string {
  return readFixtures()
    .find((each) => each.name === name)!
    .text.trimEnd();
}

/** Cut within the last section every section is there: what is missing of that one is told of by its own rule. */
const LAST_SECTION: Record<string, string> = {
  [`90 ${STUB}`]: 'checklist/item-missing',
  '90 .GOV/refinements/WP-1-Demo-v1.md': 'refinement/anchor-incomplete',
};

const MEGABYTE = 1024 * 1024;

/** What can happen to a file, and the one thing that is then said of it. */
const DAMAGE: [name: string, make: (file: string) => void, rule: RegExp][] = [
  ['empty', (file) => writeFileSync(file, ''), /^artifact\/empty$/],
  ['nothing but blanks', (file) => writeFileSync(file, '\n \n'), /^artifact\/empty$/],
  [
    'bytes of a picture',
    (file) => writeFileSync(file, Buffer.from('89504e470d0a1a0a0000', 'hex')),
    /^text\/not-utf8$/,
  ],
  ['zeros', (file) => writeFileSync(file, Buffer.alloc(4096)), /^text\/binary$/],
  [
    '50 MB',
    (file) => writeFileSync(file, 'a line of text\n'.repeat((50 * MEGABYTE) / 15)),
    /^tree\/oversized$/,
  ],
  ['100 MB', (file) => writeFileSync(file, Buffer.alloc(100 * MEGABYTE, 97)), /^tree\/unreadable$/],
  ['a link to itself', (file) => symlinkSync(file, file), /^tree\/unreadable$/],
  ['a link to nothing', (file) => symlinkSync('nowhere', file), /^tree\/unreadable$/],
  ['a link out of the repository', (file) => symlinkSync('/etc/hostname', file), /^tree\/unreadable$/],
  ['a folder', (file) => mkdirSync(file), /^tree\/unreadable$/],
];

/** The same for documents in Markdown alone: JSON has lines of any length. */
const MARKDOWN: typeof DAMAGE = [
  [
    '100,000 bullets',
    (file) => writeFileSync(file, `# X\n\n${'- bullet\n'.repeat(100_000)}`),
    /^tree\/oversized$/,
  ],
  [
    'a line of a million characters',
    (file) => writeFileSync(file, `# X\n\n${'x'.repeat(1e6)}\n`),
    /^tree\/oversized$/,
  ],
];

const rows = DOCUMENTS.flatMap((path) =>
  [...DAMAGE, ...(path.endsWith('.md') ? MARKDOWN : [])].map(
    ([name, make, rule]) => [`${path.replace(/^.*\//, '')}: ${name}`, path, make, rule] as const,
  ),
);

describe('a damaged file is one finding, whatever it was', () => {
  it.each(rows)('%s', async (_, path, make, rule) => {
    const root = temporaryFolder();
    writeTree(root, {
      ...baseFiles(),
      [SPEC]: readBase('spec.md'),
      '.GOV/roles_shared/SPEC_CURRENT.md': `**${SPEC}**\n`,
    });
    const file = join(root, path);
    rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    make(file);
    const { findings } = await judge(worktreeSnapshot(root), { root });
    const own = findings.filter(({ place }) => place.file === path);
    expect(own.map((finding) => finding.rule)).toEqual([expect.stringMatching(rule)]);
    expect(own[0]!.severity).toBe('error');
  });

  const cuts = Object.entries({
    ...baseFiles(),
    '.GOV/task_packets/WP-1-Demo-v1.md': sound('packet/clean'),
    '.GOV/refinements/WP-1-Demo-v1.md': sound('refinement/clean'),
    '.GOV/roles_shared/SIGNATURE_AUDIT.md': sound('audit/clean'),
  }).flatMap(([path, text]) => [10, 50, 90].map((percent) => [percent, path, text] as const));

  it.each(cuts)('cut off at %i %%: %s', async (percent, path, text) => {
    const root = temporaryFolder();
    const cut = text.slice(0, Math.floor((text.length * percent) / 100)).trimEnd();
    writeTree(root, { ...baseFiles(), [SPEC]: readBase('spec.md'), [POINTER]: `**${SPEC}**\n`, [path]: cut });
    const { findings, unread } = await judge(worktreeSnapshot(root), { root });
    const own = findings.filter(({ place }) => place.file === path);
    expect([...new Set(own.map(({ rule }) => rule))]).toEqual([
      LAST_SECTION[`${percent} ${path}`] ?? 'artifact/truncated',
    ]);
    const whole = own.filter(({ rule }) => rule === 'artifact/truncated');
    expect(whole.length).toBe(unread.includes(path) ? 1 : 0);
    for (const { message } of whole)
      expect(message).toMatch(/^Unexpected end of the .+ in line \d+, expected .+: the file was cut off$/);
  });

  // What stays below the limits is read: a quadratic reader would not come back within the time of a test.
  it.each([
    ['bullets', `${'- a\n'.repeat(49_000)}`],
    [
      'bullets, each deeper than the last',
      Array.from({ length: 400 }, (_, at) => `${'  '.repeat(at)}- a\n`).join(''),
    ],
    ['brackets', `- ${'['.repeat(99_000)}\n`],
    ['stars', `- ${'*a '.repeat(33_000)}\n`],
    ['pipes', `${'|'.repeat(99_000)}\n`.repeat(2)],
    ['colons', `- ${'A:'.repeat(49_000)}\n`],
    ['fences', '```\n~~~\n'.repeat(24_000)],
    ['comments', `${'<!-- '.repeat(19_000)}\n`],
  ])('%s in a document of every kind are read in bounded time', async (_, text) => {
    const root = temporaryFolder();
    const markdown = DOCUMENTS.filter((path) => path.endsWith('.md'));
    writeTree(root, Object.fromEntries(markdown.map((path) => [path, `# X\n\n## STUB_METADATA\n\n${text}`])));
    const { unread, documents } = await judge(worktreeSnapshot(root), { root });
    expect(unread).toEqual([]);
    expect(documents.stub + documents.packet + documents.refinement).toBe(3);
  });
});
