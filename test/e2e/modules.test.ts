import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleOf, cutLines, indexOf, type Layout, laidOut } from '../spec/sections/layout.ts';
import { gov } from '../support/gov.ts';
import { temporaryRepository } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const WHOLE = '.GOV/spec/Handshake_Master_Spec_v02.137.md';
const FOLDER = '.GOV/spec/master-spec-v02.137';
const MANIFEST = `${FOLDER}/indexed-spec-manifest.json`;
const WP = 'WP-1-Session-Spawn-Contract-v1';

/** The project's own tree, with its spec as a bundle of modules behind a JSON pointer. */
function splitTree(layout: Layout) {
  const repository = temporaryRepository();
  cpSync(join(project, '.GOV'), join(repository.root, '.GOV'), { recursive: true });
  cpSync(join(project, 'gov.config.yaml'), join(repository.root, 'gov.config.yaml'));
  for (const gone of [WHOLE, '.GOV/roles_shared/SPEC_CURRENT.md']) rmSync(join(repository.root, gone));
  const text = readFileSync(join(project, WHOLE), 'utf8');
  const cuts = cutLines(indexOf(laidOut(text)), [1, 2]);
  repository.write(bundleOf(laidOut(text, { ...layout, cuts, frontMatter: true }), 'master-spec-v02.137'));
  const linesOf = (path: string): string[] =>
    readFileSync(join(repository.root, path), 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
  return { ...repository, linesOf };
}

const json = (root: string, args: readonly string[], code = 0) => {
  const done = gov(root, [...args, '--json']);
  expect({ args, code: done.code, err: done.err }).toEqual({ args, code, err: '' });
  return JSON.parse(done.out);
};
/** What the whole spec answers; every layout is held against it. */
const answers = new Map<string, ReturnType<typeof json>>();
const ofWhole = (...args: string[]): ReturnType<typeof json> => {
  const key = args.join(' ');
  if (!answers.has(key)) answers.set(key, json(project, args));
  return answers.get(key);
};
type Section = { number: string | null; title: string; file: string; line: number; fingerprint: string };
type Result = { status: string; section: Section };

describe.each<[name: string, layout: Layout]>([
  ['LF', {}],
  ['CRLF and BOM', { eol: '\r\n', bom: true }],
])('a spec of modules, %s', (_name, layout) => {
  it('check: clean, as the whole one is', () => {
    const { root } = splitTree(layout);
    const report = json(root, ['check']);
    expect(report.findings.filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([]);
    expect(report.stats.spec).toMatchObject({
      version: 'v02.137',
      file: `${FOLDER}/spec-modules/00-part.md`,
    });
    expect(report.stats.spec.sections).toBe(ofWhole('check').stats.spec.sections);
  });

  it('resolve: every anchor, with the fingerprint of the whole spec and its place in its module', () => {
    const { root, linesOf } = splitTree(layout);
    const whole: Result[] = ofWhole('spec', 'resolve', '--stubs').results;
    const split: Result[] = json(root, ['spec', 'resolve', '--stubs']).results;
    expect(split.map(({ status }) => status)).toEqual(Array(10).fill('UNIQUE'));
    expect(split.map(({ section }) => section.fingerprint)).toEqual(
      whole.map(({ section }) => section.fingerprint),
    );
    for (const { section } of split) {
      expect(linesOf(section.file)[section.line - 1]).toContain(`${section.number} ${section.title}`);
    }
  });

  it('list and show: the same sections and text, each with its file', () => {
    const { root } = splitTree(layout);
    const named = ({ sections }: { sections: Section[] }) =>
      sections.map(({ number, title }) => `${number} ${title}`);
    const listed = json(root, ['spec', 'list']);
    expect(named(listed)).toEqual(named(ofWhole('spec', 'list')));
    expect(listed.sections.find(({ number }: Section) => number === '7')).toMatchObject({
      file: `${FOLDER}/spec-modules/07-part.md`,
      endFile: `${FOLDER}/spec-modules/09-part.md`,
    });
    const text = gov(root, ['spec', 'list']).out.split('\n');
    expect(text[0]).toBe(`${FOLDER}/spec-modules/00-part.md`);
    expect(text.length).toBeLessThan(82);
    const show = ['spec', 'show', '7. User Experience'];
    const [whole, split] = [ofWhole(...show), json(root, show)];
    expect(split.fingerprint).toBe(whole.fingerprint);
    expect(split.text).toBe(whole.text);
    expect(split.endFile).toBe(`${FOLDER}/spec-modules/09-part.md`);
  });

  it('codegen: the same types and events, with their evidence at the same text', () => {
    const { root, linesOf } = splitTree(layout);
    const whole = JSON.parse(gov(project, ['codegen', '--print', 'ir']).out);
    const split = JSON.parse(gov(root, ['codegen', '--print', 'ir']).out);
    const evidence: string[] = [];
    const settle = (value: unknown, lines: (path: string) => string[]): unknown => {
      if (Array.isArray(value)) return value.map((one) => settle(one, lines));
      if (typeof value !== 'object' || value === null) return value;
      const { file, line, ...rest } = value as { file?: string; line?: number };
      const entries = Object.entries(rest).map(([key, one]) => [key, settle(one, lines)]);
      if (file === undefined || line === undefined) return { file, line, ...Object.fromEntries(entries) };
      const text = lines(file)[line - 1];
      evidence.push(file);
      return { at: text, ...Object.fromEntries(entries) };
    };
    const own = (path: string): string[] => readFileSync(join(project, path), 'utf8').split('\n');
    expect(settle({ ...split, spec: 0 }, linesOf)).toEqual(settle({ ...whole, spec: 0 }, own));
    expect(evidence.filter((file) => file.includes('spec-modules')).length).toBeGreaterThan(300);
    expect(json(root, ['codegen']).counts).toEqual(ofWhole('codegen', '--check').counts);
    json(root, ['codegen', '--check']);
  });

  it('wp refine: windows are lines of the module that the anchor names', () => {
    const { root, linesOf } = splitTree(layout);
    const { writes } = json(root, ['wp', 'refine', WP, '--dry-run']);
    const { text } = writes.find(({ path }: { path: string }) => path === `.GOV/refinements/${WP}.md`);
    const anchors = [
      ...text.matchAll(
        /SPEC_ANCHOR: (\S+) .+\n- CONTEXT_START_LINE: (\d+)\n- CONTEXT_END_LINE: (\d+)\n- CONTEXT_TOKEN: (.+)/g,
      ),
    ];
    expect(anchors).toHaveLength(5);
    for (const [, name, from, to, token] of anchors) {
      const lines = linesOf(`${FOLDER}/spec-modules/${name}`);
      expect(lines[Number(from) - 1]).toContain(token);
      expect(Number(to)).toBeLessThan(lines.length);
    }
    expect(text).toContain(` -> ${MANIFEST}\n`);
  });
});

describe('a bundle that is not as its manifest says', () => {
  const PART = `${FOLDER}/spec-modules/04-part.md`;

  it('a changed module is a warning of gov check, and what it says counts', () => {
    const { root, write, linesOf } = splitTree({});
    write({
      [PART]: readFileSync(join(root, PART), 'utf8').replace('max_spawn_depth', 'max_depth'),
    });
    expect(gov(root, ['spec', 'show', '4.3.9.15.4']).out).toContain('  max_depth: int');
    const done = gov(root, ['check']);
    const at = linesOf(MANIFEST).findIndex(
      (line, index, all) => line.includes('"sha256"') && all[index - 1]?.includes('04-part.md'),
    );
    expect(done.code).toBe(0);
    expect(done.out).toContain(`${MANIFEST}\n  ${at + 1}:1  warning  spec/manifest-mismatch  `);
    expect(done.out).toContain(`Unexpected content of ${PART}, expected sha256 `);
    expect(done.out).toContain('next   gov explain spec/manifest-mismatch');
  });

  it('a module that is gone is an error at the line that lists it', () => {
    const { root, linesOf } = splitTree({});
    rmSync(join(root, PART));
    const line = linesOf(MANIFEST).findIndex((text) => text.includes('04-part.md')) + 1;
    const { findings } = json(root, ['check'], 1);
    expect(findings[0]).toMatchObject({
      rule: 'spec/unreadable',
      place: { file: MANIFEST, line },
      message: `Unexpected ${PART}: no such file, expected a spec that can be read`,
    });
  });

  it('without the manifest the folder, a glob and a commit are read as modules in their order', () => {
    const { root, git } = splitTree({});
    rmSync(join(root, MANIFEST));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'modules');
    const modules = `${FOLDER}/spec-modules`;
    const sections = (spec: string): number => json(root, ['spec', 'list', '--spec', spec]).sections.length;
    const all = ofWhole('spec', 'list').sections.length;
    expect([
      sections(modules),
      sections(`${modules}/*.md`),
      sections(`HEAD:${modules}`),
      sections(`HEAD:${modules}/*.md`),
    ]).toEqual([all, all, all, all]);
  });

  it.each([
    ['docs/*.md', 'gov: --spec docs/*.md: no Markdown file matches\n'],
    [
      '.GOV/roles',
      'gov: --spec .GOV/roles: no Master Spec in this folder, expected indexed-spec-manifest.json, X_Spec_vN.md or modules named NN-slug.md\n',
    ],
  ])('--spec %s is a wrong call', (spec, err) => {
    const { root } = splitTree({});
    expect(gov(root, ['check', '--spec', spec])).toEqual({ code: 2, out: '', err });
  });
});
