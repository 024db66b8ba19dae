import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findingsSchema } from '../../tools/cli/schemas/findings.ts';
import { sectionSchema, sectionsSchema } from '../../tools/cli/schemas/section.ts';
import { lineOf, SPEC } from '../spec/spec-fixture.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const NAME = 'Acme_Master_Spec_v01.02.md';
const CLEAN = readFileSync(join(project, 'test/spec/lint/fixtures/clean.md'), 'utf8');

let root: string;

beforeEach(() => {
  root = temporaryFolder();
  writeTree(root, { [NAME]: SPEC });
});

const run = (...args: string[]) => gov(root, [...args, '--spec', NAME]);
const lines = (...args: string[]): string[] =>
  run(...args)
    .out.trimEnd()
    .split('\n');

describe('gov spec lint', () => {
  it('groups by rule, the worst first, and says how to go on', () => {
    const { code, out, err } = run('spec', 'lint');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${NAME}
spec/broken-fence       warning  1
  24:1  Unexpected fence: a stray fence without an opener: line 25 would be inside it, expected an opening fence before it (read by repair rule R1; without it 1 heading from line 25 on is lost)
spec/duplicate-number   warning  2
   9:5  Unexpected second heading 1.1.1, expected one; the first is at line 6
  57:6  Unexpected second heading 11.5.1, expected one; the first is at line 56
spec/in-template-fence  warning  1
  34:6  Unexpected 1.2.5 inside the template fence of line 31, expected outside: the Coverage Matrix says YES for its number
spec/matrix-missing     warning  1
  55:4  Unexpected 11.5 Events without a row, expected one in the Coverage Matrix at line 47
spec/matrix-title       warning  1
  49:1  Unexpected title "Spawn | more" in the row of 1.2.2, expected "Spawn" as in the heading
spec/misplaced-section  warning  1
  10:6  Unexpected 2.3.4 under 1.1.1, expected a number that begins with 1.1.1
spec/false-heading      info     1
  8:1  Unexpected heading "# ADD v01.02", expected a section number or a tag, or code in its fence
spec/level              info     1
  56:6  Unexpected level 4 below 11.5 (2 headings), expected level 3

0 errors, 7 warnings, 2 infos in v01.02, 32 sections
next   gov explain spec/duplicate-number
`);
  });

  it('--rule shows all of one rule, however many', () => {
    const twice = Array.from({ length: 100 }, (_, at) => `### 1.1.${(at % 50) + 1} Title ${at}`);
    writeTree(root, { [NAME]: `# 1. Vision\n## 1.1 Purpose\n${twice.join('\n')}\n` });
    const some = lines('spec', 'lint');
    expect(some).toContain('  … and 45 more (--rule spec/duplicate-number shows all)');
    const all = lines('spec', 'lint', '--rule', 'spec/duplicate-number');
    expect(all.filter((line) => line.includes('Unexpected second heading'))).toHaveLength(50);
    expect(all.at(-1)).toBe('next   gov explain spec/duplicate-number');
  });

  it('several rules', () => {
    const found = lines('spec', 'lint', '--rule', 'spec/level', '--rule', 'spec/matrix-title');
    expect(found.filter((line) => line.startsWith('spec/')).map((line) => line.split(' ')[0])).toEqual([
      'spec/matrix-title',
      'spec/level',
    ]);
  });

  it('--json is findings of every severity, complete', () => {
    const report = findingsSchema.parse(JSON.parse(run('spec', 'lint', '--json').out));
    expect(report.summary).toEqual({ error: 0, warning: 7, info: 2, baselined: 0 });
    expect(report.stats).toMatchObject({ files: 1, spec: { file: NAME, version: 'v01.02', sections: 32 } });
  });

  it('exits with 1 on a finding of severity error', () => {
    const module = { module_id: 'a', path: 'a.md' };
    writeTree(root, {
      'spec/indexed-spec-manifest.json': JSON.stringify({ modules: [module, module] }),
      'spec/a.md': '# 1. Vision\n',
    });
    const { code, out } = gov(root, ['spec', 'lint', '--spec', 'spec']);
    expect(code).toBe(1);
    expect(out).toMatch(/^spec\/module-order +error +\d/m);
    expect(out).toMatch(/^next {3}gov explain spec\/module-order$/m);
  });

  it('a clean spec is said to be clean, or nothing is said', () => {
    writeTree(root, { [NAME]: CLEAN.slice(0, CLEAN.lastIndexOf('<!-- expect')) });
    expect(run('spec', 'lint').out).toMatch(/^clean · 19 sections, \d+ rules, v01\.02\n$/);
    expect(run('spec', 'lint', '--rule', 'spec/order').out).toBe('clean · 19 sections, 1 rule, v01.02\n');
    expect(run('spec', 'lint', '--quiet')).toEqual({ code: 0, out: '', err: '' });
  });

  it('an unknown rule is a wrong call', () => {
    const { code, out, err } = run('spec', 'lint', '--rule', 'spec/nope');
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'gov: --rule spec/nope: expected a rule of the spec, such as spec/order (gov explain lists them)\n',
    });
  });

  it('the own spec is clean', () => {
    expect(gov(project, ['spec', 'lint'])).toEqual({
      code: 0,
      out: expect.stringMatching(/^clean · \d+ sections, \d+ rules, v02\.137\n$/),
      err: '',
    });
  });
});

describe('gov spec show', () => {
  it('a clause in a template: place, status, authority, container, what it stands in', () => {
    const shown = lines('spec', 'show', '1.2.5 Pasted clause');
    const print = shown.find((line) => line.startsWith('fingerprint'));
    expect(print).toMatch(/^fingerprint {2}1:[0-9a-f]{64}$/);
    expect(shown.filter((line) => line !== print)).toEqual([
      '1.2.5 Pasted clause (Normative)',
      `place        ${NAME}:34 to 38`,
      'status       IN_TEMPLATE_FENCE',
      '             it stands inside the template fence of line 31',
      '             it stands under 7.5, not where its number says',
      'authority    by number YES (row 1.2), by place NO (row 7.5)',
      `container    the template fence at ${NAME}:31`,
      'stands in    7 Work › 7.5 Templates › Codex › 1.2 Template sessions',
      '',
      '34  #### 1.2.5 Pasted clause (Normative)',
      '35  ```yaml',
      '36  Pasted:',
      '37    id: uuid',
      '38  ```',
    ]);
  });

  it('other headings with the number are named', () => {
    expect(lines('spec', 'show', '1.2')).toContain('same number  Template sessions (line 33)');
    expect(lines('spec', 'show', '7.6.3')).toContain('authority    unknown (no row)');
  });

  it.each([
    [['1.2.2', '--own'], ['20  ### 1.2.2 Spawn']],
    [
      ['7.5', '--own'],
      ['30  ## 7.5 Templates', '31  ````md', '39  ````'],
    ],
    [
      ['1.2.2', '--outline'],
      ['21      1.2.2.1 Request', '22      1.2.2.2 Response'],
    ],
    [['1.2.2', '--lines', '21'], ['21  #### 1.2.2.1 Request']],
    [
      ['1.2.2', '--lines', '21-'],
      ['21  #### 1.2.2.1 Request', '22  #### 1.2.2.2 Response'],
    ],
    [['1.2.2', '--lines', '1-20'], ['20  ### 1.2.2 Spawn']],
    [['1.2.2.2', '--outline'], ['no section within it']],
    [
      ['Addendum: 2.4 ViewMode'],
      [
        '14  **Addendum: 2.4 ViewMode (SFW)**',
        '15',
        '16  ```ts',
        "17  type ViewMode = 'A' | 'B';",
        '18  ```',
      ],
    ],
    [[`${NAME}:57`], ['57  #### 11.5.1 Shape B']],
  ])('%s', (args, expected) => {
    const shown = lines('spec', 'show', ...args);
    expect(shown.slice(shown.indexOf('') + 1)).toEqual(expected);
  });

  it('a list shows every part, and fails when one of them cannot be shown', () => {
    const good = run('spec', 'show', '1.1 + 7.6.3');
    expect(good.code).toBe(0);
    expect(good.out.match(/^place .*$/gm)).toEqual([
      `place        ${NAME}:4 to 10`,
      `place        ${NAME}:53 to 53`,
    ]);
    const bad = run('spec', 'show', '1.1 + 11.5.1');
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('AMBIGUOUS 11.5.1: 2 headings have the number 11.5.1\n');
  });

  it('--plain is the text and nothing else, of every part', () => {
    expect(run('spec', 'show', '1.2.1 + 7.6.3', '--plain')).toEqual({
      code: 0,
      out: '### 1.2.1 Session model\n### 7.6.3 Phase 1\n',
      err: '',
    });
    const whole = SPEC.split('\n').slice(0, lineOf('# 7. Work') - 1);
    expect(run('spec', 'show', '1.', '--plain').out).toBe(`${whole.slice(2).join('\n')}\n`);
  });

  it('an ambiguous anchor: the candidates, and how to choose', () => {
    expect(run('spec', 'show', '11.5.1')).toEqual({
      code: 1,
      out: `AMBIGUOUS 11.5.1: 2 headings have the number 11.5.1
  ${NAME}:56  11.5.1 Shape A  in 11.5 Events
  ${NAME}:57  11.5.1 Shape B  in 11.5 Events
choose with words of the title after the number, or with FILE:LINE

next   gov spec show ${NAME}:56 --spec ${NAME}
`,
      err: '',
    });
    expect(run('spec', 'show', '11.5.1 Shape B').out).toContain('57  #### 11.5.1 Shape B');
    expect(run('spec', 'show', `${NAME}:56`).out).toContain('56  #### 11.5.1 Shape A');
  });

  it('a number that is not there, words that are in a title, words that are in none', () => {
    expect(lines('spec', 'show', '1.2.9')).toEqual([
      'UNRESOLVED 1.2.9: no heading has the number 1.2.9; nearest: 1.2.2 "Spawn" (line 20), 1.2.5 "Pasted clause" (line 34)',
      '',
      'next   gov spec list 1.2 --spec Acme_Master_Spec_v01.02.md      what there is',
    ]);
    expect(lines('spec', 'show', 'session model')).toEqual([
      'NO_NUMBER session model: the anchor names no section number',
      `  ${NAME}:12  1.2.1 Session model  in 1.2 Sessions`,
      '',
      `next   gov spec show ${NAME}:12 --spec ${NAME}`,
    ]);
    expect(lines('spec', 'show', 'nothing such').at(-1)).toBe(`next   gov spec list --spec ${NAME}`);
  });

  it('--json: one passage with its text, the further ones in more', () => {
    const report = sectionSchema.parse(JSON.parse(run('spec', 'show', '1.2.5 + 7.6.3', '--json').out));
    expect(report).toMatchObject({
      asked: '1.2.5',
      number: '1.2.5',
      title: 'Pasted clause',
      tags: ['(Normative)'],
      level: 4,
      file: NAME,
      line: 34,
      endLine: 38,
      container: 31,
      authority: 'YES',
      placeAuthority: 'NO',
      kind: 'body',
      inPlace: false,
      status: 'IN_TEMPLATE_FENCE',
      flags: [],
      textLine: 34,
      text: '#### 1.2.5 Pasted clause (Normative)\n```yaml\nPasted:\n  id: uuid\n```',
      outline: [],
      more: [{ asked: '7.6.3', kind: 'roadmap', text: '### 7.6.3 Phase 1' }],
    });
    expect(report.parents.map(({ number, title }) => number ?? title)).toEqual(['7', '7.5', 'Codex', '1.2']);
    expect(report.candidates.map(({ line }) => line)).toEqual([34]);
  });

  it('--json of a paragraph, of a part, and of a failure', () => {
    const report = (...args: string[]) => JSON.parse(run('spec', 'show', ...args, '--json').out);
    expect(sectionSchema.parse(report('Addendum: 14.3'))).toMatchObject({
      number: '14.3',
      title: 'Validators',
      level: null,
      line: 19,
      endLine: 19,
      parents: [{ number: '1' }, { number: '1.2' }, { number: '1.2.X' }],
    });
    expect(sectionSchema.parse(report('1.2.2', '--lines', '21'))).toMatchObject({
      line: 20,
      endLine: 22,
      textLine: 21,
      text: '#### 1.2.2.1 Request',
      outline: [{ number: '1.2.2.1', parent: { number: '1.2.2' } }, { number: '1.2.2.2' }],
    });
    const failure = findingsSchema.parse(report('11.5.1 + 1.2.9'));
    expect(failure.findings.map(({ rule, related }) => [rule, related?.map(({ note }) => note)])).toEqual([
      ['anchor/ambiguous', ['11.5.1 Shape A', '11.5.1 Shape B']],
      ['anchor/unresolved', []],
    ]);
  });

  it('a long section: a screen and a half, and what comes next', () => {
    const long = Array.from({ length: 300 }, (_, at) => `Line ${at + 3}.`).join('\n');
    writeTree(root, { [NAME]: `# 1. Vision\n## 1.1 Purpose\n${long}\n` });
    const shown = lines('spec', 'show', '1.1');
    expect(shown.length).toBeLessThanOrEqual(80);
    const last = Number(/^\s*(\d+) {2}Line/.exec(shown.at(-4)!)?.[1]);
    expect(shown.slice(-3)).toEqual([
      `… ${302 - last} more lines (--plain prints all, --outline what it holds)`,
      '',
      `next   gov spec show 1.1 --lines ${last + 1}-${last + 78} --spec ${NAME}`,
    ]);
    expect(
      lines('spec', 'show', '1.1', '--lines', '1-').filter((line) => line.includes('Line ')),
    ).toHaveLength(300);
    expect(run('spec', 'show', '1.1', '--plain').out.split('\n')).toHaveLength(302);
  });

  it('a range of more than a screen is a table of its parts', () => {
    const parts = Array.from({ length: 9 }, (_, at) => `### 1.1.${at + 1} Part\n${'Text.\n'.repeat(20)}`);
    writeTree(root, { [NAME]: `# 1. Vision\n## 1.1 Purpose\n${parts.join('')}` });
    expect(lines('spec', 'show', '1.1.2–.4')).toEqual([
      '24  UNIQUE  1.1.2 Part',
      '45  UNIQUE  1.1.3 Part',
      '66  UNIQUE  1.1.4 Part',
      '',
      '3 passages',
      'next   gov spec show 1.1.2 --spec Acme_Master_Spec_v01.02.md      or --plain for the text of all',
    ]);
  });

  it('what would steer a terminal is shown instead of sent, but for --plain', () => {
    writeTree(root, { [NAME]: '# 1. Vision\n## 1.1 Purpose\nA \u001b[31mred\u001b[0m\tword.\n' });
    expect(lines('spec', 'show', '1.1').at(-1)).toBe('3  A \\u001b[31mred\\u001b[0m    word.');
    expect(run('spec', 'show', '1.1', '--plain').out).toContain('A \u001b[31mred\u001b[0m\tword.\n');
  });

  it.each([
    [['--lines', '5-2'], '--lines 5-2: expected A-B, A- or A, lines of the file as the command shows them'],
    [['--lines', 'x'], '--lines x: expected A-B, A- or A, lines of the file as the command shows them'],
    [['--lines', '1-3'], `--lines 1: 1.2.2 stands at ${NAME}:20 to 22`],
    [['--own', '--outline'], '--own, --outline and --lines exclude each other'],
    [['--own', '--lines', '20'], '--own, --outline and --lines exclude each other'],
    [['--outline', '--plain'], '--outline and --plain exclude each other'],
  ])('a wrong call: %s', (args, message) => {
    expect(run('spec', 'show', '1.2.2', ...args)).toEqual({ code: 2, out: '', err: `gov: ${message}\n` });
  });
});

it('of several files, places name the file', () => {
  writeTree(root, {
    'modules/1.md': '# 1. Vision\n## 1.1 Purpose\n',
    'modules/2.md': '# 2. Work\n## 1.1 Purpose again\n### 1.1.1 Sessions\n',
  });
  const several = (...args: string[]): string[] =>
    gov(root, [...args, '--spec', 'modules/*.md'])
      .out.trimEnd()
      .split('\n');
  expect(several('spec', 'lint', '--rule', 'spec/duplicate-number').slice(0, 3)).toEqual([
    'modules/2.md',
    'spec/duplicate-number  warning  1',
    '  2:4  Unexpected second heading 1.1, expected one; the first is at modules/1.md:2',
  ]);
  expect(several('spec', 'lint')).toContain(
    '  modules/2.md:2:4  Unexpected 1.1 under 2, expected it under 1',
  );
  expect(several('spec', 'list', '--duplicates')).toEqual([
    'modules/1.md:2  ?   1.1 Purpose',
    'modules/2.md:2  ?   1.1 Purpose again  misplaced',
    '',
    '2 sections',
    "next   gov spec show modules/1.md:2 --spec 'modules/*.md'",
  ]);
  expect(several('spec', 'show', 'modules/2.md:3').at(-1)).toBe('3  ### 1.1.1 Sessions');
});

it('an empty anchor is a wrong call', () => {
  const err = 'gov: Unexpected empty anchor, expected a section\n';
  expect(run('spec', 'show', ' ')).toEqual({ code: 2, out: '', err });
});

it('help is given without the argument that the command wants', () => {
  expect(gov(root, ['spec', 'show', '--help'])).toMatchObject({ code: 0, err: '' });
});

describe('gov spec list', () => {
  it.each([
    [
      ['--depth', '1', '--grep', 'Spawn'],
      'no section down to level 1; 1 section is deeper (--depth 3 shows the first)\n',
    ],
    [
      ['7.6', '--depth', '1'],
      'no section down to level 1; 4 sections are deeper (--depth 2 shows the first)\n',
    ],
  ])('%j: a depth that leaves nothing says which one shows something', (args, out) => {
    expect(run('spec', 'list', ...args)).toEqual({ code: 0, out, err: '' });
    expect(JSON.parse(run('spec', 'list', ...args, '--json').out).sections).toEqual([]);
  });

  it('is the tree as it physically stands, with line, authority and marks', () => {
    const tree = lines('spec', 'list');
    expect(tree.slice(2, 7)).toEqual([
      ' 4        1.1 Purpose',
      ' 6          1.1.1 Scope',
      ' 9          1.1.1 Scope again',
      '10  ?         2.3.4 Lost child  misplaced',
      '11        1.2 Sessions',
    ]);
    expect(tree).toHaveLength(32);
    expect(tree).toEqual(
      expect.arrayContaining([
        '25          1.3.1 Behind a stray fence  hidden by 24',
        '30  no    7.5 Templates',
        '34            1.2.5 Pasted clause  in the fence at 31',
        '53  ?       7.6.3 Phase 1  roadmap',
        '60  ?       9.3 Bundles  appendix',
      ]),
    );
  });

  it.each([
    [
      ['--kind', 'roadmap'],
      ['7.6', '7.6.1', '7.6.1.2', '7.6.3'],
    ],
    [
      ['--kind', 'Appendix'],
      ['Appendix: Notes', '9', '9.3', '11.5'],
    ],
    [
      ['--authority', 'NO'],
      ['7.5', '7.5.1'],
    ],
    [['--authority', 'no', '--depth', '2'], ['7.5']],
    [['--in-fence'], ['Codex', '1.2', '1.2.5']],
    [['--hidden'], ['1.3.1']],
    [['--duplicates'], ['1.1.1', '1.1.1', '1.2', '1.2', '11.5', '11.5', '11.5.1', '11.5.1']],
    [
      ['--duplicates', '--kind', 'body'],
      ['1.1.1', '1.1.1', '1.2', '1.2', '11.5', '11.5.1', '11.5.1'],
    ],
    [['--grep', 'SESSION over'], ['1.2.X']],
    [['--grep', 'sessions', '--in-fence'], ['1.2']],
    [
      ['1.2', '--grep', 're'],
      ['1.2.2.1', '1.2.2.2'],
    ],
    [
      ['--depth', '1'],
      ['Acme Master Specification v01.02', '1', '7', 'Codex', '11'],
    ],
    [['1.2.2'], ['1.2.2', '1.2.2.1', '1.2.2.2']],
  ])('%s', (args, expected) => {
    const { sections } = sectionsSchema.parse(JSON.parse(run('spec', 'list', ...args, '--json').out));
    expect(sections.map(({ number, title }) => number ?? title)).toEqual(expected);
  });

  it('filters end with a count and with what to look at', () => {
    expect(lines('spec', 'list', '--hidden')).toEqual([
      '25      1.3.1 Behind a stray fence  hidden by 24',
      '',
      '1 section',
      `next   gov spec show ${NAME}:25 --spec ${NAME}`,
    ]);
    const out = 'no section (fewer filters, or fewer words in --grep, find more)\n';
    expect(run('spec', 'list', '--grep', 'nothing such')).toEqual({ code: 0, out, err: '' });
  });

  it('--json has every field, with the parent', () => {
    const { sections } = sectionsSchema.parse(JSON.parse(run('spec', 'list', '1.3', '--json').out));
    expect(sections.at(-1)).toEqual({
      number: '1.3.1',
      title: 'Behind a stray fence',
      tags: [],
      level: 3,
      file: NAME,
      line: 25,
      endLine: 28,
      hiddenBy: 24,
      authority: 'YES',
      placeAuthority: 'YES',
      kind: 'body',
      inPlace: true,
      parent: { number: '1.3', title: 'Hidden half', file: NAME, line: 23 },
    });
  });

  it('a tree that does not fit is cut at a level; templates stand aside, and what is left out is counted', () => {
    const chapters = Array.from(
      { length: 30 },
      (_, at) => `## 1.${at + 1} Chapter\n### 1.${at + 1}.1 One\n### 1.${at + 1}.2 Two\n`,
    );
    writeTree(root, { [NAME]: `# 1. Vision\n${chapters.join('')}\`\`\`md\n# Template\n\`\`\`\n` });
    const tree = lines('spec', 'list');
    expect(tree.slice(0, 2)).toEqual([' 1  ?   1 Vision', ' 2  ?     1.1 Chapter  +2']);
    expect(tree.slice(31)).toEqual([
      '',
      '31 sections of 92, down to level 2; 1 stand in templates (gov spec list --in-fence)',
      'next   gov spec list 1.1 --spec Acme_Master_Spec_v01.02.md      what stands below it',
    ]);
    expect(lines('spec', 'list', '--depth', '3')).toHaveLength(92);
  });

  it.each([
    [['--kind', 'foo'], '--kind foo: expected one of: body, roadmap, appendix'],
    [['--authority', 'maybe'], '--authority maybe: expected one of: YES, NO, UNKNOWN'],
    [['--depth', '0'], '--depth 0: expected a whole number from 1'],
  ])('a wrong call: %s', (args, message) => {
    expect(run('spec', 'list', ...args)).toEqual({ code: 2, out: '', err: `gov: ${message}\n` });
  });

  it('a number that is not there is a finding', () => {
    const { code, out } = run('spec', 'list', '9.9');
    expect(code).toBe(1);
    expect(out).toContain('Unexpected section number 9.9, expected one of v01.02');
  });
});
