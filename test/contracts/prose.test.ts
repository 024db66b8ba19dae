import { describe, expect, it } from 'vitest';
import { readFieldTables } from '../../tools/contracts/dialects/field-table.ts';
import { readRustBlock } from '../../tools/contracts/dialects/rust.ts';
import { readYamlBlock } from '../../tools/contracts/dialects/yaml.ts';
import type { TypeNode } from '../../tools/contracts/index.ts';
import { proseDiagnostics } from '../../tools/contracts/prose/index.ts';
import { specOf } from './spec-fixture.ts';

/** `line severity rule key message [related]` of the rule; the definitions of the spec are what is generated. */
function judge(rule: string, ...lines: string[]): string[] {
  const index = specOf(lines.join('\n'));
  const types: TypeNode[] = [];
  for (const block of index.blocks) {
    if (block.lang === 'yaml') types.push(...readYamlBlock(block).types);
    if (block.lang === 'rust') types.push(...readRustBlock(block).types);
  }
  types.push(...readFieldTables(index).flatMap((read) => read.types));
  const events = index.blocks.flatMap((block) => (block.lang === 'yaml' ? readYamlBlock(block).events : []));
  return proseDiagnostics(index, { types, events, candidates: types })
    .filter(({ finding }) => finding.rule === `codegen/${rule}`)
    .map(
      ({ key, finding: { place, severity, message, related = [] } }) =>
        `${place.line} ${severity}${key === undefined ? '' : ` ${key}`} ${message} [${related
          .map((at) => `${at.place.line} ${at.note}`)
          .join('; ')}]`,
    );
}

const SCOPE = ['## 1.2 Shapes', '```yaml', 'Scope: enum', '  - ONE', '  - ALL', '```'];

describe('codegen/count-mismatch', () => {
  const table = (rows: number) => [
    '| A | B |',
    '|---|---|',
    ...Array.from({ length: rows }, () => '| x | y |'),
  ];
  const count = (...above: string[]) => judge('count-mismatch', '## 1.2 Shapes', ...above, ...table(2));

  it.each([
    [
      ['**Events (3 types)**', '', 'All emit:', ''],
      '2 warning Unexpected "3 types" above a table of 2 rows, expected the number of its rows [6 the table has 2 rows]',
    ],
    [
      ['There are 12 error codes:', ''],
      '2 warning Unexpected "12 error codes" above a table of 2 rows, expected the number of its rows [4 the table has 2 rows]',
    ],
  ])('%s', (above, expected) => {
    expect(count(...above)).toEqual([expected]);
  });

  it.each([
    ['the number of its rows', ['**Events (2 types)**', '']],
    ['another noun', ['**Events (3 pages)**', '']],
    ['a sentence that announces nothing', ['There were 3 types once.', '']],
    ['too far above', ['**Events (3 types)**', 'One.', 'Two.', '']],
    ['another section', ['**Events (3 types)**', '## 1.3 Other', '']],
    ['a range', ['**1.3 types**', '']],
  ])('nothing: %s', (_, above) => {
    expect(count(...above)).toEqual([]);
  });
});

describe('codegen/default-in-prose', () => {
  it.each([
    [
      'Default: `ONE`. More may come.',
      '8 warning default:Scope Unexpected default ONE of Scope in prose, expected it where Scope is defined [3 Scope]',
    ],
    [
      'It defaults to `ALL`.',
      '8 warning default:Scope Unexpected default ALL of Scope in prose, expected it where Scope is defined [3 Scope]',
    ],
    [
      'The `ONE` scope (default) is narrow.',
      '8 warning default:Scope Unexpected default ONE of Scope in prose, expected it where Scope is defined [3 Scope]',
    ],
  ])('%s', (line, expected) => {
    expect(judge('default-in-prose', ...SCOPE, '', line)).toEqual([expected]);
  });

  it('of a field', () => {
    const record = ['## 1.2 Shapes', '```yaml', 'Limits:', '  depth: int', '  width: int # default 4', '```'];
    expect(judge('default-in-prose', ...record, '', '`depth` defaults to 3, `width` defaults to 4.')).toEqual(
      [
        '8 warning default:Limits.depth Unexpected default 3 of Limits.depth in prose, expected it where Limits.depth is defined [4 Limits.depth]',
      ],
    );
  });

  it.each([
    ['a value of nothing', ['Default: `TWO`.']],
    ['another section', ['## 1.3 Other', '', 'Default: `ONE`.']],
    ['no default', ['`ONE` is narrow.']],
    ['code', ['```text', 'Default: `ONE`.', '```']],
  ])('nothing: %s', (_, lines) => {
    expect(judge('default-in-prose', ...SCOPE, '', ...lines)).toEqual([]);
  });

  it('nothing where a field of the enum has it', () => {
    const block = ['## 1.2 Shapes', '```yaml', 'A:', '  s: enum [ONE, ALL] # default ONE', '```'];
    expect(judge('default-in-prose', ...block, 'Default: `ONE`.')).toEqual([]);
  });
});

describe('codegen/enum-casing', () => {
  const ENUM = ['## 1.2 Shapes', '```rust', 'enum State { Queued, AwaitingUser, Done }', '```'];
  const message =
    'Unexpected enum State that does not say how its values are written, expected rename_all or an answer';

  it.each([
    ['nowhere', [], `3 warning casing:State ${message} []`],
    [
      'by a list',
      ['', '- queued', '- awaiting_user', '- done'],
      `3 warning casing:State ${message}; line 6 spells them in snake_case [6 spells the values in snake_case]`,
    ],
    [
      'by a table of another section',
      [
        '## 1.3 States',
        '| State | Means |',
        '|---|---|',
        '| `Queued` | x |',
        '| `AwaitingUser` | y |',
        '| `Done` | z |',
      ],
      `3 warning casing:State ${message}; line 8 spells them as it is written [8 spells the values as it is written]`,
    ],
    [
      'in one row',
      ['## 1.3 States', '| `state` | x | `queued`, `awaiting_user`, or `done` |'],
      `3 warning casing:State ${message}; line 6 spells them in snake_case [6 spells the values in snake_case]`,
    ],
    ['by too few', ['', '- queued', '- done'], `3 warning casing:State ${message} []`],
  ])('spelled %s', (_, lines, expected) => {
    expect(judge('enum-casing', ...ENUM, ...lines)).toEqual([expected]);
  });

  it('nothing where serde says it', () => {
    const said = [
      '## 1.2 Shapes',
      '```rust',
      '#[serde(rename_all = "snake_case")]',
      'enum State { Queued }',
      '```',
    ];
    expect(judge('enum-casing', ...said)).toEqual([]);
  });
});

describe('codegen/schema-version-reused', () => {
  const record = (name: string, ...fields: string[]) => [`${name}:`, '  schema_version: "x@1"', ...fields];
  const spec = (...lines: string[]) =>
    judge('schema-version-reused', '## 1.2 Shapes', '```yaml', ...lines, '```');

  it('two shapes under one literal', () => {
    expect(
      spec(...record('A', '  a: int'), ...record('B', '  a: int', '  b: int'), ...record('C', '  a: int')),
    ).toEqual([
      '4 warning Unexpected schema_version "x@1" of 2 shapes (A, B), expected another version for another shape [7 B with another shape]',
    ]);
  });

  it('the order and the words of a comment are no shape', () => {
    expect(
      spec(...record('A', '  a: int # one', '  b: int'), ...record('B', '  b: int', '  a: int')),
    ).toEqual([]);
  });
});

describe('codegen/conditional-required', () => {
  it('of a comment and of a JSON example', () => {
    expect(
      judge(
        'conditional-required',
        '## 1.2 Shapes',
        '```yaml',
        'A:',
        '  a: string | null # REQUIRED for REPORT; otherwise null',
        '  b: string # REQUIRED',
        '```',
        '```json',
        '{',
        '  "args_ref": "artifact (optional; REQUIRED if args exceed 32KB)",',
        '  "b": "REQUIRED"',
        '}',
        '```',
      ),
    ).toEqual([
      '4 warning Unexpected condition "REQUIRED for REPORT" of A.a, expected a field that is required or optional []',
      '9 warning Unexpected condition "REQUIRED if args exceed 32KB" of args_ref, expected a field that is required or optional []',
    ]);
  });
});

it('codegen/open-vocabulary', () => {
  expect(
    judge(
      'open-vocabulary',
      '## 1.2 Shapes',
      '```yaml',
      'A:',
      '  a: string # Coder / custom',
      '  b: string # e.g. a thing',
      '```',
    ),
  ).toEqual([
    '4 info Unexpected examples Coder, custom of A.a, expected an enum or a closed list; any string is taken []',
  ]);
});

describe('codegen/unlisted-value', () => {
  const STATE = [
    '## 1.2 Shapes',
    '### 1.2.1 State',
    '```yaml',
    'S: enum [Queued, BLOCKED]',
    '```',
    '### 1.2.2 Rules',
  ];

  it('a state that no enum spells so', () => {
    expect(
      judge('unlisted-value', ...STATE, '- It MUST show `QUEUED` state.', '- It surfaces as state `LOST`.'),
    ).toEqual([
      '7 warning Unexpected state QUEUED, expected a value of an enum; S has "Queued" [4 S has "Queued"]',
      '8 warning Unexpected state LOST, expected a value of an enum []',
    ]);
  });

  it.each([
    ['a value of an enum', ['It surfaces as `BLOCKED` state.']],
    ['a word that is no state', ['It sets `QUEUED` and `MAX_STATE`.']],
    ['another chapter', ['## 2.1 Other', 'It shows `QUEUED` state.']],
    ['archived text', ['# Appendix: Old (Archived Copy)', '## 1.2 Shapes', 'It shows `QUEUED` state.']],
  ])('nothing: %s', (_, lines) => {
    expect(judge('unlisted-value', ...STATE, ...lines)).toEqual([]);
  });
});

describe('codegen/event-demanded', () => {
  const demand = (...lines: string[]) => judge('event-demanded', ...SCOPE, '', ...lines);
  const message = (who: string) =>
    `Unexpected demand of ${who} for an event without an id, expected an FR-EVT id that it can be met with`;

  it.each([
    ['- **INV-A-001:** It MUST NOT read it without a Flight Recorder event.', 'INV-A-001'],
    ['- **INV-A-001 (note):** Backoff MUST be jittered. Parameters MUST be logged.', 'INV-A-001'],
    ['Explicit approval + FR event required.', '1.2'],
    ['Merge is executed as an action with Flight Recorder logging.', '1.2'],
    ['Receipts MUST be persisted and linked in Flight Recorder.', '1.2'],
    ['A bypass MUST be scoped to one session and logged.', '1.2'],
    ['Every check MUST be\nrecorded as a Flight Recorder event.', '1.2'],
  ])('%s', (line, who) => {
    expect(demand(line)).toEqual([`8 info ${message(who)} []`]);
  });

  it.each([
    ['it names an id', 'It MUST be logged as `FR-EVT-A-001`.'],
    ['it names one beside it', 'It MUST be logged. The id is `FR-EVT-A-001`.'],
    ['it obliges to nothing', 'Checks are logged in Flight Recorder.'],
    ['it speaks of every event', 'Every Flight Recorder event MUST set the id.'],
    ['it speaks of what an event is', 'A Flight Recorder event MUST be one object.'],
    ['it forbids', 'Bodies MUST NOT be recorded in Flight Recorder.'],
    ['it is logged elsewhere', 'The seed MUST be logged in `Trace`.'],
    ['it is code', '```text\nIt MUST be logged.\n```'],
  ])('nothing where %s', (_, text) => {
    expect(demand(...text.split('\n'))).toEqual([]);
  });

  it('the clauses around the definition are heard, by number and wherever they stand', () => {
    const spec = [
      '# 4 Part',
      '## 4.3 All',
      '### 4.3.9 Chapter',
      '#### 4.3.9.2 A',
      '##### 4.3.9.2.3 Shape',
      ...SCOPE.slice(1),
    ];
    expect(
      judge(
        'event-demanded',
        ...spec,
        '#### 4.3.9.7 B',
        'It MUST be logged.',
        '### 4.3.8 C',
        'It MUST be logged.',
      ),
    ).toEqual([`12 info ${message('4.3.9.7')} []`]);
  });
});

describe('hostile prose is read to its end', () => {
  it.each([
    ['a long paragraph', 'It MUST be logged. '.repeat(50_000)],
    ['many logs', 'MUST log '.repeat(50_000)],
    ['many lines', 'it goes on\n'.repeat(100_000)],
    ['many backticks', '`A` '.repeat(100_000)],
    ['many defaults', 'default `X` '.repeat(50_000)],
    ['many numbers', `**${'1 '.repeat(100_000)}**`],
    ['many words behind MUST be', `MUST be ${'a '.repeat(100_000)}`],
    ['a long table', `| A |\n|---|\n${'| x |\n'.repeat(50_000)}`],
    ['many tables', '| A |\n|---|\n| x |\n\n'.repeat(10_000)],
  ])('%s', (_, text) => {
    expect(() => judge('event-demanded', ...SCOPE, '', text)).not.toThrow();
  });
});
