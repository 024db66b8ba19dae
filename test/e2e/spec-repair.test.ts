import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { specRepairSchema } from '../../tools/cli/schemas/spec-repair.ts';
import { gov, type Result } from '../support/gov.ts';
import { type Repository, temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const SPEC = '.GOV/spec/Acme_Spec_v2.md';
const SOUND = '# 1. Acme\n\nsee §4.1 – and “so on”\n\n## 1.1 Café → Bar\n';
const BROKEN = '# 1. Acme\n\nsee Â§4.1 â€“ and â€œso onâ€\u009d\n\n## 1.1 CafÃ© â†’ Bar\n';

let repository: Repository;
const repair = (...args: string[]): Result => gov(repository.root, ['spec', 'repair', ...args]);
const read = (path = SPEC): string => readFileSync(join(repository.root, path), 'utf8');

beforeEach(() => {
  repository = temporaryRepository();
  repository.write({
    '.GOV/spec/SPEC_CURRENT.md': 'Current authoritative Master Specification: **Acme_Spec_v2.md**\n',
    [SPEC]: BROKEN,
  });
});

describe('gov spec repair', () => {
  it('repairs the spec in force, says so, and has nothing to do a second time', () => {
    const first = repair();
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toBe(
      [
        SPEC,
        '  3  Â§ → §   see §4.1 – and “so on”',
        '  5  Ã© → é   ## 1.1 Café → Bar',
        '',
        'repaired 2 lines in 1 file',
        'sha1 and sha256 of the bytes change, and what pins them; fingerprints of clauses do not',
        'next   gov check',
        '',
      ].join('\n'),
    );
    expect(read()).toBe(SOUND);
    const { ino, mtimeMs } = statSync(join(repository.root, SPEC));
    expect(repair()).toEqual({ code: 0, out: 'nothing to repair · 1 file\n', err: '' });
    expect(repair('--quiet')).toEqual({ code: 0, out: '', err: '' });
    expect(statSync(join(repository.root, SPEC))).toMatchObject({ ino, mtimeMs });
    expect(readdirSync(join(repository.root, '.GOV/spec')).sort()).toEqual([
      'Acme_Spec_v2.md',
      'SPEC_CURRENT.md',
    ]);
  });

  it.each([
    ['--dry-run', 0],
    ['--check', 1],
  ])('%s writes nothing: exit %i', (flag, code) => {
    const done = repair(flag);
    expect(done.code).toBe(code);
    expect(done.out).toContain('to repair 2 lines in 1 file\nnext   gov spec repair\n');
    expect(read()).toBe(BROKEN);
    repair();
    expect(repair(flag)).toMatchObject({ code: 0, out: 'nothing to repair · 1 file\n' });
  });

  it.each([
    ['BOM and CRLF', '\ufeffÂ§1\r\n§2\r\n', '\ufeff§1\r\n§2\r\n'],
    ['mixed line ends, none at the end', 'Â§1\r\nÂ§2\nÂ§3', '§1\r\n§2\n§3'],
  ])('keeps %s', (_name, before, after) => {
    repository.write({ [SPEC]: before });
    expect(repair().code).toBe(0);
    expect(read()).toBe(after);
  });

  it('refuses lines that do not give themselves back: listed, untouched, exit 1, now and again', () => {
    repository.write({ [SPEC]: 'Â§1\nhalf §Â§\nit\ufffds gone\n' });
    const done = repair();
    expect(done.code).toBe(1);
    expect(done.out).toContain('  2  refused: §Â§ is half sound, half broken\n');
    expect(done.out).toContain('  3  lost: U+FFFD stands for a character that is gone\n');
    expect(done.out).toContain('repaired 1 line in 1 file · 2 lines left as they are\n');
    expect(read()).toBe('§1\nhalf §Â§\nit\ufffds gone\n');
    const again = repair();
    expect(again.code).toBe(1);
    expect(again.out).toContain('nothing to repair · 2 lines left as they are\n');
    expect(again.out).not.toContain('next');
  });

  it('a long list is cut, and --json has all of it', () => {
    repository.write({ [SPEC]: 'Â§1\n'.repeat(200) });
    const { out } = repair('--dry-run');
    expect(out.split('\n').length).toBeLessThan(12);
    expect(out).toContain('  … and 195 more\n');
    const report = specRepairSchema.parse(JSON.parse(repair('--json').out));
    expect(report.files[0]?.repaired).toHaveLength(200);
  });

  it('counts as many lines as there are', () => {
    repository.write({ [SPEC]: 'Â§1\n'.repeat(200_000) });
    const { code, out, err } = repair();
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('\n       1  Â§ → §   §1\n');
    expect(out).toContain('repaired 200000 lines in 1 file\n');
  });

  it('a file that may not be written: one line, and none is', () => {
    repository.write({ '.GOV/a.md': 'Â§a\n', '.GOV/b.md': 'Â§b\n' });
    chmodSync(join(repository.root, '.GOV/b.md'), 0o444);
    expect(repair('.GOV/a.md', '.GOV/b.md')).toEqual({
      code: 2,
      out: '',
      err: 'gov: .GOV/b.md is read-only, expected a file that can be written; nothing was changed: chmod u+w .GOV/b.md, then run it again\n',
    });
    expect([read('.GOV/a.md'), read('.GOV/b.md')]).toEqual(['Â§a\n', 'Â§b\n']);
    expect(repair('--dry-run', '.GOV/b.md').code).toBe(0);
  });

  it('--json is as its schema says', () => {
    repository.write({ [SPEC]: 'see Â§1\n§Â§\n' });
    const { code, out } = repair('--json');
    expect(code).toBe(1);
    expect(specRepairSchema.parse(JSON.parse(out))).toEqual({
      schema: 'govkit.spec-repair@1',
      applied: true,
      files: [
        {
          path: SPEC,
          sha256: {
            before: expect.stringMatching(/^[0-9a-f]{64}$/),
            after: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          repaired: [{ line: 1, column: 5, found: 'Â§', expected: '§' }],
          refused: [{ line: 2, column: 1, found: '§Â§', why: 'mixed' }],
        },
      ],
      counts: { repaired: 1, refused: 1, changed: 1 },
    });
    expect(JSON.parse(repair('--json', '--dry-run').out)).toMatchObject({ applied: false });
  });

  it('files that are named, from where they are named, each once; permissions and links stay', () => {
    repository.write({ '.GOV/a.md': 'Â§a\n', '.GOV/b.md': 'Â§b\n' });
    chmodSync(join(repository.root, '.GOV/a.md'), 0o640);
    symlinkSync('b.md', join(repository.root, '.GOV/link.md'));
    const { code, out } = gov(join(repository.root, '.GOV'), ['spec', 'repair', 'a.md', './a.md', 'link.md']);
    expect([code, out.includes('repaired 2 lines in 2 files')]).toEqual([0, true]);
    expect([read('.GOV/a.md'), read('.GOV/b.md'), read()]).toEqual(['§a\n', '§b\n', BROKEN]);
    expect(statSync(join(repository.root, '.GOV/a.md')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(repository.root, '.GOV/link.md')).isSymbolicLink()).toBe(true);
  });

  it('--spec names the spec', () => {
    repository.write({ 'Other_Spec_v1.md': 'Â§1\n' });
    expect(repair('--spec', 'Other_Spec_v1.md').code).toBe(0);
    expect([read('Other_Spec_v1.md'), read()]).toEqual(['§1\n', BROKEN]);
  });

  it('a spec of modules is repaired module by module', () => {
    repository.write({
      '.GOV/spec/SPEC_CURRENT.md': JSON.stringify({
        entrypoint_path: '.GOV/spec/m/indexed-spec-manifest.json',
      }),
      '.GOV/spec/m/indexed-spec-manifest.json': JSON.stringify({
        modules: [{ path: 'a.md' }, { path: 'b.md' }],
      }),
      '.GOV/spec/m/a.md': '# 1. A\n\nÂ§1\n',
      '.GOV/spec/m/b.md': '# 2. B\n\nsound §\n',
    });
    expect(repair().out).toContain('repaired 1 line in 1 file\n');
    expect([read('.GOV/spec/m/a.md'), read('.GOV/spec/m/b.md')]).toEqual([
      '# 1. A\n\n§1\n',
      '# 2. B\n\nsound §\n',
    ]);
  });

  it('wrong calls: one line, nothing written', () => {
    repository.commit({});
    const outside = temporaryFolder();
    writeTree(outside, { 'x.md': 'Â§1\n' });
    const cases: [args: string[], message: string][] = [
      [
        [`HEAD:${SPEC}`],
        `gov: HEAD:${SPEC}: no such file, expected one of the work tree (what stands in git is not rewritten)`,
      ],
      [
        ['--spec', `HEAD:${SPEC}`],
        `gov: HEAD:${SPEC}: no such file, expected one of the work tree (what stands in git is not rewritten)`,
      ],
      [['none.md'], 'gov: none.md: no such file'],
      [['.GOV'], 'gov: .GOV: a folder, expected a text file'],
      [
        [join(outside, 'x.md')],
        `gov: ${join(outside, 'x.md')} stands outside of ${repository.root}, expected a file inside it`,
      ],
    ];
    for (const [args, message] of cases)
      expect(repair(...args)).toEqual({ code: 2, out: '', err: `${message}\n` });
    expect([read(), readFileSync(join(outside, 'x.md'), 'utf8')]).toEqual([BROKEN, 'Â§1\n']);
  });

  it('one file that is no UTF-8: none is written', () => {
    repository.write({ '.GOV/a.md': 'Â§a\n', '.GOV/b.md': Uint8Array.from([0x41, 0x96]) });
    const { code, out } = repair('.GOV/a.md', '.GOV/b.md');
    expect(code).toBe(1);
    expect(out).toContain(
      '1:2  error    text/not-utf8  Unexpected byte 0x96, expected UTF-8; nothing written',
    );
    expect(read('.GOV/a.md')).toBe('Â§a\n');
  });
});

describe('gov check', () => {
  const rules = (...args: string[]): string[] =>
    (JSON.parse(gov(repository.root, ['check', '--json', ...args]).out).findings as { rule: string }[])
      .map(({ rule }) => rule)
      .filter((rule) => rule.startsWith('spec/double'));

  it('refuses a version that brings double encoding in, on disk, staged and committed, until it is repaired', () => {
    repository.write({ [SPEC.replace('v2', 'v1')]: SOUND });
    const both = ['spec/double-encoding-new', 'spec/double-encoding'];
    expect(rules()).toEqual(both);
    expect(gov(repository.root, ['check']).code).toBe(1);
    repository.git('add', '--all');
    expect(rules('--staged')).toEqual(both);
    repository.commit({});
    expect(rules('--rev', 'HEAD')).toEqual(both);
    // Once committed it is no longer new, and whoever stages something else does not answer for it.
    expect(rules('--staged')).toEqual([]);
    repair();
    expect(rules()).toEqual([]);
  });
});
