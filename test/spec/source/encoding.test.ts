import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../tools/snapshot/index.ts';
import { commitSnapshot, indexSnapshot, worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecFile, specFileOf } from '../../../tools/spec/index.ts';
import { doubledLines, doubleEncoding, newDoubleEncoding } from '../../../tools/spec/source/encoding.ts';
import { temporaryRepository } from '../../support/repository.ts';

const file = (...lines: string[]): SpecFile =>
  specFileOf('Spec_v2.md', new TextEncoder().encode(lines.join('\n')));
const sound = (...lines: string[]): SpecFile =>
  specFileOf('Spec_v1.md', new TextEncoder().encode(lines.join('\n')));

describe('what a spec has of double encoding', () => {
  it('every line, also the ones that cannot be repaired', () => {
    const doubled = doubledLines([file('§ 1', 'a Â§ 2', '§Â§', 'lost \ufffd', 'â†’')]);
    expect(doubled.map(({ place, found, text }) => [place.line, place.column, found, text])).toEqual([
      [2, 3, 'Â§', 'a § 2'],
      [3, 1, '§Â§', undefined],
      [5, 1, 'â†’', '→'],
    ]);
  });
  it.each([
    [
      ['a Â§ 2'],
      'Unexpected "Â§", expected "§"; 1 line is encoded twice (gov spec repair)',
      { lines: 1, refused: 0 },
    ],
    [
      ['§Â§', 'Â§'],
      'Unexpected "Â§", expected "§"; 2 lines are encoded twice (gov spec repair)',
      { lines: 2, refused: 1 },
    ],
    [
      ['§Â§'],
      'Unexpected "§Â§", expected text that was encoded once; 1 line is encoded twice (gov spec repair)',
      { lines: 1, refused: 1 },
    ],
  ])('%j: one warning', (lines, message, args) => {
    expect(doubleEncoding(doubledLines([file(...lines)]))).toMatchObject([
      { rule: 'spec/double-encoding', severity: 'warning', message, args },
    ]);
  });
  it('one warning for each file, none for a sound one', () => {
    const other = specFileOf('Other.md', new TextEncoder().encode('Â§'));
    expect(
      doubleEncoding(doubledLines([file('Â§'), sound('§'), other])).map(({ place }) => place.file),
    ).toEqual(['Spec_v2.md', 'Other.md']);
  });
});

describe('what a version brings in', () => {
  const brought = (now: string[], before: string[]): string[] =>
    newDoubleEncoding(doubledLines([file(...now)]), [sound(...before)], 'Spec_v1.md').map(
      ({ severity, place, message }) => `${place.line} ${severity} ${message}`,
    );
  it.each([
    [
      'a line that the predecessor has sound, wherever it stood',
      ['x', 'a â†’ b ', 'Â§1'],
      ['§1', 'a → b'],
      [
        '2 error Unexpected "â†’", expected "→"; 2 lines are encoded twice that Spec_v1.md has sound (gov spec repair)',
      ],
    ],
    [
      'one of them, though there were more before',
      ['Â§1'],
      ['§1', 'Â§2', 'Â§3'],
      [
        '1 error Unexpected "Â§", expected "§"; 1 line is encoded twice that Spec_v1.md has sound (gov spec repair)',
      ],
    ],
    [
      'more than before',
      ['Â§1', 'Â§2 new'],
      ['Â§1'],
      ['1 error Unexpected "Â§", expected "§"; 2 lines are encoded twice, 1 in Spec_v1.md (gov spec repair)'],
    ],
    ['as many as before is old debt', ['Â§1', 'Â§3'], ['Â§1', 'Â§2'], []],
    ['a sound version brings nothing', ['§1'], ['Â§1'], []],
  ])('%s', (_name, now, before, expected) => {
    expect(brought(now, before)).toEqual(expected);
  });
});

describe('the predecessor', () => {
  const CURRENT = '.GOV/spec/SPEC_CURRENT.md';
  const pointer = (name: string): string => `Current authoritative Master Specification: **${name}**\n`;
  const text = (line: string): string => `# 1. A\n\n${line}\n`;
  const news = async (snapshot: Snapshot, root: string): Promise<unknown[]> =>
    (await loadSpec(snapshot, { root })).findings
      .filter(({ rule }) => rule === 'spec/double-encoding-new')
      .map(({ args }) => args.predecessor);
  const rules = async (snapshot: Snapshot, root: string): Promise<string[]> =>
    (await loadSpec(snapshot, { root })).findings.map(({ rule }) => rule);

  it('is the next lower version under the same name, by its numbers', async () => {
    const { root, write } = temporaryRepository();
    write({
      [CURRENT]: pointer('Acme_Spec_v2.100.md'),
      'Acme_Spec_v2.100.md': text('Â§'),
      'Acme_Spec_v2.99.md': text('§'),
      'Acme_Spec_v2.9.md': text('Â§'),
      'Acme_Spec_v2.101.md': text('Â§'),
      'Other_Spec_v2.99.md': text('Â§'),
    });
    expect(await news(worktreeSnapshot(root), root)).toEqual(['Acme_Spec_v2.99.md']);
  });

  it('may be a folder of modules', async () => {
    const { root, write } = temporaryRepository();
    const modules = (version: string, line: string) => ({
      [`.GOV/spec/acme-${version}/indexed-spec-manifest.json`]: JSON.stringify({
        modules: [{ module_id: 'a', path: 'a.md' }],
      }),
      [`.GOV/spec/acme-${version}/a.md`]: text(line),
    });
    write({
      ...modules('v1.2', '§'),
      ...modules('v1.3', 'Â§'),
      [CURRENT]: JSON.stringify({ entrypoint_path: '.GOV/spec/acme-v1.3/indexed-spec-manifest.json' }),
    });
    expect(await news(worktreeSnapshot(root), root)).toEqual([
      '.GOV/spec/acme-v1.2/indexed-spec-manifest.json',
    ]);
  });

  it('is the same file in HEAD where no lower version is at hand: on disk and staged', async () => {
    const { root, commit, write, git } = temporaryRepository();
    commit({ [CURRENT]: pointer('Spec.md'), 'Spec.md': text('§') });
    write({ 'Spec.md': text('Â§') });
    expect(await news(worktreeSnapshot(root), root)).toEqual(['HEAD:Spec.md']);
    expect(await news(await indexSnapshot(root), root)).toEqual([]);
    git('add', '--all');
    expect(await news(await indexSnapshot(root), root)).toEqual(['HEAD:Spec.md']);
  });

  it('of a commit is its first parent', async () => {
    const { root, commit } = temporaryRepository();
    const first = commit({ [CURRENT]: pointer('Spec.md'), 'Spec.md': text('Â§') });
    const second = commit({ 'Spec.md': text('§') });
    const third = commit({ 'Spec.md': text('Â§') });
    expect(await rules(await commitSnapshot(root, first), root)).toEqual(['spec/double-encoding']);
    expect(await rules(await commitSnapshot(root, second), root)).toEqual([]);
    expect(await news(await commitSnapshot(root, third), root)).toEqual([`${third.slice(0, 7)}^:Spec.md`]);
  });

  it('is missed by nobody where there is none: only the warning', async () => {
    const { root, write } = temporaryRepository();
    write({ [CURRENT]: pointer('Spec.md'), 'Spec.md': text('Â§') });
    expect(await rules(worktreeSnapshot(root), root)).toEqual(['spec/double-encoding']);
  });

  it('that is no UTF-8 is none', async () => {
    const { root, write } = temporaryRepository();
    write({
      [CURRENT]: pointer('Spec_v2.md'),
      'Spec_v2.md': text('Â§'),
      'Spec_v1.md': Uint8Array.from([0xff, 0xfe]),
    });
    expect(await rules(worktreeSnapshot(root), root)).toEqual(['spec/double-encoding']);
  });

  it('is not looked for where the spec is sound', async () => {
    const { root, write } = temporaryRepository();
    write({ [CURRENT]: pointer('Spec_v2.md'), 'Spec_v2.md': text('§'), 'Spec_v1.md': text('Â§') });
    const disk = worktreeSnapshot(root);
    const read: string[] = [];
    const watched: Snapshot = {
      ...disk,
      read(path) {
        read.push(path);
        return disk.read(path);
      },
    };
    expect(await rules(watched, root)).toEqual([]);
    expect(read).not.toContain('Spec_v1.md');
  });
});
