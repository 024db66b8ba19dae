import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, parseSpecCurrent, type SpecIndex } from '../../../tools/spec/index.ts';
import { asNobody } from '../../support/nobody.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../../support/repository.ts';

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
    [
      'JSON with its type and its version',
      '{"schema": "handshake.spec_current@1", "entrypoint_path": "m.x",\n"entrypoint_type": "indexed_manifest", "version": "02.195", "previous_version": "v02.194", "resolver_index_path": "INDEX.json"}',
      { name: 'm.x', line: 1, version: 'v02.195', manifest: true },
    ],
    ['JSON, an empty path', '{"entrypoint_path": ""}', undefined],
    ['JSON, current_spec is null', '{"current_spec": null}', undefined],
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

describe.each(['.GOV/roles_shared', '.GOV/spec'])('a pointer in %s leads to a spec', (folder) => {
  const forms: [form: string, entry: string, pointer: string, files: Record<string, string>][] = [
    ['in Markdown', 'Acme_Master_Spec_v01.10.md', POINTER, { 'Acme_Master_Spec_v01.10.md': body('A') }],
    [
      'in JSON, to one file',
      'a.md',
      '{"schema":"handshake.spec_current@1","entrypoint_path":"a.md","version":"v01.10"}',
      { 'a.md': body('A') },
    ],
    [
      'in JSON, to a manifest',
      'm/a.md',
      '{"current_spec":{"entrypoint_path":"m/index.json","entrypoint_type":"indexed_manifest","version":"v01.10"}}',
      { 'm/index.json': '{"modules":[{"path":"a.md"}]}', 'm/a.md': body('A') },
    ],
    [
      'in JSON, to a manifest by another name',
      'm/a.md',
      '{"current_spec":{"entrypoint_path":"m/manifest","entrypoint_type":"indexed_manifest","version":"v01.10"}}',
      { 'm/manifest': '{"modules":[{"path":"a.md"}]}', 'm/a.md': body('A') },
    ],
    [
      'in JSON, to the folder of a manifest',
      'm/a.md',
      '{"current_spec":{"entrypoint_path":"m","entrypoint_type":"indexed_manifest","version":"v01.10"}}',
      { 'm/indexed-spec-manifest.json': '{"modules":[{"path":"a.md"}]}', 'm/a.md': body('A') },
    ],
    [
      'in JSON with a BOM and backslashes',
      'm/a.md',
      '\ufeff{"entrypoint_path":"m\\\\index.json","version":"v01.10"}',
      { 'm/index.json': '{"modules":[{"path":"a.md"}]}', 'm/a.md': body('A') },
    ],
  ];
  const places: [place: string, prefix: string][] = [
    ['beside it', `${folder}/`],
    ['in the root', ''],
    ['in .GOV/spec', '.GOV/spec/'],
  ];
  it.each(
    forms.flatMap(([form, entry, pointer, files]) =>
      places.map(([place, prefix]): [string, string, string, string, Record<string, string>] => [
        form,
        place,
        `${prefix}${entry} v01.10`,
        pointer,
        Object.fromEntries(Object.entries(files).map(([path, text]) => [prefix + path, text])),
      ]),
    ),
  )('%s, that stands %s', async (_form, _place, found, pointer, files) => {
    expect(await load({ [`${folder}/SPEC_CURRENT.md`]: pointer, ...files })).toBe(found);
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
      'by a SPEC_CURRENT.json',
      {
        '.GOV/spec/SPEC_CURRENT.json': '{"entrypoint_path":"Acme_Master_Spec_v01.10.md"}',
        [spec]: body('A'),
      },
      undefined,
      `${spec} v01.10`,
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

  const MODULE = '---\nschema: handshake.indexed_spec.module@1\nspec_version: v02.195\n---\n\n';
  const several: [name: string, files: string[], option: string, found: string][] = [
    ['--spec GLOB: by numbers', ['d/10-x.md', 'd/2-x.md', 'd/x.txt'], 'd/*.md', 'd/2-x.md+d/10-x.md'],
    [
      '--spec GLOB: a chapter before its parts',
      ['d/07-a.md', 'd/07-6-b.md', 'd/08-a.md'],
      'd/*.md',
      'd/07-a.md+d/07-6-b.md+d/08-a.md',
    ],
    ['--spec GLOB: only Markdown', ['d/1-x.md', 'd/2-x.json'], 'd/*', 'd/1-x.md'],
    ['--spec GLOB: no transfer', ['d/1-x.md', 'd/_transfer/2-x.md'], '**/*.md', 'd/1-x.md'],
    ['--spec GLOB: braces', ['a/1-x.md', 'b/2-x.md', 'c/3-x.md'], '{a,c}/*.md', 'a/1-x.md+c/3-x.md'],
    [
      '--spec GLOB below a folder that looks like one',
      ['d [x]/1-x.md', 'd x/2-x.md'],
      'd [x]/1-x.md',
      'd [x]/1-x.md',
    ],
    ['--spec DIR: modules by name', ['d/10-x.md', 'd/2-x.md', 'd/README.md'], 'd', 'd/2-x.md+d/10-x.md'],
    [
      '--spec DIR: modules by front matter too',
      ['d/1-x.md', 'd/module.md', 'd/README.md'],
      'd',
      'd/1-x.md+d/module.md',
    ],
    [
      '--spec DIR: the newest of whole specs, not modules',
      ['d/1-x.md', 'd/A_Spec_v1.9.md', 'd/A_Spec_v1.10.md'],
      'd',
      'd/A_Spec_v1.10.md',
    ],
  ];
  it.each(several)('%s', async (_name, paths, option, found) => {
    const texts = paths.map((path) => [path, `${path.includes('module') ? MODULE : ''}${body(path)}`]);
    const [files] = (await load(Object.fromEntries(texts), option)).split(/ \S+$/);
    expect(files).toBe(found);
  });
  it('the version of modules is that of their front matter', async () => {
    expect(await load({ 'd/1-x.md': body('A'), 'd/2-x.md': MODULE + body('B') }, 'd')).toBe(
      'd/1-x.md+d/2-x.md v02.195',
    );
  });
  it('a glob is looked for where it was typed, then in the root, and outside', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    writeTree(root, { 'a/1-x.md': body('Root'), 'b/2-x.md': body('Root'), 'sub/a/1-x.md': body('Sub') });
    writeTree(outside, { 'spec (1)/10-x.md': body('A'), 'spec (1)/9-x.md': body('A') });
    const files = async (spec: string): Promise<string> => {
      const index = await loadSpec(worktreeSnapshot(root), { root, cwd: join(root, 'sub'), spec });
      return `${index.source}: ${index.files.map(({ path }) => path).join('+')}`;
    };
    expect([
      await files('a/*.md'),
      await files('b/*.md'),
      await files('../a/*.md'),
      await files(join(outside, 'spec*/*.md')),
    ]).toEqual([
      'sub/a/*.md: sub/a/1-x.md',
      'b/*.md: b/2-x.md',
      'a/*.md: a/1-x.md',
      `${join(outside, 'spec*/*.md')}: spec (1)/9-x.md+spec (1)/10-x.md`,
    ]);
  });
  it('REV:PATH: a file, a manifest, a folder or a glob of the commit', async () => {
    const repository = temporaryRepository();
    repository.commit({
      'm/index.json': '{"spec_version":"v2.0","modules":[{"path":"2-b.md"},{"path":"1-a.md"}]}',
      'm/1-a.md': body('A'),
      'm/2-b.md': body('B'),
      'f/indexed-spec-manifest.json': '{"modules":[{"path":"x.md"}]}',
      'f/x.md': body('X'),
    });
    repository.git('rm', '-r', '--quiet', 'm', 'f');
    repository.commit({ 'm/3-c.md': body('C') });
    const { root } = repository;
    const of = async (spec: string): Promise<string> => {
      const index = await loadSpec(worktreeSnapshot(root), { root, spec });
      return `${index.source} ${index.files.map(({ path }) => path).join('+')} ${index.version}`;
    };
    expect([
      await of('HEAD~1:m/1-a.md'),
      await of('HEAD~1:m/index.json'),
      await of('HEAD~1:m'),
      await of('HEAD~1:m/*.md'),
      await of('HEAD~1:f'),
      await of('HEAD:m'),
    ]).toEqual([
      'HEAD~1:m/1-a.md m/1-a.md unknown',
      'HEAD~1:m/index.json m/2-b.md+m/1-a.md v2.0',
      'HEAD~1:m m/1-a.md+m/2-b.md unknown',
      'HEAD~1:m/*.md m/1-a.md+m/2-b.md unknown',
      'HEAD~1:f f/x.md unknown',
      'HEAD:m m/3-c.md unknown',
    ]);
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
  it.each([
    ['', '--spec: Unexpected empty path, expected FILE, DIR, REV:PATH or a glob'],
    ['a.md', '--spec a.md: no such file, expected FILE, DIR, REV:PATH or a glob'],
    [
      'folder',
      '--spec folder: no Master Spec in this folder, expected indexed-spec-manifest.json, X_Spec_vN.md or modules named NN-slug.md',
    ],
    ['folder/*.txt', '--spec folder/*.txt: no Markdown file matches'],
    ['nowhere/**', '--spec nowhere/**: no Markdown file matches'],
    ['/nowhere/at/all/*.md', '--spec /nowhere/at/all/*.md: no Markdown file matches'],
  ])('--spec "%s" is a wrong argument', async (spec, message) => {
    expect(await failure({ 'folder/a.md': '', 'folder/b.txt': '', 'folder/deep/01-x.md': '' }, spec)).toEqual(
      new UsageError(message),
    );
  });
  it('a module that is a folder is an error with its place', async () => {
    const error = (await failure({ 'd/01-a.md': body('A'), 'd/02-b.md/x.md': '' }, 'd')) as TreeError;
    expect([error.finding.rule, error.finding.place.file, error.message]).toEqual([
      'spec/unreadable',
      'd/02-b.md',
      'Unexpected d/02-b.md: a folder, expected a spec that can be read',
    ]);
  });
  it('a folder that a glob leads through and that is a link is an error, not an absence', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'real/01-a.md': body('A'), 'd/02-b.md': body('B') });
    symlinkSync(join(root, 'real'), join(root, 'd/link'));
    const error = await loadSpec(worktreeSnapshot(root), { root, spec: 'd/**/*.md' }).catch(
      (caught: unknown) => caught,
    );
    expect((error as TreeError).message).toBe(
      'Unexpected d/link: a link to a folder, expected a spec that can be read',
    );
  });
});
