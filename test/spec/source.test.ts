import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, parseSpecCurrent, type SpecIndex } from '../../tools/spec/index.ts';
import { asNobody } from '../support/nobody.ts';
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
    [
      'not what a comment or a code fence holds',
      `<!-- ${POINTER} -->\n\`\`\`md\n${POINTER}\`\`\`\n<!--\n${POINTER}\n-->\n**B.md**\n`,
      { name: 'B.md', line: 16 },
    ],
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
  it('--spec is looked for where it was typed, then in the root', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'a.md': body('Root'), 'b.md': body('Root'), 'sub/a.md': body('Sub') });
    const title = async (spec: string): Promise<string | undefined> => {
      const index = await loadSpec(worktreeSnapshot(root), { root, cwd: join(root, 'sub'), spec });
      return `${index.source} ${index.sections[0]?.title}`;
    };
    expect([await title('a.md'), await title('b.md'), await title('../a.md')]).toEqual([
      'sub/a.md Sub',
      'b.md Root',
      'a.md Root',
    ]);
  });
  it('a folder whose name is a pattern', async () => {
    expect(await load({ 'd (1) [x]/A_Spec_v1.0.md': body('A') }, 'd (1) [x]')).toBe(
      'd (1) [x]/A_Spec_v1.0.md v1.0',
    );
  });
  it('a link and a folder outside the repository, named by the caller', async () => {
    const outside = temporaryFolder();
    const far = temporaryFolder();
    writeTree(far, { 'A_Spec_v1.1.md': body('A') });
    symlinkSync(join(far, 'A_Spec_v1.1.md'), join(outside, 'link.md'));
    expect(await load({}, join(outside, 'link.md'))).toBe('A_Spec_v1.1.md v1.1');
    expect(await load({}, far)).toBe('A_Spec_v1.1.md v1.1');
  });
  it('hashes the bytes that were read, and the text without what a checkout does to it', async () => {
    const repository = temporaryRepository();
    repository.git('config', 'core.autocrlf', 'false');
    const plain = body('A');
    const changed = `\ufeff${plain.replaceAll('\n', '\r\n')}`;
    repository.commit({ 'a.md': changed });
    repository.write({ 'a.md': plain });
    const { root } = repository;
    const of = async (spec: string): Promise<SpecIndex> => loadSpec(worktreeSnapshot(root), { root, spec });
    const hash = (name: string, text: string): string => createHash(name).update(text).digest('hex');
    for (const [spec, text] of [
      ['a.md', plain],
      ['HEAD:a.md', changed],
    ] as const) {
      const index = await of(spec);
      expect([index.sha256, index.files[0]?.sha1, index.digest]).toEqual([
        hash('sha256', text),
        hash('sha1', text),
        hash('sha256', plain),
      ]);
    }
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
      'SPEC_CURRENT.md leads out of the repository',
      { [current]: POINTER.replace('Acme', '../../../etc/Acme') },
      'spec/missing',
      3,
      'Unexpected spec path "../../../etc/Acme_Master_Spec_v01.10.md" that leads out of the repository, expected one inside it',
    ],
    [
      'SPEC_CURRENT.md is absolute',
      { [current]: '{\n"entrypoint_path":"/etc/passwd.md"}' },
      'spec/missing',
      2,
      'Unexpected spec path "/etc/passwd.md" that leads out of the repository, expected one inside it',
    ],
    [
      'SPEC_CURRENT.md names a folder without a spec',
      { [current]: '{\n"entrypoint_path":"spec"}', '.GOV/spec/spec/a.md': '' },
      'spec/missing',
      2,
      'Unexpected folder .GOV/spec/spec without a Master Spec file, expected a spec or a folder with indexed-spec-manifest.json',
    ],
    [
      'the manifest is no JSON',
      { [current]: '{"entrypoint_path":"m.json"}', 'm.json': '{' },
      'spec/unreadable',
      1,
      'Unexpected text that is no JSON, expected a manifest of modules',
    ],
    [
      'a module has no path',
      { [current]: '{"entrypoint_path":"m.json"}', 'm.json': '{"modules":[{}]}' },
      'spec/unreadable',
      1,
      'Unexpected module 1 without a path, expected a path for every module',
    ],
    ...['', '../../x.md', '/etc/passwd', 'x/../../../x.md'].map(
      (path): [string, Record<string, string>, string, number, string] => [
        `a module's path is "${path}"`,
        {
          [current]: '{"entrypoint_path":"s/m.json"}',
          's/m.json': `{"modules":[\n{"path":"${path}"}]}`,
          'x.md': '',
        },
        'spec/unreadable',
        2,
        `Unexpected module path "${path}", expected a path inside the repository, relative to the manifest`,
      ],
    ),
    [
      'a module is a folder',
      { [current]: '{"entrypoint_path":"m.json"}', 'm.json': '{"modules":[\n\n{"path":"s"}]}', 's/a.md': '' },
      'spec/unreadable',
      3,
      'Unexpected s: a folder, expected a spec that can be read',
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
  it.runIf(process.getuid?.() === 0)('what may not be read is told with its place', () => {
    const root = temporaryFolder();
    const spec = 'Acme_Master_Spec_v01.10.md';
    writeTree(root, {
      'pointer/.GOV/roles_shared/SPEC_CURRENT.md': POINTER,
      'folder/.GOV/roles_shared/SPEC_CURRENT.md': POINTER,
      [`folder/.GOV/spec/${spec}`]: body('A'),
      'beside/.GOV/roles_shared/SPEC_CURRENT.md': POINTER,
      [`beside/${spec}`]: body('A'),
      'beside/.GOV/spec/x.md': '',
      'file/.GOV/roles_shared/SPEC_CURRENT.md': POINTER,
      [`file/${spec}`]: body('A'),
      'dir/d/A_Spec_v1.0.md': body('A'),
    });
    for (const closed of ['folder/.GOV/spec', 'beside/.GOV/spec', `file/${spec}`, 'dir/d'])
      chmodSync(join(root, closed), 0);
    chmodSync(join(root, 'pointer/.GOV/roles_shared/SPEC_CURRENT.md'), 0);
    const seen = asNobody(
      root,
      ['spec'],
      `const seen = [];
       for (const name of ['pointer', 'folder', 'beside', 'file', 'dir']) {
         const root = process.cwd() + '/' + name;
         await loadSpec(worktreeSnapshot(root), { root, ...(name === 'dir' && { spec: 'd' }) }).catch((error) =>
           seen.push(error.finding ? error.finding.rule + ' ' + error.finding.place.file + ' ' + error.message : error));
       }
       console.log(JSON.stringify(seen));`,
    );
    expect(seen).toEqual([
      'spec/unreadable .GOV/roles_shared/SPEC_CURRENT.md Unexpected .GOV/roles_shared/SPEC_CURRENT.md: a file that may not be read, expected a file that names the spec',
      `spec/unreadable .GOV/spec/${spec} Unexpected .GOV/spec/${spec}: a file that may not be read, expected a spec that can be read`,
      'spec/unreadable .GOV/spec Unexpected .GOV/spec: a folder that may not be read, expected a spec that can be read',
      `spec/unreadable ${spec} Unexpected ${spec}: a file that may not be read, expected a spec that can be read`,
      'spec/unreadable d Unexpected d: a folder that may not be read, expected a spec that can be read',
    ]);
  });
  it.each(['', 'folder'])('--spec "%s" is a wrong argument', async (spec) => {
    expect(await failure({ 'folder/a.md': '' }, spec)).toBeInstanceOf(UsageError);
  });
  it('--spec that is not there is a wrong argument', async () => {
    expect(await failure({}, 'a.md')).toEqual(
      new UsageError('--spec a.md: no such file, expected FILE, DIR, REV:PATH or a glob'),
    );
  });
});
