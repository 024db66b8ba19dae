import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, parseSpecCurrent } from '../../tools/spec/index.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const POINTER = 'The current authoritative Master Specification is:\n\n**Acme_Master_Spec_v01.10.md**\n';
const body = (title: string): string => `# ${title}\n## 1.1 ${title}\n`;

async function load(files: Record<string, string | Uint8Array>, spec?: string): Promise<string> {
  const root = temporaryFolder();
  writeTree(root, files);
  const index = await loadSpec(worktreeSnapshot(root), { root, ...(spec !== undefined && { spec }) });
  return `${index.files.map((file) => file.path).join('+')} ${index.version}`;
}

async function failure(files: Record<string, string | Uint8Array>, spec?: string): Promise<unknown> {
  return load(files, spec).then(
    (found) => `found ${found}`,
    (error: unknown) => error,
  );
}

describe('parseSpecCurrent', () => {
  const cases: [name: string, text: string, expected: unknown][] = [
    [
      'Markdown: the first bold file after the marker',
      `**Other.md**\n\n${POINTER}`,
      { name: 'Acme_Master_Spec_v01.10.md', line: 5 },
    ],
    ['Markdown without a marker: the first bold file', '# X\n**A B.md**', { name: 'A B.md', line: 2 }],
    ['CRLF', POINTER.replaceAll('\n', '\r\n'), { name: 'Acme_Master_Spec_v01.10.md', line: 3 }],
    ['JSON', '{\n"entrypoint_path": "a/m.json"}', { name: 'a/m.json', line: 2 }],
    ['JSON, nested', '{"current_spec":\n{"entrypoint_path": "a.md"}}', { name: 'a.md', line: 2 }],
    ['nothing', '# X\n', undefined],
    ['broken JSON', '{', undefined],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    expect(parseSpecCurrent(text)).toEqual(expected);
  });
});

describe('loadSpec finds the spec', () => {
  const spec = 'Acme_Master_Spec_v01.10.md';
  const current = '.GOV/roles_shared/SPEC_CURRENT.md';
  const cases: [name: string, files: Record<string, string>, option: string | undefined, found: string][] = [
    [
      'beside SPEC_CURRENT.md',
      { [current]: POINTER, [`.GOV/roles_shared/${spec}`]: body('A') },
      undefined,
      `.GOV/roles_shared/${spec} v01.10`,
    ],
    ['in the root', { [current]: `\ufeff${POINTER}`, [spec]: body('A') }, undefined, `${spec} v01.10`],
    [
      'in .GOV/spec',
      { [current]: POINTER, [`.GOV/spec/${spec}`]: body('A') },
      undefined,
      `.GOV/spec/${spec} v01.10`,
    ],
    [
      'by the other SPEC_CURRENT.md',
      { '.GOV/spec/SPEC_CURRENT.md': POINTER, [spec]: body('A') },
      undefined,
      `${spec} v01.10`,
    ],
    ['--spec FILE', { 'a [x].md': body('A') }, 'a [x].md', 'a [x].md unknown'],
    [
      '--spec FILE with front matter',
      { 'a.md': `---\nspec_version: v02.195\n---\n${body('A')}` },
      'a.md',
      'a.md v02.195',
    ],
    [
      '--spec DIR: the newest',
      { 'd/X_Spec_v1.9.md': body('A'), 'd/X_Spec_v1.10.md': body('B') },
      'd',
      'd/X_Spec_v1.10.md v1.10',
    ],
    [
      'a folder of modules, in the order of its manifest',
      {
        '.GOV/spec/SPEC_CURRENT.md': '{"current_spec":{"entrypoint_path":"s-v02.195/m.json"}}',
        '.GOV/spec/s-v02.195/m.json':
          '{"modules":[{"module_id":"b","path":"b.md"},{"module_id":"a","path":"a.md"}],"reconstruction":{"module_order":["a","b"]}}',
        '.GOV/spec/s-v02.195/a.md': body('A'),
        '.GOV/spec/s-v02.195/b.md': body('B'),
      },
      undefined,
      '.GOV/spec/s-v02.195/a.md+.GOV/spec/s-v02.195/b.md v02.195',
    ],
  ];
  it.each(cases)('%s', async (_name, files, option, found) => {
    expect(await load(files, option)).toBe(found);
  });
  it('--spec REV:PATH reads from git', async () => {
    const repository = temporaryRepository();
    const commit = repository.commit({ 'a_Spec_v1.0.md': body('Old') });
    repository.commit({ 'a_Spec_v1.0.md': body('New') });
    const { root } = repository;
    const index = await loadSpec(worktreeSnapshot(root), { root, spec: `${commit}:a_Spec_v1.0.md` });
    expect([index.source, index.version, index.sections[0]?.title]).toEqual([
      `${commit}:a_Spec_v1.0.md`,
      'v1.0',
      'Old',
    ]);
  });
  it('--spec with an absolute path outside the repository', async () => {
    const outside = temporaryFolder();
    writeTree(outside, { 'a_Spec_v1.0.md': body('A') });
    expect(await load({}, join(outside, 'a_Spec_v1.0.md'))).toBe('a_Spec_v1.0.md v1.0');
  });
  it('knows the versioned spec files of the tree', async () => {
    const root = temporaryFolder();
    writeTree(root, {
      [spec]: body('A'),
      '.GOV/spec/Acme_Master_Spec_v01.09.md': body('A'),
      'AUDIT_v1.md': '',
    });
    const index = await loadSpec(worktreeSnapshot(root), { root, spec });
    expect(index.specFiles).toEqual(['Acme_Master_Spec_v01.09.md', spec]);
  });
});

describe('loadSpec without a spec', () => {
  const current = '.GOV/roles_shared/SPEC_CURRENT.md';
  const cases: [
    name: string,
    files: Record<string, string | Uint8Array>,
    rule: string,
    line: number,
    message: string,
  ][] = [
    [
      'no SPEC_CURRENT.md',
      {},
      'spec/missing',
      1,
      'Unexpected missing SPEC_CURRENT.md, expected it at .GOV/roles_shared/SPEC_CURRENT.md or .GOV/spec/SPEC_CURRENT.md',
    ],
    [
      'SPEC_CURRENT.md names no spec',
      { [current]: '# X\n' },
      'spec/missing',
      1,
      'Unexpected SPEC_CURRENT.md without a spec, expected **FILE.md** or JSON with "entrypoint_path"',
    ],
    [
      'the named file is not there',
      { [current]: POINTER },
      'spec/missing',
      3,
      'Unexpected missing spec file "Acme_Master_Spec_v01.10.md", expected it at .GOV/roles_shared/Acme_Master_Spec_v01.10.md or Acme_Master_Spec_v01.10.md or .GOV/spec/Acme_Master_Spec_v01.10.md',
    ],
    [
      'the spec is no UTF-8',
      { [current]: POINTER, 'Acme_Master_Spec_v01.10.md': Uint8Array.of(35, 32, 10, 0x96) },
      'spec/unreadable',
      2,
      'Unexpected byte 0x96, expected UTF-8',
    ],
    [
      'the manifest names no modules',
      { [current]: '{"entrypoint_path":"m.json"}', 'm.json': '{}' },
      'spec/unreadable',
      1,
      'Unexpected manifest without modules, expected a spec that can be read',
    ],
    [
      'a module is not there',
      { [current]: '{"entrypoint_path":"m.json"}', 'm.json': '{"modules":[{"path":"a.md"}]}' },
      'spec/unreadable',
      1,
      'Unexpected a.md: no such file, expected a spec that can be read',
    ],
  ];
  it.each(cases)('%s', async (_name, files, rule, line, message) => {
    const error = await failure(files);
    expect(error).toBeInstanceOf(TreeError);
    const { finding } = error as TreeError;
    expect([finding.rule, finding.severity, finding.place.line, finding.message]).toEqual([
      rule,
      'error',
      line,
      message,
    ]);
  });
  it('--spec that is not there is a wrong argument', async () => {
    expect(await failure({}, 'a.md')).toEqual(
      new UsageError('--spec a.md: no such file, expected FILE, DIR or REV:PATH'),
    );
  });
});
