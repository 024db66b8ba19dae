import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GovTree, layoutOf, packetOf, readTree, stubOf } from '../../tools/artifacts/index.ts';
import { indexSnapshot, UnreadableFile, worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { BOARD, baseFiles, REGISTRY, STUB } from '../checks/base.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';
import { memorySnapshot, treeOf } from './memory.ts';

const problems = (tree: GovTree): string[] =>
  tree.findings.map(
    ({ place, rule, severity, message }) =>
      `${place.file}:${place.line}:${place.column} ${severity} ${rule} ${message}`,
  );

describe('readTree', () => {
  it('sorts documents by their paths; a README is none', async () => {
    const tree = await treeOf({
      ...baseFiles(),
      '.GOV/task_packets/stubs/README.md': '# Stubs',
      '.GOV/task_packets/README.md': '# Packets',
      '.GOV/task_packets/WP-1-Demo-v1.md': '# Task Packet: WP-1-Demo-v1\n',
      '.GOV/refinements/WP-1-Demo-v1.md': '### METADATA\n',
      '.GOV/roles.yaml': 'roles:\n  Coder: {}\n',
      '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json': '{"gate_logs":[]}',
      '.GOV/roles_shared/SIGNATURE_AUDIT.md': '# Signatures\n',
      '.GOV/spec/Demo_Spec_v02.137.md': '# 1',
      'README.md': '# outside',
    });
    expect(problems(tree)).toEqual([]);
    expect([tree.stubs.length, tree.packets.length, tree.refinements.length]).toEqual([1, 1, 1]);
    expect([
      tree.board?.entries.length,
      tree.registry?.rows.length,
      tree.audit?.rows,
      tree.gates?.events,
    ]).toEqual([1, 1, [], []]);
    expect([stubOf(tree, 'WP-1-Demo-v1')?.path, packetOf(tree, 'WP-1-Nope-v1')]).toEqual([STUB, undefined]);
    expect(tree.files.map(({ path }) => path)).not.toContain('.GOV/spec/Demo_Spec_v02.137.md');
    expect(tree.roles?.roles.has('Coder')).toBe(true);
  });

  it('takes the records of the later layout before the shims', async () => {
    const tree = await treeOf({
      ...baseFiles(),
      [BOARD]: '# MOVED',
      '.GOV/roles_shared/records/TASK_BOARD.md': '- **[WP-1-A-v1]** - [STUB]',
    });
    expect(tree.board?.entries.map(({ wpId }) => wpId)).toEqual(['WP-1-A-v1']);
  });

  it.each([
    ['missing', 'Unexpected absence, expected a file that can be read'],
    ['folder', 'Unexpected folder, expected a file that can be read'],
    ['denied', 'Unexpected file that may not be read, expected a file that can be read'],
    ['failed', 'Unexpected file that cannot be read, expected a file that can be read'],
  ] as const)('%s is a finding, and the rest is read', async (unreadable, message) => {
    const path = '.GOV/task_packets/stubs/WP-1-Bad-v1.md';
    const tree = await treeOf({ ...baseFiles(), [path]: { unreadable } });
    expect(problems(tree)).toEqual([`${path}:1:1 error tree/unreadable ${message}`]);
    expect(tree.stubs).toHaveLength(1);
  });

  it('invalid UTF-8 is a finding at the first bad byte', async () => {
    const tree = await treeOf({ ...baseFiles(), '.GOV/a.md': Uint8Array.from([0x61, 0x0a, 0x62, 0x96]) });
    expect(problems(tree)).toEqual([
      '.GOV/a.md:2:2 error text/not-utf8 Unexpected byte 0x96, expected UTF-8',
    ]);
  });

  it.each([[{}], [{ '.GOV/README.md': '# x' }], [{ 'docs/a.md': '# x' }]])(
    'looking at nothing is an error: %j',
    async (files) => {
      expect(problems(await treeOf(files as Record<string, string>))).toEqual([
        '.GOV:1:1 error tree/empty no governed file under .GOV: is this the right --root?',
      ]);
    },
  );

  it('what a listing cannot look into is a finding, and the rest is read', async () => {
    const snapshot = memorySnapshot(baseFiles());
    const tree = await readTree({
      ...snapshot,
      list(globs, problem) {
        problem?.(new UnreadableFile('.GOV/refinements', 'denied-folder'));
        problem?.(new UnreadableFile('.GOV/task_packets/stubs', 'linked-folder'));
        return snapshot.list(globs);
      },
    });
    expect(problems(tree)).toEqual([
      '.GOV/refinements:1:1 error tree/unreadable Unexpected folder that may not be read, expected a folder that can be read',
      '.GOV/task_packets/stubs:1:1 error tree/unreadable Unexpected link to a folder, expected a folder that can be read',
    ]);
    expect(tree.stubs).toHaveLength(1);
  });

  it('a folder of stubs that is a link is a finding, on disk and staged', async () => {
    const repo = temporaryRepository();
    repo.write(baseFiles());
    renameSync(join(repo.root, '.GOV/task_packets/stubs'), join(repo.root, 'stubs'));
    symlinkSync('../../stubs', join(repo.root, '.GOV/task_packets/stubs'));
    repo.git('add', '--all');
    for (const snapshot of [worktreeSnapshot(repo.root), await indexSnapshot(repo.root)]) {
      expect(problems(await readTree(snapshot))).toEqual([
        '.GOV/task_packets/stubs:1:1 error tree/unreadable Unexpected link to a folder, expected a folder that can be read',
      ]);
    }
  });

  it('on disk and staged: threads of the mailbox and the pointer beside the spec, but not the spec', async () => {
    const repo = temporaryRepository();
    repo.write({
      ...baseFiles(),
      '.GOV/ROLE_MAILBOX/threads/t-1.jsonl': '{"message_id":"m-1"}\n',
      '.GOV/receipts/log.jsonl': '{}\n',
      '.GOV/spec/SPEC_CURRENT.md': '**Demo_Spec_v02.137.md**\n',
      '.GOV/spec/Demo_Spec_v02.137.md': '# 1\n',
      '.GOV/spec/modules/01-a.md': '# 1\n',
      '.GOV/spec/modules/indexed-spec-manifest.json': '{}\n',
    });
    repo.git('add', '--all');
    for (const snapshot of [worktreeSnapshot(repo.root), await indexSnapshot(repo.root)]) {
      const tree = await readTree(snapshot);
      expect(tree.files.map(({ path }) => path).filter((path) => !(path in baseFiles()))).toEqual([
        '.GOV/ROLE_MAILBOX/threads/t-1.jsonl',
        '.GOV/spec/SPEC_CURRENT.md',
      ]);
      expect([tree.pointer?.spec?.text, tree.mailbox?.threads.length]).toEqual(['Demo_Spec_v02.137.md', 1]);
    }
  });

  it('a merge conflict is a finding of its own', async () => {
    const tree = await treeOf({ ...baseFiles(), [STUB]: { unreadable: 'unmerged' } });
    expect(problems(tree)).toContain(
      `${STUB}:1:1 error tree/unmerged Unexpected merge conflict that is not resolved, expected a file that is merged (git add marks it so)`,
    );
  });

  const { [BOARD]: board, [REGISTRY]: registry, ...stubs } = baseFiles() as Record<string, string>;
  const records = '.GOV/roles_shared/records';
  const none = { folder: '.GOV', globs: {} };
  it.each([
    ['no board', { ...stubs, [REGISTRY]: registry! }, none, [BOARD]],
    ['no registry', { ...stubs, [BOARD]: board! }, none, [REGISTRY]],
    ['neither', stubs, none, [BOARD, REGISTRY]],
    [
      'neither, in the layout of June',
      stubs,
      { ...none, preset: 'june' as const },
      [`${records}/TASK_BOARD.md`, `${records}/WP_TRACEABILITY_REGISTRY.md`],
    ],
    [
      'neither, where the configuration has them',
      baseFiles(),
      { ...none, globs: { board: ['b/*.md'], registry: ['reg.md'] } },
      ['.GOV/b/*.md', '.GOV/reg.md'],
    ],
    [
      'both, where the configuration has them',
      { ...stubs, '.GOV/b/x.md': board!, '.GOV/reg.md': registry! },
      { ...none, globs: { board: ['b/*.md'], registry: ['reg.md'] } },
      [],
    ],
    ['both, and not judged', baseFiles(), { ...none, ignore: [BOARD, REGISTRY] }, []],
    ['a refinement alone', { '.GOV/refinements/WP-1-A-v1.md': '# x\n' }, none, [BOARD]],
  ])('work packets and %s', async (_, files, layout, missing) => {
    const tree = await treeOf(files, { layout: layoutOf(layout) });
    const told = problems(tree).filter((line) => line.includes('tree/'));
    expect(told).toEqual(
      missing.map(
        (path) => `${path}:1:1 error tree/unreadable Unexpected absence, expected a file that can be read`,
      ),
    );
  });

  it.each([
    ['task_packets/stubs/WP-1-Delta-v1.MD', 'task_packets/stubs/WP-1-Delta-v1.md'],
    ['task_packets/stubs/sub/WP-1-Delta-v1.md', 'task_packets/stubs/WP-1-Delta-v1.md'],
    ['task_packets/Stubs/WP-1-Delta-v1.md', 'task_packets/stubs/WP-1-Delta-v1.md'],
    ['task_packets/WP-1-Delta-v1.Md', 'task_packets/WP-1-Delta-v1.md'],
    ['task_packets/a/b/wp-1-delta-v1.mD', 'task_packets/wp-1-delta-v1.md'],
    ['refinements/sub/WP-1-Delta-v1.md', 'refinements/WP-1-Delta-v1.md'],
    ['refinements/WP-1-Delta-v1.MD', 'refinements/WP-1-Delta-v1.md'],
  ])('%s is named like a work packet and none', async (path, expected) => {
    expect(problems(await treeOf({ ...baseFiles(), [`.GOV/${path}`]: '# x\n' }))).toEqual([
      `.GOV/${path}:1:1 warning tree/look-alike Unexpected file named like a work packet, expected it at .GOV/${expected}`,
    ]);
  });

  it.each([
    'task_packets/WP-1-Delta-v1/MT-001.md',
    'task_packets/WP-1-Delta-v1/draft_microtasks/WP-1-Delta-v1-MT-001.md',
    'task_packets/WP-1-Delta-v1/WP-1-Delta-v1.MD',
    'task_packets/WP-1-Delta-v1.contract.json',
    'task_packets/_archive/WP-1-Delta-v1.md',
    'task_packets/stubs/archive/WP-1-Delta-v1.md',
    'task_packets/stubs/sub/README.MD',
    'refinements/sub/notes.md',
    'audits/WP-1-Delta-v1.md',
  ])("%s is nobody's work packet", async (path) => {
    expect(problems(await treeOf({ ...baseFiles(), [`.GOV/${path}`]: '{}\n' }))).toEqual([]);
  });

  it('a file that is named like a work packet where the configuration keeps none is its own affair', async () => {
    const layout = layoutOf({ folder: '.GOV', globs: { stub: ['plans/*.md'] } });
    const files = { ...baseFiles(), '.GOV/task_packets/stubs/sub/WP-1-Delta-v1.md': '# x\n' };
    expect((await treeOf(files, { layout })).findings.map(({ rule }) => rule)).not.toContain(
      'tree/look-alike',
    );
  });

  it('reads from disk: a folder named like a stub, a path with a space', async () => {
    const root = temporaryFolder();
    writeTree(root, baseFiles());
    mkdirSync(join(root, '.GOV/task_packets/stubs/WP-1-Folder-v1.md'));
    const tree = await readTree(worktreeSnapshot(root), { concurrency: 2 });
    expect(problems(tree)).toEqual([
      '.GOV/task_packets/stubs/WP-1-Folder-v1.md:1:1 error tree/unreadable Unexpected folder, expected a file that can be read',
    ]);
    expect(tree.stubs.map(({ stem }) => stem)).toEqual(['WP-1-Demo-v1']);
  });
});
