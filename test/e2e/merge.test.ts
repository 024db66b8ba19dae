import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { Governed } from '../support/hooked.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const BOARD = '.GOV/roles_shared/TASK_BOARD.md';
const REGISTRY = '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md';
const AUDIT = '.GOV/roles_shared/SIGNATURE_AUDIT.md';
const PATHS = [BOARD, REGISTRY, AUDIT];

const SECTIONS = {
  STUB: 'Stub Backlog',
  READY_FOR_DEV: 'Ready for Dev',
  IN_PROGRESS: 'In Progress',
  BLOCKED: 'Blocked',
  VALIDATED: 'Done',
};
type Token = keyof typeof SECTIONS;
type Packets = Readonly<Record<string, Token>>;

/** Board, registry and audit, as they tell of the same packets. */
function documents(packets: Packets, prose = 'Prose.'): Record<string, string> {
  const rows = Object.entries(packets);
  const sections = Object.entries(SECTIONS).map(([token, title]) => {
    const own = rows.filter(([, is]) => is === token).map(([id]) => `- **[WP-1-${id}-v1]** - [${token}]\n`);
    return `## ${title}\n\n${own.join('')}`;
  });
  const registry = rows.map(
    ([id, is]) => `| WP-1-${id} | ${id}.md | ${SECTIONS[is]}: WP-1-${id}-v1 | ${is} |\n`,
  );
  const used = rows.filter(([, is]) => is !== 'STUB').reverse();
  const audit = used.map(
    ([id]) => `| ${id.toLowerCase()}240220261300 | O | t | Task packet creation: WP-1-${id}-v1 | v1 | n |\n`,
  );
  return {
    [BOARD]: `# Task Board\n\n${prose}\n\n${sections.join('\n')}`,
    [REGISTRY]: `# Registry\n\n| Base WP ID | Active Packet | Task Board | Notes |\n|---|---|---|---|\n${registry.join('')}`,
    [AUDIT]: `# Audit\n\n| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|---|---|---|---|---|---|\n${audit.join('')}`,
  };
}

const BASE: Packets = { A: 'STUB', B: 'STUB', C: 'STUB' };
// Neighbours: to whoever merges text each of these is a conflict.
const OURS: Packets = { A: 'READY_FOR_DEV', B: 'STUB', C: 'STUB', D: 'STUB' };
const THEIRS: Packets = { A: 'STUB', B: 'IN_PROGRESS', C: 'READY_FOR_DEV', E: 'STUB' };
const BOTH: Packets = { A: 'READY_FOR_DEV', B: 'IN_PROGRESS', C: 'READY_FOR_DEV', D: 'STUB', E: 'STUB' };

interface Sides {
  base?: Record<string, string>;
  ours: Record<string, string>;
  theirs: Record<string, string>;
}

/** The two branches main and other, with main checked out, and the driver set. */
function branches({ base = documents(BASE), ours, theirs }: Sides): Governed {
  const repo = Governed.empty();
  repo.write({
    '.gitignore': 'node_modules\n',
    '.gitattributes': PATHS.map((path) => `${path} merge=govkit\n`).join(''),
  });
  const commit = (files: Record<string, string>, message: string): void => {
    repo.write(files);
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '--no-verify', '--message', message);
  };
  commit(base, 'base');
  repo.git('switch', '--quiet', '--create', 'other');
  commit(theirs, 'theirs');
  repo.git('switch', '--quiet', 'main');
  commit(ours, 'ours');
  expect(repo.gov('hooks', 'install').code).toBe(0);
  rmSync(join(repo.root, '.git/hooks'), { recursive: true });
  return repo;
}

const read = (repo: Governed): Record<string, string> =>
  Object.fromEntries(PATHS.map((path) => [path, readFileSync(join(repo.root, path), 'utf8')]));
const sorted = (files: Record<string, string>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.split('\n').sort()]));
const driverOf = (repo: Governed): string => repo.git('config', '--local', 'merge.govkit.driver');

describe('two branches that each add and move entries on board, registry and audit', () => {
  const both = (): Governed => branches({ ours: documents(OURS), theirs: documents(THEIRS) });

  it.each<[name: string, how: (repo: Governed) => string[]]>([
    ['git merge', () => ['merge', '--no-edit', 'other']],
    ['git cherry-pick', () => ['cherry-pick', 'other']],
    ['git rebase', () => ['rebase', 'other']],
    [
      'git rebase, of the other',
      (repo) => {
        repo.git('switch', '--quiet', 'other');
        return ['rebase', 'main'];
      },
    ],
    ['git merge, started below the root', () => ['-C', '.GOV/roles_shared', 'merge', '--no-edit', 'other']],
  ])('%s: everything is there, and nothing conflicts', (_, how) => {
    const repo = both();
    const { code, err } = repo.attempt(how(repo));
    expect([code, err.includes('CONFLICT')]).toEqual([0, false]);
    expect(sorted(read(repo))).toEqual(sorted(documents(BOTH)));
    expect(repo.git('status', '--short')).toBe('');
  });

  it('without the driver git merges them as text, and nothing else changes', () => {
    const repo = both();
    expect(repo.gov('hooks', 'uninstall').out).toContain('merge driver      removed     .git/config\n');
    expect(repo.git('config', '--local', '--list')).not.toContain('govkit');
    expect(repo.gov('hooks', 'status').out).toContain(
      'merge driver      absent      .git/config: git merges SIGNATURE_AUDIT.md, TASK_BOARD.md, WP_TRACEABILITY_REGISTRY.md as text\n',
    );
    const { code, out } = repo.attempt(['merge', '--no-edit', 'other']);
    expect(code).toBe(1);
    expect(out).toContain(`CONFLICT (content): Merge conflict in ${BOARD}`);
    expect(read(repo)[BOARD]).toContain('<<<<<<< HEAD\n');
  });

  it.each<[name: string, without: (repo: Governed) => void]>([
    [
      'the bundle',
      (repo) => {
        rmSync(join(repo.root, 'node_modules'), { recursive: true });
      },
    ],
    [
      'a bundle that runs',
      (repo) => {
        rmSync(join(repo.root, 'node_modules'), { recursive: true });
        writeTree(repo.root, { 'node_modules/govkit/dist/bin/gov.js': 'process.exit(2);\n' });
      },
    ],
  ])('without %s no side is lost: the texts are merged', (_, without) => {
    const repo = both();
    without(repo);
    expect(repo.attempt(['merge', '--no-edit', 'other']).code).toBe(1);
    expect(read(repo)[BOARD]).toContain('<<<<<<< ours\n');
    for (const id of ['D', 'E']) expect(read(repo)[REGISTRY]).toContain(`WP-1-${id} `);
  });

  it('in a linked worktree, with the bundle of the main one', () => {
    const repo = both();
    const linked = Governed.in(join(temporaryFolder(), 'linked tree'));
    repo.git('worktree', 'add', '--quiet', linked.root, 'other');
    expect(existsSync(join(linked.root, 'node_modules'))).toBe(false);
    expect(linked.attempt(['merge', '--no-edit', 'main']).code).toBe(0);
    expect(sorted(read(linked))).toEqual(sorted(documents(BOTH)));
  });

  it('a criss-cross, whose base git merges first', () => {
    const repo = both();
    const [main, other] = [repo.git('rev-parse', 'main'), repo.git('rev-parse', 'other')];
    repo.git('merge', '--quiet', '--no-edit', other);
    repo.git('switch', '--quiet', 'other');
    repo.git('merge', '--quiet', '--no-edit', main);
    repo.write(documents({ ...BOTH, F: 'STUB' }));
    repo.git('commit', '--quiet', '--all', '--message', 'F');
    repo.git('switch', '--quiet', 'main');
    repo.write(documents({ ...BOTH, A: 'VALIDATED' }));
    repo.git('commit', '--quiet', '--all', '--message', 'A');
    expect(repo.attempt(['merge', '--no-edit', 'other']).code).toBe(0);
    expect(sorted(read(repo))).toEqual(sorted(documents({ ...BOTH, A: 'VALIDATED', F: 'STUB' })));
  });
});

it('what a person has to settle is marked, named, and not committed', () => {
  const repo = branches({
    ours: documents({ A: 'IN_PROGRESS' }),
    theirs: documents({ A: 'BLOCKED' }),
    base: documents({ A: 'STUB' }),
  });
  const { code, err } = repo.attempt(['merge', '--no-edit', 'other']);
  expect(code).toBe(1);
  expect(err).toContain(
    `govkit: ${BOARD}: WP-1-A-v1 is for you to settle: ours - **[WP-1-A-v1]** - [IN_PROGRESS], theirs - **[WP-1-A-v1]** - [BLOCKED]\n`,
  );
  expect(read(repo)[BOARD]).toContain(
    '<<<<<<< ours\n- **[WP-1-A-v1]** - [IN_PROGRESS]\n=======\n- **[WP-1-A-v1]** - [BLOCKED]\n>>>>>>> theirs\n',
  );
  expect(repo.git('status', '--short').split('\n')).toContain(`UU ${BOARD}`);
});

it('prose that both sides changed stays a conflict, beside rows that are merged', () => {
  const repo = branches({ ours: documents(OURS, 'Ours.'), theirs: documents(THEIRS, 'Theirs.') });
  expect(repo.attempt(['merge', '--no-edit', 'other']).code).toBe(1);
  expect(repo.git('diff', '--name-only', '--diff-filter=U')).toBe(BOARD);
  const wanted = documents(BOTH, '<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs');
  expect(sorted(read(repo))).toEqual(sorted(wanted));
});

describe('gov hooks merge', () => {
  const merge = (files: Record<string, string | Uint8Array>, path = BOARD, ...more: string[]) => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/README.md': 'x\n', ...files });
    const done = gov(root, ['hooks', 'merge', ...more, 'base', 'ours', 'theirs', path]);
    return { ...done, ours: existsSync(join(root, 'ours')) ? readFileSync(join(root, 'ours')) : undefined };
  };
  const text = (value: string): Record<string, string> => documents({ A: 'STUB' }, value);

  it('writes the result to OURS', () => {
    const [base, ours, theirs] = [BASE, OURS, THEIRS].map((packets) => documents(packets)[REGISTRY]!);
    const done = merge({ base: base!, ours: ours!, theirs: theirs! }, REGISTRY);
    expect([done.code, done.out, done.err]).toEqual([0, '', '']);
    expect(done.ours?.toString()).toBe(documents(BOTH)[REGISTRY]);
  });

  it.each([
    ['another document', 'docs/notes.md'],
    ['a board that the layout does not know', 'TASK_BOARD.md'],
  ])('%s is merged as text', (_, path) => {
    const done = merge({ base: '- a\n', ours: '- a\n- b\n', theirs: '- a\n- c\n' }, path);
    expect(done.code).toBe(1);
    expect(done.ours?.toString()).toBe('- a\n<<<<<<< ours\n- b\n=======\n- c\n>>>>>>> theirs\n');
  });

  it('bytes that are no UTF-8 are merged as they are', () => {
    const bytes = (line: string): Buffer =>
      Buffer.concat([Buffer.from('\xe9\n\n', 'latin1'), Buffer.from(line)]);
    const done = merge({ base: bytes('a\n'), ours: bytes('a\n'), theirs: bytes('b\n') });
    expect([done.code, done.ours]).toEqual([0, bytes('b\n')]);
  });

  it('markers as long as git wants them', () => {
    const [base, ours, theirs] = [text('x')[BOARD]!, text('y')[BOARD]!, text('z')[BOARD]!];
    const row = (token: string, from: string): string => from.replace('[STUB]', `[${token}]`);
    const done = merge(
      { base, ours: row('ONE', ours), theirs: row('TWO', theirs) },
      BOARD,
      '--marker-size',
      '9',
    );
    expect(done.ours?.toString().match(/^[<=>]+/gm)).toEqual(
      ['<', '=', '>', '<', '=', '>'].map((each) => each.repeat(9)),
    );
  });

  it.each<[name: string, files: Record<string, string>, more: string[], err: RegExp]>([
    ['a side that is not there', { base: '', ours: 'x' }, [], /^gov: cannot read theirs: /],
    [
      'no number',
      { base: '', ours: 'x', theirs: '' },
      ['--marker-size', 'x'],
      /^gov: --marker-size x: expected/,
    ],
    ['bytes that git cannot merge', { base: '\0', ours: 'x\0', theirs: 'y\0' }, [], /^gov: git: .*binary/i],
  ])('%s: 2, and nothing is changed', (_, files, more, err) => {
    const done = merge(files, 'x', ...more);
    expect([done.code, done.ours?.toString()]).toEqual([2, files.ours]);
    expect(done.err).toMatch(err);
  });
});

describe('the settings', () => {
  it('are those of the repository, quoted for any sh, and set once', () => {
    const repo = Governed.empty();
    repo.gov('hooks', 'install');
    expect(driverOf(repo)).toContain("gov='node_modules/govkit/dist/bin/gov.js'; ");
    const before = readFileSync(join(repo.root, '.git/config'), 'utf8');
    expect(repo.gov('hooks', 'install').out).toMatch(/nothing to do\n$/);
    expect(readFileSync(join(repo.root, '.git/config'), 'utf8')).toBe(before);
  });

  it('of another bundle are renewed; those that were changed by hand stay', () => {
    const repo = branches({ ours: documents(OURS), theirs: documents(THEIRS) });
    const own = driverOf(repo);
    repo.git('config', '--local', 'merge.govkit.driver', 'true');
    expect(repo.gov('hooks', 'status').out).toContain(
      'merge driver      edited      .git/config: it was changed by hand\n',
    );
    repo.gov('hooks', 'install');
    repo.gov('hooks', 'uninstall');
    expect(driverOf(repo)).toBe('true');
    repo.git('config', '--local', '--remove-section', 'merge.govkit');
    repo.gov('hooks', 'install');
    expect(driverOf(repo)).toBe(own);
  });

  it("somebody else's hook is no reason to merge as text", () => {
    const repo = Governed.empty();
    repo.write({ '.git/hooks/pre-commit': '#!/bin/sh\n' });
    expect(repo.gov('hooks', 'install').code).toBe(2);
    expect(driverOf(repo)).toContain('hooks merge');
  });

  it('gov init sets them, --undo takes them back', () => {
    const repo = Governed.empty();
    const config = (): string => readFileSync(join(repo.root, '.git/config'), 'utf8');
    const before = config();
    repo.gov('init');
    expect(driverOf(repo)).toContain('hooks merge');
    expect(readFileSync(join(repo.root, '.gitattributes'), 'utf8')).toContain(
      '.GOV/**/TASK_BOARD.md merge=govkit\n',
    );
    expect(repo.gov('init', '--undo').out).toContain('restored  .git/config');
    expect(config()).toBe(before);
  });

  it('gov init --undo leaves those that were changed since', () => {
    const repo = Governed.empty();
    repo.gov('init');
    repo.git('config', '--local', 'merge.govkit.driver', 'true');
    expect(repo.gov('init', '--undo').out).toContain(
      'left      .git/config                  the merge driver was changed since\n',
    );
    expect(driverOf(repo)).toBe('true');
  });
});
