import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestors,
  buildIndex,
  fingerprintOf,
  ownLines,
  type SpecIndex,
  type SpecSection,
  specFileOf,
  stretchesOf,
} from '../../../tools/spec/index.ts';
import { repairLine } from '../../../tools/text/index.ts';
import { SPEC } from '../spec-fixture.ts';
import { cutLines, indexOf, type Layout, laidOut, meaningOf } from './layout.ts';

const OWN = readFileSync(
  join(import.meta.dirname, '../../../.GOV/spec/Handshake_Master_Spec_v02.137.md'),
  'utf8',
).replaceAll('\r\n', '\n');

const fence = '```';
/** A spec whose traps stand where a file may begin: addenda, comments, templates, back matter, no last line end. */
const TRAPS = `Preamble before any heading.

# Acme Master Specification v01.02
<!-- a comment
## 0.1 hidden
-->
# 1. Vision
**Addendum: 1.9 First**
of the first
**Addendum: 1.10 Second**
## 1.1 Purpose
${fence}md
# Template
## 1.7 Pasted
${fence}yaml
A: 1
${fence}
${fence}
~~~text
# 1.2 no heading
~~~
### 1.1.1 Deep

## 1.2 Right after
text
# 2. Work
**Addendum: 2.9 Before the matrix**
## 2.6 Coverage Matrix

| Section | Title | Main Body Authority | Phases |
|---|---|---|---|
| 1.1 | Purpose | YES | P1 |
| 2.6 | Matrix | NO | P1 |

## 2.7 Roadmap
### 2.7.1 Phase 1
# 3. Shared
## Appendix: Notes
## 9. Archive
### 9.3 Bundles
## 10. More of the archive
# 4. After the back matter
## 4.1 No line end at the end`;

const SPECS: [name: string, text: string][] = [
  ['the project’s own spec', OWN],
  ['a spec with every trap of the real one', SPEC],
  ['a spec with traps at its seams', TRAPS],
];

describe.each(SPECS)('%s: one index in every layout', (_name, text) => {
  const whole = indexOf(laidOut(text));
  const expected = meaningOf(whole);
  const chapters = cutLines(whole, [1]);
  const sections = cutLines(whole, [1, 2]);
  const deep = cutLines(whole, [1, 2, 3, 4, 5, 6]);

  it('there is something to cut', () => {
    expect(whole.sections.length).toBeGreaterThan(15);
    expect(chapters.length).toBeGreaterThan(2);
    expect(sections.length).toBeGreaterThan(chapters.length);
  });

  const layouts: [name: string, layout: Layout][] = [
    ['with front matter', { frontMatter: true }],
    ['in chapters', { cuts: chapters }],
    ['in chapters, with front matter', { cuts: chapters, frontMatter: true }],
    ['in sections, with front matter', { cuts: sections, frontMatter: true }],
    ['a file per heading', { cuts: deep }],
  ];
  const ends: [eol: NonNullable<Layout['eol']>, bom: boolean][] = [
    ['\n', false],
    ['\n', true],
    ['\r\n', false],
    ['\r\n', true],
    ['mixed', true],
  ];
  it.each(
    [['whole', {}] as [string, Layout], ...layouts].flatMap(([name, layout]) =>
      ends.map(([eol, bom]): [string, string, boolean, Layout] => [
        name,
        JSON.stringify(eol),
        bom,
        { ...layout, eol, bom },
      ]),
    ),
  )('%s, line end %s, BOM %s', (_, __, ___, layout) => {
    expect(meaningOf(indexOf(laidOut(text, layout)))).toEqual(expected);
  });

  it('cut anywhere at a heading', () => {
    fc.assert(
      fc.property(
        fc.subarray(deep),
        fc.constantFrom(...ends),
        fc.boolean(),
        (cuts, [eol, bom], frontMatter) => {
          const index = indexOf(laidOut(text, { cuts, eol, bom, frontMatter }));
          expect(meaningOf(index)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('every section tells where it stands, file by file', () => {
    const cut = indexOf(laidOut(text, { cuts: sections, frontMatter: true }));
    cut.sections.forEach((section, id) => {
      const stretches = stretchesOf(cut, section);
      const first = stretches[0]!;
      const last = stretches.at(-1)!;
      expect([first.file.path, first.line]).toEqual([section.file, section.line]);
      expect([last.file.path, last.endLine]).toEqual([section.endFile ?? section.file, section.endLine]);
      expect(first.file.lines[first.line - 1]).toBe(whole.files[0]!.lines[whole.sections[id]!.line - 1]);
      expect(section.endFile).not.toBe(section.file);
    });
    expect(cut.sections.some((section) => section.endFile !== undefined)).toBe(true);
  });
});

describe('a fingerprint changes with the clause and with nothing else', () => {
  const lines = OWN.split('\n');
  const whole = indexOf(laidOut(OWN));
  const cuts = cutLines(whole, [1, 2]);
  const before = prints(whole);

  function prints(index: SpecIndex): string[] {
    return index.sections.map((section) => fingerprintOf(index, section));
  }

  /** Ids of the sections whose fingerprint is another one when the line is replaced. */
  function changedBy(line: number, text: string, layout: Layout): number[] {
    const changed = lines.with(line - 1, text).join('\n');
    const after = prints(indexOf(laidOut(changed, layout)));
    expect(after).toHaveLength(before.length);
    return after.flatMap((print, id) => (print === before[id] ? [] : [id]));
  }

  function itAndAround(section: SpecSection): number[] {
    return [section, ...ancestors(whole.sections, section)].map(({ id }) => id).sort((a, b) => a - b);
  }

  /** Every word of the section's own text, as line and column. */
  function words(section: SpecSection): { line: number; at: number; word: string }[] {
    return ownLines(whole, section).flatMap((text, offset) =>
      offset === 0 || /^\s*(?:[`~]{3}|---)/.test(text)
        ? []
        : [...text.matchAll(/[A-Za-z]{3,}/g)].map(({ 0: word, index: at }) => ({
            line: section.line + offset,
            at,
            word,
          })),
    );
  }

  const clauses = whole.sections.filter((section) => words(section).length > 0);

  it('one word of one clause: the clause and what is around it, whole or in modules', () => {
    expect(clauses.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.constantFrom(...clauses), fc.nat(), fc.boolean(), (section, pick, split) => {
        const all = words(section);
        const { line, at, word } = all[pick % all.length]!;
        const old = lines[line - 1]!;
        const text = `${old.slice(0, at)}${word}Changed${old.slice(at + word.length)}`;
        expect(changedBy(line, text, split ? { cuts, frontMatter: true } : {})).toEqual(itAndAround(section));
      }),
      { numRuns: 120 },
    );
  });

  it('a default in a comment of a schema', () => {
    const line = lines.findIndex((text) => /max_spawn_depth:.*#.*\b3\b/.test(text)) + 1;
    const section = whole.sections.findLast((one) => one.line <= line && one.endLine >= line)!;
    expect(section.number).toMatch(/^4\.3\.9\.15/);
    const text = lines[line - 1]!.replace(/(#.*)\b3\b/, '$14');
    expect(changedBy(line, text, {})).toEqual(itAndAround(section));
    expect(changedBy(line, text, { cuts })).toEqual(itAndAround(section));
  });

  const blank = /^\s*$/;
  const same: [name: string, rewrite: (line: string) => string][] = [
    ['trailing blanks', (line) => (blank.test(line) ? line : `${line} \t `)],
    ['runs of blank lines', (line) => (blank.test(line) ? '\n\n' : line)],
    ['blanks on blank lines', (line) => (blank.test(line) ? '   ' : line)],
  ];
  it.each(same)('not with %s', (_name, rewrite) => {
    const text = lines.map(rewrite).join('\n');
    expect(text).not.toBe(OWN);
    expect(prints(indexOf(laidOut(text)))).toEqual(before);
  });

  it('not with double encoding', () => {
    const sound = OWN.replaceAll(' the ', ' – §4 “the” ');
    const twice = new TextDecoder('windows-1252');
    let encoded = 0;
    const text = sound
      .split('\n')
      .map((line) => {
        const wrong = twice.decode(new TextEncoder().encode(line));
        if (wrong === line || repairLine(wrong)?.text !== line) return line;
        encoded++;
        return wrong;
      })
      .join('\n');
    expect(encoded).toBeGreaterThan(300);
    expect(prints(indexOf(laidOut(text, { cuts })))).toEqual(prints(indexOf(laidOut(sound))));
  });

  it('but with indentation', () => {
    const line = lines.findIndex((text) => /^ {2}max_spawn_depth:/.test(text)) + 1;
    expect(changedBy(line, ` ${lines[line - 1]}`, {}).length).toBeGreaterThan(1);
  });
});

describe('modules', () => {
  const of = (...texts: string[]): SpecIndex =>
    buildIndex(
      'x',
      texts.map((text, at) => specFileOf(`${at}.md`, new TextEncoder().encode(text))),
    );
  const rows = (index: SpecIndex): string[] =>
    index.sections.map(
      ({ number, file, line, endFile, endLine, parent, kind }) =>
        `${number ?? '-'} ${file}:${line} to ${endFile ?? file}:${endLine} in ${parent ?? '-'} ${kind}`,
    );

  it('a module that begins with ## goes on under the # of the module before', () => {
    const index = of(
      '# 7. Work\n## 7.5 Templates\ntext\n',
      '---\na: b\n---\n\n## 7.6 Roadmap\n### 7.6.1 P\n',
      '# 8. X\n',
    );
    expect(rows(index)).toEqual([
      '7 0.md:1 to 1.md:6 in - body',
      '7.5 0.md:2 to 0.md:3 in 0 body',
      '7.6 1.md:5 to 1.md:6 in 0 roadmap',
      '7.6.1 1.md:6 to 1.md:6 in 2 roadmap',
      '8 2.md:1 to 2.md:1 in - body',
    ]);
  });
  it('text before the first heading of a module belongs to the section before', () => {
    const index = of('# 1. A\n', 'more of A\n# 2. B\n', '', 'more of B\n');
    expect(rows(index)).toEqual(['1 0.md:1 to 1.md:1 in - body', '2 1.md:2 to 3.md:1 in - body']);
    expect(stretchesOf(index, index.sections[1]!).map(({ file }) => file.path)).toEqual([
      '1.md',
      '2.md',
      '3.md',
    ]);
  });
  it('fences end with their file, and the next module is read as if nothing had been open', () => {
    const index = of('# 1. A\n```md\n## 1.1 Inside\n', '## 1.2 Outside\n');
    expect(rows(index)).toEqual([
      '1 0.md:1 to 1.md:1 in - body',
      '1.1 0.md:3 to 0.md:3 in 0 body',
      '1.2 1.md:1 to 1.md:1 in 0 body',
    ]);
    expect(index.sections.map(({ container }) => container)).toEqual([undefined, 2, undefined]);
    expect(index.findings.map(({ place }) => `${place.file}:${place.line}`)).toEqual(['0.md:2']);
  });
  it('a stray fence whose proof is in the next module is an unclosed one, with a finding', () => {
    const index = of('# 1. A\n```\ntext\n', '## 1.1 B\n');
    expect(rows(index)).toEqual(['1 0.md:1 to 1.md:1 in - body', '1.1 1.md:1 to 1.md:1 in 0 body']);
    expect(index.findings.map(({ args }) => args.repair)).toEqual(['R5']);
  });
  it('back matter goes on in the next module, up to a heading of level 1', () => {
    const index = of('# 1. A\n## Appendix: N\n', '## 9. Archive\n', '# 2. B\n## 2.1 C\n');
    expect(index.sections.map(({ kind }) => kind)).toEqual(['body', 'appendix', 'appendix', 'body', 'body']);
  });
  it('the first heading of a module counts, though it has no number; `# comment` lines after it do not', () => {
    const index = of('# Spec\n', '# Glossary\n# ADD v02.1\ntext\n');
    expect(index.sections.map(({ title }) => title)).toEqual(['Spec', 'Glossary']);
  });
  it('a matrix is found in the module where its section ends', () => {
    const table = '| Section | Title | Main Body Authority |\n|---|---|---|\n| 1 | A | YES |\n';
    const index = of('# 1. A\n## 1.1 Coverage Matrix\n', table);
    expect(index.matrix).toEqual([
      { number: '1', title: 'A', authority: 'YES', phases: [], file: '1.md', line: 3 },
    ]);
    expect(index.sections[0]?.authority).toBe('YES');
  });
  it('hashes of several files are over theirs, in order', () => {
    const index = of('# 1. A\n', '# 2. B\n');
    const turned = buildIndex('x', index.files.toReversed());
    expect(index.sha1).toMatch(/^[0-9a-f]{40}$/);
    expect([index.sha1, index.sha256, index.digest]).not.toEqual([turned.sha1, turned.sha256, turned.digest]);
    expect(of('# 1. A\n').sha1).toBe(index.files[0]?.sha1);
  });
});
