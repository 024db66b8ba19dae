import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commitSnapshot, indexSnapshot, worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import {
  compareVersions,
  findVersion,
  isVersion,
  loadSpec,
  type VersionAtHand,
  versionsAtHand,
} from '../../../tools/spec/index.ts';
import { asNobody } from '../../support/nobody.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../../support/repository.ts';

const spec = (version: string, folder = ''): string => `${folder}Acme_Master_Spec_${version}.md`;
const body = (text: string): string => `# ${text}\n## 1.1 ${text}\n`;
const text = ({ version, spec: where }: VersionAtHand): string => `${version} ${where}`;

describe('isVersion', () => {
  it.each([
    ['v02.134', true],
    ['V2.1.3', true],
    ['v02', false],
    ['02.134', false],
    ['HEAD:v02.134', false],
    ['spec_v02.134.md', false],
  ])('%s: %s', (given, expected) => expect(isVersion(given)).toBe(expected));
});

describe('compareVersions counts by the numbers', () => {
  it.each([
    ['v02.99', 'v02.100', -1],
    ['v02.100', 'v02.99', 1],
    ['v02.134', 'v2.134', 0],
    ['v02.134', 'V02.134', 0],
    ['v02.1', 'v02.1.1', -1],
    ['v02.1', 'v02.1.0', 0],
    ['v3.0', 'v02.195', 1],
  ])('%s, %s: %i', (a, b, expected) => expect(Math.sign(compareVersions(a, b))).toBe(expected));
});

describe('findVersion in a tree without git', () => {
  const find = async (files: Record<string, string>, version: string): Promise<string | undefined> => {
    const root = temporaryFolder();
    writeTree(root, files);
    const found = await findVersion(worktreeSnapshot(root), root, version);
    return found && text(found);
  };
  const places: [name: string, file: string, version: string, expected: string | undefined][] = [
    ['in the root', spec('v01.10'), 'v01.10', 'v01.10 Acme_Master_Spec_v01.10.md'],
    ['in .GOV/spec', spec('v01.10', '.GOV/spec/'), 'v01.10', 'v01.10 .GOV/spec/Acme_Master_Spec_v01.10.md'],
    [
      'beside the pointer',
      spec('v01.10', '.GOV/roles_shared/'),
      'v01.10',
      'v01.10 .GOV/roles_shared/Acme_Master_Spec_v01.10.md',
    ],
    [
      'a folder of modules, by its manifest',
      '.GOV/spec/master-spec-v01.10/indexed-spec-manifest.json',
      'v01.10',
      'v01.10 .GOV/spec/master-spec-v01.10',
    ],
    ['written with fewer zeros', spec('v01.10'), 'v1.10', 'v01.10 Acme_Master_Spec_v01.10.md'],
    ['another version', spec('v01.10'), 'v01.1', undefined],
    ['elsewhere in the tree', spec('v01.10', 'docs/'), 'v01.10', undefined],
    ['a file that is no spec', 'Acme_Notes_v01.10.md', 'v01.10', undefined],
  ];
  it.each(places)('%s', async (_name, file, version, expected) => {
    expect(await find({ [file]: '{}' }, version)).toBe(expected);
  });

  it('of two files of one version, the one beside the pointer wins, then the root', async () => {
    const three = ['', '.GOV/spec/', '.GOV/roles_shared/'].map((folder) => [spec('v01.10', folder), 'x']);
    expect(await find(Object.fromEntries(three), 'v01.10')).toBe(
      'v01.10 .GOV/roles_shared/Acme_Master_Spec_v01.10.md',
    );
    expect(await find(Object.fromEntries(three.slice(0, 2)), 'v01.10')).toBe(
      'v01.10 Acme_Master_Spec_v01.10.md',
    );
  });

  it.each<[name: string, pointer: string, expected: string]>([
    ['by a path', `**docs/${spec('v01.10')}**`, `v01.10 docs/${spec('v01.10')}`],
    [
      'by a version that its name does not say',
      '{"entrypoint_path": "docs/spec.md", "version": "v01.10"}',
      'v01.10 docs/spec.md',
    ],
    ['if there is one', '**gone.md**', `v01.10 ${spec('v01.10')}`],
  ])('of two files of one version, the spec in force wins, %s', async (_name, pointer, expected) => {
    const files = {
      [spec('v01.10')]: 'x',
      [spec('v01.10', '.GOV/spec/')]: 'y',
      [spec('v01.10', 'docs/')]: 'z',
      'docs/spec.md': 'z',
      '.GOV/spec/SPEC_CURRENT.md': pointer,
    };
    expect(await find(files, 'v01.10')).toBe(expected);
  });

  it('a folder that may not be read is an error, not an absence', () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/spec/a.md': 'x' });
    chmodSync(join(root, '.GOV/spec'), 0);
    onTestFinished(() => chmodSync(join(root, '.GOV/spec'), 0o755));
    const script = `const root = process.cwd();
      const said = await findVersion(worktreeSnapshot(root), root, 'v01.10').catch((error) => error.message);
      console.log(JSON.stringify(said));`;
    expect(asNobody(root, ['spec'], script)).toBe(
      'Unexpected .GOV/spec: a folder that may not be read, expected a spec that can be read',
    );
  });
});

describe('findVersion in git', () => {
  it('a version that was deleted is read from the last commit that wrote it', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ [spec('v01.09')]: body('first') });
    const second = commit({ [spec('v01.09')]: body('second') });
    git('rm', '--quiet', spec('v01.09'));
    commit({ [spec('v01.10')]: body('next') });
    const tree = worktreeSnapshot(root);
    const found = await findVersion(tree, root, 'v01.09');
    expect(found).toEqual({ version: 'v01.09', spec: `${second}:${spec('v01.09')}` });
    const index = await loadSpec(tree, { root, spec: found!.spec });
    expect([index.version, index.files[0]!.lines[0]]).toEqual(['v01.09', '# second']);
  });

  it('the tree is asked before history', async () => {
    const { root, commit } = temporaryRepository();
    commit({ [spec('v01.09')]: body('committed') });
    writeTree(root, { [spec('v01.09')]: body('edited') });
    expect((await findVersion(worktreeSnapshot(root), root, 'v01.09'))?.spec).toBe(spec('v01.09'));
  });

  it('a renamed version is found under its old name', async () => {
    const { root, git, commit } = temporaryRepository();
    const first = commit({ [spec('v01.09', '.GOV/spec/')]: body('text') });
    git('mv', spec('v01.09', '.GOV/spec/'), spec('v01.10', '.GOV/spec/'));
    commit({});
    expect((await findVersion(worktreeSnapshot(root), root, 'v01.09'))?.spec).toBe(
      `${first}:${spec('v01.09', '.GOV/spec/')}`,
    );
  });

  it('a version that came and went on a merged branch is found', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ 'README.md': 'x' });
    git('checkout', '--quiet', '-b', 'side');
    const side = commit({ [spec('v01.09')]: body('side') });
    git('rm', '--quiet', spec('v01.09'));
    git('commit', '--quiet', '--message', 'remove');
    git('checkout', '--quiet', 'main');
    commit({ 'README.md': 'y' });
    git('merge', '--quiet', '--no-ff', '--message', 'merge', 'side');
    expect((await findVersion(worktreeSnapshot(root), root, 'v01.09'))?.spec).toBe(
      `${side}:${spec('v01.09')}`,
    );
  });

  it('a version that only a merge brought in is found', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ 'README.md': 'x' });
    git('checkout', '--quiet', '-b', 'side');
    commit({ 'side.md': 'x' });
    git('checkout', '--quiet', 'main');
    commit({ 'README.md': 'y' });
    git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    const merge = commit({ [spec('v01.09')]: body('merge') });
    git('rm', '--quiet', spec('v01.09'));
    git('commit', '--quiet', '--message', 'remove');
    expect((await findVersion(worktreeSnapshot(root), root, 'v01.09'))?.spec).toBe(
      `${merge}:${spec('v01.09')}`,
    );
  });

  it('another branch is not this history, and a commit has its own', async () => {
    const { root, git, commit } = temporaryRepository();
    const base = commit({ 'README.md': 'x' });
    git('checkout', '--quiet', '-b', 'side');
    const side = commit({ [spec('v01.09')]: body('side') });
    git('rm', '--quiet', spec('v01.09'));
    git('commit', '--quiet', '--message', 'remove');
    git('checkout', '--quiet', 'main');
    const find = async (revision: string) =>
      (await findVersion(await commitSnapshot(root, revision), root, 'v01.09'))?.spec;
    expect(await findVersion(worktreeSnapshot(root), root, 'v01.09')).toBeUndefined();
    expect(await find(base)).toBeUndefined();
    expect(await find('side')).toBe(`${side}:${spec('v01.09')}`);
    expect(await find('side~1')).toBe(spec('v01.09'));
    expect((await findVersion(await indexSnapshot(root), root, 'v01.09'))?.spec).toBeUndefined();
  });

  it('names with spaces, and names outside ASCII', async () => {
    const { root, git, commit } = temporaryRepository();
    const file = '.GOV/spec/Größe Master Spec v01.09.md';
    const sha = commit({ [file]: body('text') });
    git('rm', '--quiet', file);
    git('commit', '--quiet', '--message', 'remove');
    expect((await findVersion(worktreeSnapshot(root), root, 'v01.09'))?.spec).toBe(`${sha}:${file}`);
  });

  it('a repository without a commit has no history', async () => {
    const { root } = temporaryRepository();
    expect(await findVersion(worktreeSnapshot(root), root, 'v01.09')).toBeUndefined();
    expect(await versionsAtHand(worktreeSnapshot(root), root)).toEqual([]);
  });

  it('a folder inside a repository has no history of its own', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ [spec('v01.09', 'below/')]: body('text') });
    git('rm', '--quiet', spec('v01.09', 'below/'));
    writeTree(root, { 'below/README.md': 'x' });
    const below = join(root, 'below');
    expect(await findVersion(worktreeSnapshot(below), below, 'v01.09')).toBeUndefined();
  });

  it('a shallow clone knows what it has', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ [spec('v01.09')]: body('text') });
    git('rm', '--quiet', spec('v01.09'));
    commit({ [spec('v01.10')]: body('text') });
    const clone = join(temporaryFolder(), 'clone');
    git('clone', '--quiet', '--depth', '1', `file://${encodeURI(root)}`, clone);
    expect(await findVersion(worktreeSnapshot(clone), clone, 'v01.09')).toBeUndefined();
    expect((await findVersion(worktreeSnapshot(clone), clone, 'v01.10'))?.spec).toBe(spec('v01.10'));
  });
});

it('versionsAtHand: the oldest first, each once, the tree before history', async () => {
  const { root, git, commit } = temporaryRepository();
  const old = commit({ [spec('v01.99')]: 'x', [spec('v01.100')]: 'x', [spec('v01.9')]: 'x' });
  git('rm', '--quiet', spec('v01.9'), spec('v01.99'));
  git('commit', '--quiet', '--message', 'remove');
  writeTree(root, { [spec('v02.0', '.GOV/spec/')]: 'x' });
  expect((await versionsAtHand(worktreeSnapshot(root), root)).map(text)).toEqual([
    `v01.9 ${old}:Acme_Master_Spec_v01.9.md`,
    `v01.99 ${old}:Acme_Master_Spec_v01.99.md`,
    'v01.100 Acme_Master_Spec_v01.100.md',
    'v02.0 .GOV/spec/Acme_Master_Spec_v02.0.md',
  ]);
});
