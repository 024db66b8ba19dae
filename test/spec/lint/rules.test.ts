import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/findings/index.ts';
import { buildIndex, LINT_RULES, lintSpec, specFileOf } from '../../../tools/spec/index.ts';

const folder = join(import.meta.dirname, 'fixtures');
const NAME = 'Acme_Master_Spec_v01.02.md';

/** A fixture is a spec. The comment at its end lists every finding, as `line:col severity rule message`. */
interface Fixture {
  text: string;
  expected: string[];
}

const fixtures = readdirSync(folder).map((name): [string, Fixture] => {
  const whole = readFileSync(join(folder, name), 'utf8');
  const at = whole.lastIndexOf('<!-- expect\n');
  if (at < 0) throw new Error(`${name} has no "<!-- expect"`);
  return [
    basename(name, '.md'),
    { text: whole.slice(0, at), expected: whole.slice(at).trimEnd().split('\n').slice(1, -1) },
  ];
});

function lint(...texts: string[]): Finding[] {
  const files = texts.map((text, at) =>
    specFileOf(at === 0 ? NAME : `0${at}.md`, new TextEncoder().encode(text)),
  );
  return lintSpec(buildIndex(NAME, files));
}

function lineOf({ place, severity, rule, message }: Finding): string {
  return `${place.line}:${place.column} ${severity} ${rule} ${message}`;
}

describe('rules of gov spec lint', () => {
  it.each(fixtures)('%s', (_, { text, expected }) => {
    expect(lint(text).map(lineOf)).toEqual(expected);
  });

  it.each(fixtures)('%s says the same with CRLF and a BOM', (_, { text, expected }) => {
    const found = lint(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(found.filter(({ rule }) => rule !== 'spec/bom').map(lineOf)).toEqual(expected);
  });

  it('every rule has a fixture that triggers it, those on bytes excepted', () => {
    const found = new Set(fixtures.flatMap(([, { text }]) => lint(text).map(({ rule }) => rule)));
    const never = LINT_RULES.map(({ id }) => id).filter((id) => !found.has(id));
    expect(never).toEqual(['spec/bom', 'spec/inner-bom', 'spec/lone-cr', 'spec/mixed-line-ends']);
  });

  it('the registry is sorted and names no rule twice; each has documentation', () => {
    const ids = LINT_RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const { id, docs } of LINT_RULES) expect([id, docs]).toEqual([id, expect.stringMatching(/\.$/)]);
  });
});

describe('bytes', () => {
  const clean = fixtures.find(([name]) => name === 'clean')![1].text;

  it('spec/bom', () => {
    expect(lint(`\uFEFF${clean}`).map(lineOf)).toEqual([
      '1:1 info spec/bom Unexpected byte order mark, expected text',
    ]);
  });

  it.each([
    ['CRLF in one line', clean.replace('## 1.1 Purpose\n', '## 1.1 Purpose\r\n'), 6],
    ['LF in one line', clean.replaceAll('\n', '\r\n').replace('## 1.1 Purpose\r\n', '## 1.1 Purpose\n'), 6],
    ['CRLF from the second line on', clean.replaceAll('\n', '\r\n').replace('\r\n', '\n'), 2],
  ])('spec/mixed-line-ends: %s', (_, text, line) => {
    expect(lint(text).map(lineOf)).toEqual([
      `${line}:1 info spec/mixed-line-ends Unexpected line end in line ${line}, expected that of line 1`,
    ]);
  });

  it('spec/lone-cr, at each place', () => {
    const text = `${clean}One\rtwo\r## 9.9 Lost\n`;
    const line = clean.split('\n').length;
    expect(lint(text).map(lineOf)).toEqual([
      `${line}:4 warning spec/lone-cr Unexpected carriage return within a line, expected a line feed`,
      `${line}:8 warning spec/lone-cr Unexpected carriage return within a line, expected a line feed`,
    ]);
    const doubled = lint(`${clean}One\r\r\n`).filter(({ rule }) => rule === 'spec/lone-cr');
    expect(doubled.map(({ place }) => [place.line, place.column])).toEqual([[line, 4]]);
  });

  it('spec/inner-bom, but not for the mark at the start', () => {
    const line = clean.split('\n').length;
    expect(lint(`\uFEFF${clean}\uFEFF## 9.9 Lost\n`).map(lineOf)).toEqual([
      '1:1 info spec/bom Unexpected byte order mark, expected text',
      `${line}:1 warning spec/inner-bom Unexpected byte order mark within the text, expected none`,
    ]);
    expect(lint(`\uFEFF\uFEFF${clean}`).map(({ rule }) => rule)).toContain('spec/inner-bom');
  });

  it('CRLF throughout is no finding', () => {
    expect(lint(clean.replaceAll('\n', '\r\n'))).toEqual([]);
  });

  it('the last line needs no line end', () => {
    expect(lint(clean.trimEnd().replaceAll('\n', '\r\n'))).toEqual([]);
  });
});

describe('several files', () => {
  it('a number in two files is told with both', () => {
    const [finding] = lint(
      '# 1. Vision\n## 1.1 Purpose\n',
      '# 2. Work\n### 2.1.1 Matrix\n## 1.1 Purpose again\n',
    ).filter(({ rule }) => rule === 'spec/duplicate-number');
    expect(finding).toMatchObject({
      place: { file: '01.md', line: 3, column: 4 },
      message: `Unexpected second heading 1.1, expected one; the first is at ${NAME}:2`,
      args: { number: '1.1', headings: 2, first: `${NAME}:2` },
      related: [{ place: { file: NAME, line: 2 }, note: '1.1 Purpose' }],
    });
  });
});

describe('a spec of several files', () => {
  // At its chapters: what a manifest of modules does.
  const split = (text: string): string[] => text.split(/^(?=# \d)/m);
  // Not the sentence: it may name the line of something else.
  const plain = ({ rule, severity, args }: Finding): unknown[] => [
    rule,
    severity,
    args.number,
    args.expected,
  ];

  it.each(fixtures)('%s, split at its chapters, has the same findings in the same places', (_, { text }) => {
    const parts = split(text);
    const starts = new Map(
      parts.map((_part, at) => [
        at === 0 ? NAME : `0${at}.md`,
        parts.slice(0, at).join('').split('\n').length - 1,
      ]),
    );
    const found = lint(...parts);
    expect(found.map(plain)).toEqual(lint(text).map(plain));
    expect(found.map(({ place }) => place.line + starts.get(place.file)!)).toEqual(
      lint(text).map(({ place }) => place.line),
    );
  });
});

it('findings point to what they mean', () => {
  const text = fixtures.find(([name]) => name === 'places')![1].text;
  expect(lint(text)[0]).toEqual({
    rule: 'spec/misplaced-section',
    severity: 'warning',
    place: { file: NAME, line: 12, column: 5, endLine: 12, endColumn: 10 },
    message: 'Unexpected 1.3.2 under 1.2, expected it under 1.3',
    args: { number: '1.3.2', under: '1.2', expected: 'it under 1.3' },
    related: [
      {
        place: { file: NAME, line: 21, column: 1, endLine: 21, endColumn: 1 },
        note: '1.3 Work',
      },
    ],
  });
});

it('a line of 50,000 references tells each', () => {
  const found = lint(`# 1. A\n${'§1.99 '.repeat(50_000)}\n`);
  expect(found.filter(({ rule }) => rule === 'spec/dangling-reference')).toHaveLength(50_000);
  expect(found.find(({ rule }) => rule === 'spec/dangling-reference')?.args.nearest).toBe('1');
});
