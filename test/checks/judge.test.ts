import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../tools/artifacts/index.ts';
import { type JudgedChange, judge, judgeChange, runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import {
  type Cache,
  commitSnapshot,
  indexSnapshot,
  openCache,
  type Snapshot,
  worktreeSnapshot,
} from '../../tools/snapshot/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { type Repository, temporaryRepository } from '../support/repository.ts';
import { BOARD, baseFiles, REGISTRY, readBase, SPEC, STUB } from './base.ts';

const POINTER = '.GOV/roles_shared/SPEC_CURRENT.md';
/** The section that the stub names has another number. */
const ELSEWHERE = readBase('spec.md').replace('### 1.1.1 Session Model', '### 1.1.9 Session Model');
const OTHER = '.GOV/task_packets/stubs/WP-1-Other-v1.md';

function sound(): Record<string, string> {
  return { ...baseFiles(), [SPEC]: readBase('spec.md'), [POINTER]: `**${SPEC}**\n` };
}

function repository(files = sound()): Repository {
  const made = temporaryRepository();
  made.commit(files);
  return made;
}

/** A snapshot that tells what was read of it. */
function watched(snapshot: Snapshot): { snapshot: Snapshot; read: string[] } {
  const read: string[] = [];
  const own: Snapshot = {
    id: snapshot.id,
    list: (globs, problem) => snapshot.list(globs, problem),
    idOf: (path) => snapshot.idOf?.(path),
    read(path) {
      read.push(path);
      return snapshot.read(path);
    },
  };
  return { snapshot: own, read };
}

const cacheOf = async (root: string): Promise<Cache> => (await openCache(root, 'test'))!;
const sentence = ({ rule, place }: Finding): string => `${place.file}:${place.line} ${rule}`;
// A cache holds no more than a screenful back: it is written once enough was read anew.
const many = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `.GOV/task_packets/stubs/WP-1-Many${at}-v1.md`,
      readBase('stub.md').replaceAll('WP-1-Demo', `WP-1-Many${at}`),
    ]),
  );

describe('judge', () => {
  it('finds what the rules find over the whole tree, cold and from what was kept', async () => {
    const { root, write } = repository({ ...sound(), ...many(12) });
    write({ [BOARD]: '- **[WP-1-Demo-v1]** - [X]\n', '.GOV/a.json': 'A \u00c2\u00a7' });
    const snapshot = worktreeSnapshot(root);
    const expected = runChecks(await readTree(snapshot), await loadSpec(snapshot, { root }));
    const cache = await cacheOf(root);
    const cold = await judge(snapshot, { root, cache });
    const warm = await judge(worktreeSnapshot(root), { root, cache });
    expect(cold.findings).toEqual(expected);
    expect(warm).toEqual(cold);
    expect(expected.map(({ rule }) => rule)).toContain('text/double-encoded');
    expect(cold.spec).toMatchObject({ file: SPEC, version: 'v02.137' });
  });

  it('reads of the index no more than what changed, once it was read', async () => {
    const { root, git, write } = repository({ ...sound(), ...many(12) });
    const cache = await cacheOf(root);
    await judge(await indexSnapshot(root), { root, cache });
    write({ [STUB]: readBase('stub.md').replace('STUB (NOT READY FOR DEV)', 'DONE') });
    git('add', '--all');
    const { snapshot, read } = watched(await indexSnapshot(root));
    const { findings } = await judge(snapshot, { root, cache });
    expect(read.filter((path) => path.startsWith('.GOV/task_packets'))).toEqual([STUB]);
    expect(findings.map(({ rule }) => rule)).toContain('stub/status-unknown');
  });

  it('judges every anchor again when the spec is another one', async () => {
    const { root, write } = repository({ ...sound(), ...many(12) });
    const cache = await cacheOf(root);
    const before = await judge(worktreeSnapshot(root), { root, cache });
    write({ [SPEC]: ELSEWHERE });
    const after = await judge(worktreeSnapshot(root), { root, cache });
    const fresh = await judge(worktreeSnapshot(root), { root });
    expect(after.findings).toEqual(fresh.findings);
    expect(after.findings).not.toEqual(before.findings);
  });

  it('a damaged cache is made anew', async () => {
    const { root } = repository({ ...sound(), ...many(12) });
    const cache = await cacheOf(root);
    const cold = await judge(worktreeSnapshot(root), { root, cache });
    const folder = join(root, '.git', 'govkit', 'cache');
    for (const kind of ['check-facts', 'check-findings', 'check-spec']) {
      const [name] = readdirSync(join(folder, kind));
      const text = readFileSync(join(folder, kind, name!), 'utf8');
      writeFileSync(join(folder, kind, name!), text.replace(/WP-1|v02/, 'XX-1'));
    }
    expect(await judge(worktreeSnapshot(root), { root, cache })).toEqual(cold);
  });

  it('a file that is no UTF-8 is one finding, also from what was kept', async () => {
    const made = repository({ ...sound(), ...many(12) });
    writeFileSync(join(made.root, STUB), Buffer.from([0x23, 0x20, 0x96, 0x0a]));
    const cache = await cacheOf(made.root);
    for (let run = 0; run < 2; run++) {
      const { findings, tree } = await judge(worktreeSnapshot(made.root), { root: made.root, cache });
      expect(findings.map(sentence)).toContain(`${STUB}:1 text/not-utf8`);
      expect(tree.unread).toEqual([STUB]);
      expect(findings.map(({ rule }) => rule)).not.toContain('registry/file-missing');
    }
  });
});

describe('judgeChange', () => {
  const changeOf = async (root: string, ...references: string[]): Promise<JudgedChange> =>
    judgeChange(
      await indexSnapshot(root),
      await Promise.all(references.map((revision) => commitSnapshot(root, revision))),
      { root, cache: await cacheOf(root) },
    );

  it('leaves the findings of files out that are the same in both', async () => {
    const { root, git, write } = repository({ ...sound(), [OTHER]: '# no stub\n' });
    write({ [STUB]: readBase('stub.md').replace('STUB (NOT READY FOR DEV)', 'DONE') });
    git('add', '--all');
    const { subject, references, changed } = await changeOf(root, 'HEAD');
    expect([...changed]).toEqual([STUB]);
    expect(subject.findings.map(sentence).filter((text) => text.startsWith(OTHER))).toEqual(
      references[0]!.findings.map(sentence).filter((text) => text.startsWith(OTHER)),
    );
    expect(subject.findings.map(({ rule }) => rule)).toContain('stub/status-unknown');
    expect(references[0]!.findings.map(({ rule }) => rule)).not.toContain('stub/status-unknown');
  });

  it('tells what a removed document leaves behind in another one', async () => {
    const { root, git } = repository();
    git('rm', '--quiet', STUB);
    const { subject, references } = await changeOf(root, 'HEAD');
    expect(subject.findings.map(sentence)).toContain(`${REGISTRY}:5 registry/file-missing`);
    expect(references[0]!.findings.map(sentence)).not.toContain(`${REGISTRY}:5 registry/file-missing`);
  });

  it('a checkout with CRLF is the same as the commit that it comes from', async () => {
    const { root, write } = repository();
    write(
      Object.fromEntries(
        Object.entries(sound()).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
      ),
    );
    const { changed } = await judgeChange(worktreeSnapshot(root), [await commitSnapshot(root, 'HEAD')], {
      root,
    });
    expect([...changed]).toEqual([]);
  });

  it('of two parents, what either has is not changed', async () => {
    const { root, git, commit } = repository();
    git('switch', '--quiet', '--create', 'side');
    commit({ [OTHER]: readBase('stub.md') });
    git('switch', '--quiet', 'main');
    commit({ '.GOV/note.md': 'note\n' });
    git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    const { changed } = await changeOf(root, 'HEAD', 'MERGE_HEAD');
    expect([...changed]).toEqual([]);
  });

  it('another spec is judged in every document of both', async () => {
    const { root, git, write } = repository();
    write({ [SPEC]: ELSEWHERE });
    git('add', '--all');
    const { subject, references, changed } = await changeOf(root, 'HEAD');
    expect([...changed]).toEqual([]);
    expect(subject.findings.map(sentence)).toContain(`${STUB}:18 anchor/unresolved`);
    expect(references[0]!.findings.map(({ place }) => place.file)).not.toContain(STUB);
  });
});
