import { describe, expect, it } from 'vitest';
import { type Found, openLibrary } from '../../../tools/gate/index.ts';
import { worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec } from '../../../tools/spec/index.ts';
import { memorySnapshot } from '../../artifacts/memory.ts';
import { type Repository, temporaryFolder, temporaryRepository } from '../../support/repository.ts';
import { MOVES, NEW, OLD, sha1Of, specText } from './demo-spec.ts';

const text = specText();
const sha1 = sha1Of(text);

async function findIn(files: Record<string, string | Uint8Array>, spec: object): Promise<Found> {
  return (await openLibrary(memorySnapshot(files), '/nowhere', [{ spec }])).find(spec);
}

async function findInGit({ root }: Pick<Repository, 'root'>, spec: object): Promise<Found> {
  return (await openLibrary(worktreeSnapshot(root), root, [{ spec }])).find(spec);
}

/** The state, and what it was found by and where, or why not. */
function told(found: Found): string[] {
  return found.state === 'FOUND' ? [found.state, found.by, found.source] : [found.state, found.reason];
}

describe('in the tree', () => {
  it.each<[string, Record<string, string>, object, string[]]>([
    ['by hash', { [OLD]: text }, { file: OLD, sha1 }, ['FOUND', 'sha1', OLD]],
    ['by name, where the pin has no hash', { [OLD]: text }, { file: OLD }, ['FOUND', 'name', OLD]],
    [
      'in the folder of the specs',
      { [`.GOV/spec/${OLD}`]: text },
      { file: OLD, sha1 },
      ['FOUND', 'sha1', `.GOV/spec/${OLD}`],
    ],
    [
      'not at all: it is never taken for proven',
      { [NEW]: text },
      { file: OLD },
      ['SPEC_FILE_ABSENT', `${OLD} is not at hand: there is no git history to look in`],
    ],
    [
      'other bytes under its name',
      { [OLD]: specText(MOVES) },
      { file: OLD, sha1 },
      [
        'SPEC_HASH_MISMATCH',
        `${OLD} has another sha1 than ${sha1.slice(0, 12)}; there is no git history to look in`,
      ],
    ],
    [
      'its bytes under another name',
      { [NEW]: text },
      { file: OLD, sha1 },
      ['SPEC_HASH_MISMATCH', `${sha1.slice(0, 12)} is the sha1 of ${NEW}, not of ${OLD}`],
    ],
    ['a pin that names nothing', { [OLD]: text }, {}, ['NO_SPEC', 'it names no spec file']],
  ])('%s', async (_, files, spec, expected) => {
    expect(told(await findIn(files, spec))).toEqual(expected);
  });

  const crlf = text.replaceAll('\n', '\r\n');
  it.each([
    ['LF', 'CRLF', text, crlf],
    ['CRLF', 'LF', crlf, text],
    ['a BOM', 'none', `\uFEFF${text}`, text],
    ['no BOM', 'one and CRLF', text, `\uFEFF${crlf}`],
    ['CRLF and a BOM', 'neither', `\uFEFF${crlf}`, text],
  ])('the hash of a checkout with %s finds one with %s', async (_, __, pinned, here) => {
    expect(told(await findIn({ [OLD]: here }, { file: OLD, sha1: sha1Of(pinned) }))).toEqual([
      'FOUND',
      'sha1',
      OLD,
    ]);
  });

  it('a file that cannot be read proves nothing, and is named', async () => {
    const snapshot = memorySnapshot({ [OLD]: { unreadable: 'denied' } });
    const pin = { file: OLD, sha1 };
    expect(told((await openLibrary(snapshot, '/nowhere', [{ spec: pin }])).find(pin))).toEqual([
      'SPEC_FILE_ABSENT',
      `${OLD} is not at hand: not to be read: ${OLD}; there is no git history to look in`,
    ]);
  });

  it('a spec that has been read is not read again', async () => {
    const snapshot = memorySnapshot({ [OLD]: text });
    const spec = await loadSpec(snapshot, { root: '/nowhere', spec: OLD });
    const pin = { file: OLD, sha1: sha1Of(crlf) };
    const found = (await openLibrary(snapshot, '/nowhere', [{ spec: pin }], [spec])).find(pin);
    expect(found.state === 'FOUND' && found.spec === spec).toBe(true);
  });
});

describe('in git', () => {
  it('a version that is no longer in the tree, by its hash', async () => {
    const repository = temporaryRepository();
    const commit = repository.commit({ [OLD]: text });
    repository.git('mv', OLD, NEW);
    repository.commit({ [NEW]: specText(MOVES) });
    const found = await findInGit(repository, { file: OLD, sha1 });
    expect(told(found)).toEqual(['FOUND', 'sha1', `${commit.slice(0, 12)}:${OLD}`]);
    expect(found.state === 'FOUND' && [found.spec.version, found.spec.sections.length]).toEqual([
      'v02.134',
      8,
    ]);
  });

  it('and by its name', async () => {
    const repository = temporaryRepository();
    const commit = repository.commit({ [OLD]: text });
    repository.git('rm', '--quiet', OLD);
    repository.commit({ 'a.md': 'x' });
    expect(told(await findInGit(repository, { file: OLD }))).toEqual([
      'FOUND',
      'name',
      `${commit.slice(0, 12)}:${OLD}`,
    ]);
  });

  it('the bytes that the file had before it was changed in place', async () => {
    const repository = temporaryRepository();
    const commit = repository.commit({ [OLD]: text });
    repository.commit({ [OLD]: specText(MOVES) });
    expect(told(await findInGit(repository, { file: OLD, sha1 }))).toEqual([
      'FOUND',
      'sha1',
      `${commit.slice(0, 12)}:${OLD}`,
    ]);
  });

  it('a hash that no commit has', async () => {
    const repository = temporaryRepository();
    repository.commit({ [OLD]: text });
    expect(told(await findInGit(repository, { file: OLD, sha1: '0'.repeat(40) }))).toEqual([
      'SPEC_HASH_MISMATCH',
      `${OLD} has another sha1 than 000000000000, and no commit has it`,
    ]);
    expect(told(await findInGit(repository, { file: 'Demo_Spec_v02.100.md', sha1: '0'.repeat(40) }))).toEqual(
      ['SPEC_FILE_ABSENT', 'Demo_Spec_v02.100.md is not at hand, in the tree or in git'],
    );
  });

  it('a shallow clone says what it cannot prove', async () => {
    const repository = temporaryRepository();
    repository.commit({ [OLD]: text });
    repository.git('rm', '--quiet', OLD);
    repository.commit({ [NEW]: specText(MOVES) });
    const root = `${temporaryFolder()}/clone`;
    repository.git('clone', '--quiet', '--depth', '1', `file://${repository.root}`, root);
    expect(told(await findInGit({ root }, { file: OLD, sha1 }))).toEqual([
      'SPEC_FILE_ABSENT',
      `${OLD} is not at hand: this clone is shallow, and its history is not all here (git fetch --unshallow)`,
    ]);
  });
});
