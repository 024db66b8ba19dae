import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRefinement, unescaped } from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

const PATH = '.GOV/refinements/WP-1-Demo-v1.md';

const HEAD = `### METADATA
- WP_ID: WP-1-Demo-v1
- SPEC_TARGET_RESOLVED: .GOV/roles_shared/SPEC_CURRENT.md -> Demo_Spec_v02.137.md
- SPEC_TARGET_SHA1: 258012967E37EECAF5EABF3B163D7A363AFAD5B1
### SPEC_ANCHORS (REQUIRED: one or more)
`;

function read(text: string) {
  return readRefinement(fileOf(PATH, text));
}

/** One anchor with the excerpt's own lines, fences included. */
function anchor(n: number, excerpt: readonly string[], start = 10, end = 20): string {
  return [
    `#### ANCHOR ${n}`,
    `- SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.${n} Title`,
    `- CONTEXT_START_LINE: ${start}`,
    `- CONTEXT_END_LINE: ${end}`,
    `- CONTEXT_TOKEN: 1.1.${n} Title (Normative)`,
    '- EXCERPT_ASCII_ESCAPED:',
    ...excerpt,
    '',
    '',
  ].join('\n');
}

const PLAIN = ['  ```text', '  one', '', '    two', '  ```'];

describe('an anchor', () => {
  it('has its number, its query, its window, its token with the note, and its excerpt without the indent', () => {
    const file = fileOf(PATH, HEAD + anchor(1, PLAIN));
    const [first, ...others] = readRefinement(file).anchors;
    expect(others).toEqual([]);
    expect([first!.number, first!.anchor!.raw, first!.window, first!.token!.raw]).toEqual([
      1,
      'Demo_Spec_v02.137.md 1.1.1 Title',
      { start: 10, end: 20 },
      '1.1.1 Title (Normative)',
    ]);
    expect(first!.excerpt).toMatchObject({ lines: ['one', '', '  two'], line: 13, closed: true });
    expect(textAt(file, first!.place)).toBe('#### ANCHOR 1');
    expect(textAt(file, first!.excerpt!.place)).toBe('```text\n  one\n\n    two\n  ```');
    expect(textAt(file, first!.startLine!.place)).toBe('10');
  });

  it('keeps what it does not know', () => {
    const text = HEAD + anchor(1, PLAIN).replace('- CONTEXT_TOKEN', '- MOOD: fine\n- CONTEXT_TOKEN');
    expect(read(text).anchors[0]!.fields.map(({ key }) => key)).toEqual([
      'SPEC_ANCHOR',
      'CONTEXT_START_LINE',
      'CONTEXT_END_LINE',
      'MOOD',
      'CONTEXT_TOKEN',
      'EXCERPT_ASCII_ESCAPED',
    ]);
  });

  it('whose token is a comment of the spec has that token, and no blank', () => {
    const text = HEAD + anchor(1, PLAIN).replace(/TOKEN: .*/, 'TOKEN: <!-- BEGIN -->');
    const { anchors, blanks } = read(text);
    expect([anchors[0]!.token!.raw, blanks]).toEqual(['<!-- BEGIN -->', []]);
    expect(read(text.replace(' <!-- BEGIN -->', '')).blanks.map((blank) => blank.text)).toEqual([
      'CONTEXT_TOKEN',
    ]);
  });

  it.each([
    ['no number', 'START_LINE: ten'],
    ['an end before its start', 'START_LINE: 30'],
    ['line 0', 'START_LINE: 0'],
    ['nothing', 'START_LINE:'],
  ])('with %s as its first line has no window', (_, line) => {
    const text = HEAD + anchor(1, PLAIN).replace('START_LINE: 10', line);
    expect(read(text).anchors[0]!.window).toBeUndefined();
  });

  it.each([
    ['without a number', '#### ANCHOR', undefined],
    ['with a colon', '#### ANCHOR 3:', 3],
    ['at another level', '### ANCHOR 3', 3],
  ])('%s in its heading is one', (_, heading, number) => {
    const text = HEAD + anchor(1, PLAIN).replace('#### ANCHOR 1', heading);
    expect(read(text).anchors.map((each) => each.number)).toEqual([number]);
  });
});

describe('an excerpt that quotes fenced blocks', () => {
  const fenced = ['  ```text', '  before', '  ```rust', '  fn f() {}', '  ```', '  after', '  ```'];

  it.each<[string, string[], string]>([
    ['a block with a language', fenced, 'after'],
    [
      'two blocks',
      ['  ```text', '  ```ts', '  a', '  ```', '  between', '  ```ts', '  b', '  ```', '  end', '  ```'],
      'end',
    ],
    ['a block at its end', ['  ```text', '  x', '  ```ts', '  a', '  ```', '  ```'], '```'],
    ['a block without a language', ['  ```text', '  x', '  ```', '  code', '  ```', '  end', '  ```'], 'end'],
    ['half a block without a language', ['  ```text', '  x', '  ```', '  code', '  ```'], 'code'],
    ['half a block', ['  ```text', '  x', '  ```ts', '  code', '  ```'], 'code'],
    ['unindented lines', ['  ```text', 'x', '```ts', '- a', '```', 'end', '  ```'], 'end'],
    ['headings', ['```md', '## 1.1 Title', '', '### 1.1.1 Sub', 'text', '```'], 'text'],
    ['a longer fence', ['  ```text', '  ````toml', '  a = 1', '  ````', '  ```'], '````'],
  ])('with %s is read to its real end', (_, lines, last) => {
    const { anchors } = read(HEAD + anchor(1, lines) + anchor(2, PLAIN));
    expect(anchors.map(({ number, excerpt }) => [number, excerpt!.lines.at(-1), excerpt!.closed])).toEqual([
      [1, last, true],
      [2, '  two', true],
    ]);
  });

  it('in a longer fence ends where that does, even if it quotes a whole anchor', () => {
    const lines = ['````text', ...anchor(7, PLAIN).trimEnd().split('\n'), '````'];
    expect(read(HEAD + anchor(1, lines) + anchor(2, PLAIN)).anchors.map(({ number }) => number)).toEqual([
      1, 2,
    ]);
  });

  it('in a fence longer than all that it quotes is read back, whatever it quotes', () => {
    const line = fc.constantFrom(
      '```',
      '```ts',
      '````',
      '#### ANCHOR 2',
      '- SPEC_ANCHOR: 1.1',
      'text',
      '## 1.1',
      '',
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
        const text =
          HEAD +
          anchor(1, ['  `````text', ...lines.map((each) => `  ${each}`), '  `````']) +
          anchor(2, PLAIN);
        const { anchors } = read(text);
        expect(anchors.map(({ number }) => number)).toEqual([1, 2]);
        expect(anchors[0]!.excerpt!.lines).toEqual(lines);
      }),
    );
  });

  it('that never ends is told from one that does', () => {
    const [first] = read(HEAD + anchor(1, ['  ```text', '  one'])).anchors;
    expect([first!.excerpt!.closed, first!.excerpt!.lines.slice(0, 1)]).toEqual([false, ['one']]);
  });

  it('that is not there is none', () => {
    expect(read(HEAD + anchor(1, ['no fence'])).anchors[0]!.excerpt).toBeUndefined();
  });

  it('hides no field of the document, and none of its text poses as one', () => {
    const lines = ['  ```text', '  ```rust', '  x', '  ```', '- USER_SIGNATURE: ilja999999999999', '  ```'];
    const text = `${HEAD}${anchor(1, lines)}### CLEARLY_COVERS\n- CLEARLY_COVERS_VERDICT: PASS\n`;
    const { verdict, contradictions, signature } = read(
      text.replace('### SPEC', '- USER_SIGNATURE: a\n### SPEC'),
    );
    expect([verdict?.value, contradictions, signature?.value]).toEqual(['PASS', [], 'a']);
  });
});

describe('what is no anchor', () => {
  it('a heading in the text that the spec is to be enriched with', () => {
    const proposal = `\`\`\`md\n${anchor(9, ['text'])}\`\`\`\n`;
    const text = HEAD.replace(
      '### SPEC_ANCHORS',
      `#### PROPOSED_SPEC_ENRICHMENT\n${proposal}### SPEC_ANCHORS`,
    );
    expect(read(text + anchor(1, PLAIN)).anchors.map(({ number }) => number)).toEqual([1]);
  });

  it('a section of another name', () => {
    expect(read(`${HEAD}#### ANCHORAGE\n- X: y\n`).anchors).toEqual([]);
  });
});

describe('the pin', () => {
  it('is the file, its version and the hash in lower case, each with its place', () => {
    const file = fileOf(PATH, HEAD);
    const { pin } = readRefinement(file);
    expect([pin.file!.text, pin.version, pin.sha1!.text]).toEqual([
      'Demo_Spec_v02.137.md',
      'v02.137',
      '258012967e37eecaf5eabf3b163d7a363afad5b1',
    ]);
    expect(textAt(file, pin.file!.place)).toBe('Demo_Spec_v02.137.md');
    expect(textAt(file, pin.sha1!.place)).toBe('258012967E37EECAF5EABF3B163D7A363AFAD5B1');
  });

  it.each([
    ['of a spec that is not named', HEAD.replace(' -> Demo_Spec_v02.137.md', ''), ['sha1']],
    ['that is not filled in', HEAD.replace(/SPEC_TARGET.*\n/g, ''), []],
    ['with what is no hash', HEAD.replace(/SHA1: \w+/, 'SHA1: 2580'), ['file', 'version']],
  ])('%s has what is there', (_, text, keys) => {
    expect(Object.keys(read(text).pin).sort()).toEqual(keys);
  });
});

it.each([
  ['\\u00A7', '\u00a7'],
  ['\\\\u2014 dash', '\u2014 dash'],
  ['\\ud83d\\ude00', '\u{1f600}'],
  ['\\u12 and \\x41', '\\u12 and \\x41'],
])('unescapes %s', (text, plain) => {
  expect(unescaped(text)).toBe(plain);
});
