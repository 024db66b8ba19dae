import { describe, expect, it } from 'vitest';
import {
  buildIndex,
  changeOf,
  diffSpecs,
  fingerprintOf,
  ownFingerprintOf,
  sectionsByNumber,
  specFileOf,
} from '../../../tools/spec/index.ts';
import { fixtureIndex, SPEC } from '../spec-fixture.ts';
import { prose, specOf, told } from './specs.ts';

const X = prose('x');
const Y = prose('y');
const Z = prose('z');

describe('what became of a section', () => {
  const cases: [name: string, a: string, b: string, expected: string[]][] = [
    ['nothing changed', `# 1. A\n## 1.1 B\n${X}\n`, `# 1. A\n## 1.1 B\n${X}\n`, []],
    [
      'a word changed: the clause, and it is below all around it',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n## 1.2 D\n`,
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y.replace('beta', 'BETA')}\n## 1.2 D\n`,
      ['CHANGED 1.1.1 C'],
    ],
    [
      'a line put before: what follows is moved',
      `# 1. A\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`,
      `# 1. A\n${Z}\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`,
      ['CHANGED 1 A', 'MOVED 1.1 B', 'MOVED 1.2 C'],
    ],
    [
      'a clause at the end',
      `# 1. A\n## 1.1 B\n${X}\n`,
      `# 1. A\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`,
      ['NEW 1.2 C'],
    ],
    ['a clause went', `# 1. A\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`, `# 1. A\n## 1.1 B\n${X}\n`, ['GONE 1.2 C']],
    [
      'its number and its text at once',
      `# 1. A\n## 1.1 B\n${X}\n`,
      `# 1. A\n## 1.2 B\n${X.replace('beta', 'BETA')}\n`,
      ['RENUMBERED 1.1 B → 1.2 (changed)'],
    ],
    [
      'a clause put before others: they shift, and the number taken is told',
      `# 1. A\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`,
      `# 1. A\n## 1.1 New\n${Z}\n## 1.2 B\n${X}\n## 1.3 C\n${Y}\n`,
      [
        'NEW 1.1 New [1.1 was "B", which is 1.2 now]',
        'RENUMBERED 1.1 B → 1.2 [1.1 is now "New"]',
        'RENUMBERED 1.2 C → 1.3 [1.2 is now "B"]',
      ],
    ],
    [
      'clauses without text of their own shift by their titles',
      '# 1. A\n## 1.1 Request\n## 1.2 Response\n',
      '# 1. A\n## 1.1 Intro\n## 1.2 Request\n## 1.3 Response\n',
      [
        'NEW 1.1 Intro [1.1 was "Request", which is 1.2 now]',
        'RENUMBERED 1.1 Request → 1.2 [1.1 is now "Intro"]',
        'RENUMBERED 1.2 Response → 1.3 [1.2 is now "Request"]',
      ],
    ],
    [
      'a number given to another clause: gone and new, never changed',
      `# 1. A\n## 1.1 Spawn limits\n${X}\n`,
      `# 1. A\n## 1.1 Crash recovery\n${Y}\n`,
      [
        'GONE 1.1 Spawn limits [1.1 is now "Crash recovery"]',
        'NEW 1.1 Crash recovery [1.1 was "Spawn limits"]',
      ],
    ],
    [
      'another title over the same text',
      `# 1. A\n## 1.1 Spawn limits\n${X}\n`,
      `# 1. A\n## 1.1 Caps\n${X}\n`,
      ['CHANGED 1.1 Spawn limits "Caps"'],
    ],
    [
      'another title, like the old one, over other text',
      `# 1. A\n## 1.1 Spawn limits\n${X}\n`,
      `# 1. A\n## 1.1 Spawn limits and caps\n${Y}\n`,
      ['CHANGED 1.1 Spawn limits "Spawn limits and caps"'],
    ],
    [
      'the same text under another number and title',
      `# 1. A\n## 1.1 Spawn\n${X}\n`,
      `# 1. A\n## 1.7 Caps\n${X}\n`,
      ['RENUMBERED 1.1 Spawn → 1.7 "Caps" (changed)'],
    ],
    [
      'a renumbered parent takes its children along, which it does not count as changes below',
      `# 7. A\n## 7.5 B\n${X}\n### 7.5.3 C\n### 7.5.4 D\n${Y}\n#### 7.5.4.1 E\n`,
      `# 7. A\n## 7.6 B\n${X}\n### 7.6.3 C\n### 7.6.4 D\n${Y}\n#### 7.6.4.1 E\n`,
      [
        'RENUMBERED 7.5 B → 7.6',
        'RENUMBERED 7.5.3 C → 7.6.3',
        'RENUMBERED 7.5.4 D → 7.6.4',
        'RENUMBERED 7.5.4.1 E → 7.6.4.1',
      ],
    ],
    [
      'a parent without text is found by its children; sub-titles that repeat stay with their parents',
      `# 7. A\n## 7.9 Alpha\n### 7.9.1 Purpose\n${X}\n## 7.10 Beta\n### 7.10.1 Purpose\n${Y}\n`,
      `# 7. A\n## 7.9 New\n### 7.9.1 Purpose\n${Z}\n## 7.10 Alpha\n### 7.10.1 Purpose\n${X}\n## 7.11 Beta\n### 7.11.1 Purpose\n${Y}\n`,
      [
        'NEW 7.9 New [7.9 was "Alpha", which is 7.10 now]',
        'NEW 7.9.1 Purpose [7.9.1 was "Purpose", which is 7.10.1 now]',
        'RENUMBERED 7.9 Alpha → 7.10 [7.9 is now "New"]',
        'RENUMBERED 7.9.1 Purpose → 7.10.1 [7.9.1 is now "Purpose"]',
        'RENUMBERED 7.10 Beta → 7.11 [7.10 is now "Alpha"]',
        'RENUMBERED 7.10.1 Purpose → 7.11.1 [7.10.1 is now "Purpose"]',
      ],
    ],
    [
      'the same when the children were edited too',
      `# 7. A\n## 7.9 Alpha\n### 7.9.1 Purpose\n${X}\n## 7.10 Beta\n### 7.10.1 Purpose\n${Y}\n`,
      `# 7. A\n## 7.9 New\n### 7.9.1 Purpose\n${Z}\n## 7.10 Alpha\n### 7.10.1 Purpose\n${X}!\n## 7.11 Beta\n### 7.11.1 Purpose\n${Y}!\n`,
      [
        'NEW 7.9 New [7.9 was "Alpha", which is 7.10 now]',
        'NEW 7.9.1 Purpose [7.9.1 was "Purpose", which is 7.10.1 now]',
        'RENUMBERED 7.9 Alpha → 7.10 +1 below [7.9 is now "New"]',
        'RENUMBERED 7.9.1 Purpose → 7.10.1 (changed) [7.9.1 is now "Purpose"]',
        'RENUMBERED 7.10 Beta → 7.11 +1 below [7.10 is now "Alpha"]',
        'RENUMBERED 7.10.1 Purpose → 7.11.1 (changed) [7.10.1 is now "Purpose"]',
      ],
    ],
    [
      'a clause in another chapter: moved, and below both',
      `# 1. A\n## 1.1 B\n${X}\n## 4.2 C\n${Y}\n# 4. D\n## 4.1 E\n${Z}\n`,
      `# 1. A\n## 1.1 B\n${X}\n# 4. D\n## 4.1 E\n${Z}\n## 4.2 C\n${Y}\n`,
      ['MOVED 4 D +1 below', 'MOVED 4.1 E', 'MOVED 4.2 C'],
    ],
    [
      'one number twice, with one title: told apart by their text',
      `# 1. A\n## 1.1 Shape\n${X}\n## 1.1 Shape\n${Y}\n`,
      `# 1. A\n## 1.1 Shape\n${Y}\n## 1.1 Shape\n${X}!\n`,
      ['MOVED 1.1 Shape', 'CHANGED 1.1 Shape'],
    ],
    [
      'headings without a number: by their parent, and by their order in it',
      `# 1. A\n## 1.1 B\n### Notes\n${X}\n## 1.2 C\n### Notes\n${Y}\n### Notes\n`,
      `# 1. A\n## 1.1 B\n### Notes\n${X}\n## 1.2 C\n### Notes\n${Y}!\n### Notes\n### Notes\n`,
      ['CHANGED Notes', 'NEW Notes'],
    ],
    [
      'a copy in an archive is new; the clause that was edited is changed',
      `# 1. A\n## 1.1 B\n${X}\n`,
      `# 1. A\n## 1.1 B\n${X}!\n# 9. Archive\n## 1.1 B\n${X}\n`,
      ['CHANGED 1.1 B', 'NEW 9 Archive', 'NEW 1.1 B'],
    ],
    [
      'the same when the clause was renumbered as well',
      `# 1. A\n## 1.1 B\n${X}\n`,
      `# 1. A\n## 1.2 B\n${X}!\n# 9. Archive\n## 9.1 B\n${X}\n`,
      ['RENUMBERED 1.1 B → 1.2 (changed)', 'NEW 9 Archive', 'NEW 9.1 B'],
    ],
    [
      'a parent with another number and another title is found by its children, before their numbers mislead',
      `# 7. A\n## 7.9 Alpha\n### 7.9.1 Purpose\n${X}\n`,
      `# 7. A\n## 7.9 New\n### 7.9.1 Purpose\n${Z}\n## 7.10 Omega\n### 7.10.1 Purpose\n${X}\n`,
      [
        'NEW 7.9 New [7.9 was "Alpha", which is 7.10 now]',
        'NEW 7.9.1 Purpose [7.9.1 was "Purpose", which is 7.10.1 now]',
        'RENUMBERED 7.9 Alpha → 7.10 "Omega" (changed) [7.9 is now "New"]',
        'RENUMBERED 7.9.1 Purpose → 7.10.1 [7.9.1 is now "Purpose"]',
      ],
    ],
    [
      'below a renumbered parent, clauses without text keep their place in the numbers',
      `# 7. A\n## 7.5 B\n${X}\n### 7.5.3 Notes\n### 7.5.4 Notes\n`,
      `# 7. A\n## 7.6 B\n${X}\n### 7.6.4 Notes\n`,
      ['RENUMBERED 7.5 B → 7.6 +1 below', 'GONE 7.5.3 Notes', 'RENUMBERED 7.5.4 Notes → 7.6.4'],
    ],
    ['a number taken off', `# 1. A\n## 1.1 B\n${X}\n`, `# 1. A\n## B\n${X}\n`, ['RENUMBERED 1.1 B → none']],
    [
      'children in another order',
      `# 1. A\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n## 1.3 D\n${Z}\n`,
      `# 1. A\n## 1.3 D\n${Z}\n## 1.1 B\n${X}\n## 1.2 C\n${Y}\n`,
      ['MOVED 1.3 D', 'MOVED 1.1 B', 'MOVED 1.2 C'],
    ],
    ['a tag is text', `# 1. A\n## 1.1 B\n${X}\n`, `# 1. A\n## 1.1 B (Normative)\n${X}\n`, ['CHANGED 1.1 B']],
    [
      'what stands behind a template fence belongs to the section around it',
      `# 1. A\n## 1.1 B\n\`\`\`\`md\n# 5. T\n${X}\n\`\`\`\`\n${Y}\n## 1.2 C\n`,
      `# 1. A\n## 1.1 B\n\`\`\`\`md\n# 5. T\n${X}\n\`\`\`\`\n${Y}!\n## 1.2 C\n`,
      ['CHANGED 1.1 B'],
    ],
    ['an empty spec, and a whole one', '', `# 1. A\n## 1.1 B\n`, ['NEW 1 A', 'NEW 1.1 B']],
    [
      'the first to go is told first',
      `# 1. A\n${X}\n# 2. B\n${Y}\n`,
      `# 2. B\n${Y}\n`,
      ['GONE 1 A', 'MOVED 2 B'],
    ],
  ];
  it.each(cases)('%s', (_name, a, b, expected) => {
    const tree = told(a, b).filter((line) => !line.startsWith('SAME'));
    expect(tree).toEqual(expected);
  });
});

describe('below: what an anchor to a whole section must know', () => {
  const old = specOf(
    `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n#### 1.1.1.1 D\n${Z}\n## 1.2 E\n### 1.2.1 F\n`,
  );
  const cases: [name: string, text: string, below: Record<string, number>][] = [
    [
      'changed',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n#### 1.1.1.1 D\n${Z}!\n## 1.2 E\n### 1.2.1 F\n`,
      { 1: 1, 1.1: 1, '1.1.1': 1 },
    ],
    [
      'added, and one with another below it',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n#### 1.1.1.1 D\n${Z}\n## 1.2 E\n### 1.2.1 F\n### 1.2.2 G\n#### 1.2.2.1 H\n`,
      { 1: 2, 1.2: 2 },
    ],
    [
      'gone',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n## 1.2 E\n### 1.2.1 F\n`,
      { 1: 1, 1.1: 1, '1.1.1': 1 },
    ],
    [
      'put elsewhere: below the one it left, the one it came to, and once below both',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n## 1.2 E\n#### 1.1.1.1 D\n${Z}\n### 1.2.1 F\n`,
      { 1: 1, 1.1: 1, '1.1.1': 1, 1.2: 1 },
    ],
    [
      'in another order',
      `# 1. A\n## 1.2 E\n### 1.2.1 F\n## 1.1 B\n${X}\n### 1.1.1 C\n${Y}\n#### 1.1.1.1 D\n${Z}\n`,
      { 1: 1 },
    ],
    [
      'renumbered below one that was not',
      `# 1. A\n## 1.1 B\n${X}\n### 1.1.7 C\n${Y}\n#### 1.1.7.1 D\n${Z}\n## 1.2 E\n### 1.2.1 F\n`,
      { 1: 1, 1.1: 1 },
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    const diff = diffSpecs(old, specOf(text));
    const below = diff.sections.filter((change) => change.below > 0);
    expect(Object.fromEntries(below.map((change) => [change.from!.number, change.below]))).toEqual(expected);
  });
});

describe('what is no change', () => {
  const old = fixtureIndex();
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const index = (data: Uint8Array, name = 'Acme_Master_Spec_v01.03.md') =>
    buildIndex(name, [specFileOf(name, data)]);
  const all = { SAME: old.sections.length, MOVED: 0, CHANGED: 0, RENUMBERED: 0, GONE: 0, NEW: 0 };

  it('the same spec', () => expect(diffSpecs(old, old).counts).toEqual(all));

  it.each([
    ['line ends', bytes(SPEC.replaceAll('\n', '\r\n'))],
    ['a BOM', bytes(`\ufeff${SPEC}`)],
    ['trailing blanks', bytes(SPEC.replaceAll('\n', '  \n').replaceAll('```  ', '```'))],
  ])('%s', (_name, data) => expect(diffSpecs(old, index(data)).counts).toEqual(all));

  it.each([
    ['front matter', `---\nspec_version: v01.03\n---\n${SPEC}`],
    ['more blank lines between two clauses', SPEC.replace('Text of purpose.\n', 'Text of purpose.\n\n\n')],
  ])('%s moves and nothing else', (_name, text) => {
    const { counts } = diffSpecs(old, index(bytes(text)));
    expect({ ...counts, SAME: 0, MOVED: counts.SAME + counts.MOVED }).toEqual({
      ...all,
      SAME: 0,
      MOVED: all.SAME,
    });
    expect(counts.MOVED).toBeGreaterThan(0);
  });

  it('double encoding', () => {
    const text = '# 1. A\n## 1.1 B § C — “D”\nas §4.2 says ↔ “always”\n';
    const twice = new TextDecoder('windows-1252').decode(bytes(text));
    expect(twice).toContain('Â§');
    expect(diffSpecs(specOf(text), specOf(twice)).counts).toEqual({ ...all, SAME: 2 });
  });

  it('one file split into modules: every section is found, moved at most', () => {
    const cut = SPEC.indexOf('# 7. Work');
    const parts = [SPEC.slice(0, cut), SPEC.slice(cut)].map((text, at) =>
      specFileOf(`master-spec-v01.03/spec-modules/0${at}.md`, bytes(text)),
    );
    const { counts } = diffSpecs(old, buildIndex('master-spec-v01.03', parts));
    expect(counts.CHANGED + counts.RENUMBERED + counts.GONE + counts.NEW).toBe(0);
  });

  it('a version in the name of a module', () => {
    const modules = (version: string) =>
      buildIndex(
        'x',
        ['# 1. A\n', '# 2. B\n'].map((text, at) => specFileOf(`x/0${at}_spec_${version}.md`, bytes(text))),
      );
    expect(diffSpecs(modules('v01.02'), modules('v01.03')).counts).toEqual({ ...all, SAME: 2 });
  });
});

it('a section in another file is moved', () => {
  const modules = (first: string, second: string) =>
    buildIndex(
      'x',
      [first, second].map((text, at) => specFileOf(`x/0${at}.md`, new TextEncoder().encode(text))),
    );
  const { sections } = diffSpecs(modules('# 1. A\n', '# 2. B\n'), modules('# 2. B\n', '# 1. A\n'));
  expect(sections.map(({ change }) => change)).toEqual(['MOVED', 'MOVED']);
});

it('SAME and MOVED keep the own fingerprint; with nothing below, the whole one', () => {
  const diff = diffSpecs(
    fixtureIndex(),
    fixtureIndex(SPEC.replace('Text of purpose.', 'Text.\nOf purpose.')),
  );
  for (const { change, from, to, below } of diff.sections) {
    const same = ownFingerprintOf(diff.from, from!) === ownFingerprintOf(diff.to, to!);
    expect([to!.number, same]).toEqual([to!.number, change !== 'CHANGED']);
    const whole = fingerprintOf(diff.from, from!) === fingerprintOf(diff.to, to!);
    expect([to!.number, whole]).toEqual([to!.number, change !== 'CHANGED' && below === 0]);
  }
});

it('changeOf finds the change of a section of either spec', () => {
  const diff = diffSpecs(specOf(`# 1. A\n## 1.1 B\n${X}\n`), specOf(`# 1. A\n## 1.2 B\n${X}\n`));
  const [from] = sectionsByNumber(diff.from, '1.1');
  const [to] = sectionsByNumber(diff.to, '1.2');
  expect(changeOf(diff, from!)).toBe(changeOf(diff, to!));
  expect(changeOf(diff, from!).change).toBe('RENUMBERED');
  expect(() => changeOf(diff, specOf('# 1. A\n').sections[0]!)).toThrow('the section is of neither spec');
});
