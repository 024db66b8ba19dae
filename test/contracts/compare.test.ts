import { describe, expect, it } from 'vitest';
import { readYamlBlock } from '../../tools/contracts/dialects/yaml.ts';
import { compareMentions } from '../../tools/contracts/mentions/compare.ts';
import { readMentions } from '../../tools/contracts/mentions/read.ts';
import { specOf } from './spec-fixture.ts';

const DEFINITION = [
  '## 1.1 Events',
  '```yaml',
  'FR-EVT-A-001:',
  '  event_type: "thing_made"',
  '  payload: { a: string, b: int, c[] }',
  '```',
  '## 1.2 Mentions',
];

/** What is said of a spec whose first line is line 8, `FR-EVT-A-001` being defined at line 3. */
function judge(lines: string[], options: { archived?: string[]; envelope?: string[] } = {}): string[] {
  const archived = options.archived ?? [];
  const text = [...DEFINITION, ...lines, '# Appendix: Copy (Archived Copy)', ...archived].join('\n');
  const index = specOf(text);
  const events = index.blocks.flatMap((block) => readYamlBlock(block).events);
  return compareMentions(events, readMentions(index), options.envelope).map(
    ({ finding: { place, severity, rule, message, related = [] } }) =>
      `${place.line} ${severity} ${rule.slice('codegen/'.length)} ${message} [${related
        .map((at) => `${at.place.line} ${at.note}`)
        .join('; ')}]`,
  );
}

const table = (...rows: string[]) => ['| Event ID | Name | Payload |', '|---|---|---|', ...rows];

describe('types', () => {
  it('another type than the definition', () => {
    expect(judge(['- `FR-EVT-A-001` thing_built', '- `FR-EVT-A-001` thing_built'])).toEqual([
      '8 warning event-type-conflict Unexpected type "thing_built" of FR-EVT-A-001, expected "thing_made" [3 defined as "thing_made"; 9 "thing_built", too]',
    ]);
  });

  it('a prefix more or less is said to be one', () => {
    expect(judge(['- `FR-EVT-A-001` x_thing_made'])).toEqual([
      '8 warning event-type-conflict Unexpected type "x_thing_made" of FR-EVT-A-001, expected "thing_made"; they differ by a prefix only [3 defined as "thing_made"]',
    ]);
  });

  it('two types of an id that nothing defines', () => {
    expect(judge(['- `FR-EVT-B-001` one_thing', '- `FR-EVT-B-001` other_thing'])).toEqual([
      '9 warning event-type-conflict Unexpected type "other_thing" of FR-EVT-B-001, expected "one_thing" [8 named "one_thing" here]',
      '8 warning event-undefined Unexpected FR-EVT-B-001, expected a block that defines it [9 named here, too]',
    ]);
  });

  it('archived text informs', () => {
    expect(judge([], { archived: ['- `FR-EVT-A-001` thing_built'] })).toEqual([
      '9 info event-type-conflict Unexpected type "thing_built" of FR-EVT-A-001, expected "thing_made" [3 defined as "thing_made"]',
    ]);
  });
});

describe('payloads', () => {
  it.each([
    ['equal, with their marks', '| FR-EVT-A-001 | thing_made | `{ c[], a, b? }` |', []],
    [
      'more and less',
      '| FR-EVT-A-001 | thing_made | a, b, d?, e[] |',
      [
        '10 warning event-payload-conflict Unexpected payload of FR-EVT-A-001 with d, e, which its definition lacks, and no c, which it requires; expected the names of its definition [3 the definition]',
      ],
    ],
    [
      'less',
      '| FR-EVT-A-001 | thing_made | a, b |',
      [
        '10 warning event-payload-conflict Unexpected payload of FR-EVT-A-001 with no c, which it requires; expected the names of its definition [3 the definition]',
      ],
    ],
  ])('of a table: %s', (_, row, expected) => {
    expect(judge(table(row))).toEqual(expected);
  });

  it('prose names some of the fields', () => {
    expect(judge(['Emit FR-EVT-A-001 with `a`.'])).toEqual([]);
    expect(judge(['Emit FR-EVT-A-001 with `a` and `z`.'])).toEqual([
      '8 warning event-payload-conflict Unexpected payload of FR-EVT-A-001 with z, which its definition lacks; expected the names of its definition [3 the definition]',
    ]);
  });

  it('the envelope is part of every event', () => {
    expect(judge(['Emit FR-EVT-A-001 with `a` and `trace_id`.'], { envelope: ['trace_id'] })).toEqual([]);
  });

  it('an archived text that contradicts itself', () => {
    const archived = table(
      '| FR-EVT-B-001 | b_made | from_role, to_role, ok? |',
      '| FR-EVT-B-001 | b_made | receiver_role, ok |',
    );
    expect(judge([], { archived })).toEqual([
      '12 info event-payload-conflict Unexpected payload of FR-EVT-B-001 with receiver_role and without from_role, to_role, expected that of line 11 [11 lists other names]',
      '11 info event-undefined Unexpected FR-EVT-B-001, expected a block that defines it; line 11 lists fields of it [11 lists from_role, to_role, ok?; 12 lists receiver_role, ok]',
    ]);
  });
});

describe('ids', () => {
  it('an id without a block is reported where the main body has it, a table first', () => {
    expect(judge(['Emit FR-EVT-B-002.', ...table('| FR-EVT-B-002 | b_made | x |')])).toEqual([
      '11 warning event-undefined Unexpected FR-EVT-B-002, expected a block that defines it; line 11 lists fields of it [11 lists x; 8 named here, too]',
    ]);
  });

  it('a symbolic id is one, too', () => {
    expect(judge(['Emit FR-EVT-B-MADE-UP'])).toEqual([
      '8 warning event-undefined Unexpected FR-EVT-B-MADE-UP, expected a block that defines it []',
    ]);
  });

  it('a forbidden id is information, and what uses it is named', () => {
    expect(judge(['FR-EVT-B-OLD-ONE is deprecated.', 'Emit FR-EVT-B-OLD-ONE'])).toEqual([
      '8 info event-prohibited Unexpected id FR-EVT-B-OLD-ONE, expected none: the spec forbids it here [9 names it all the same]',
    ]);
  });

  it('a forbidden id that is defined is an error at its definition', () => {
    expect(judge(['New ids (FR-EVT-A-001) MUST NOT be introduced.'])).toEqual([
      '3 error event-prohibited Unexpected definition of FR-EVT-A-001, expected none since line 8 forbids the id [8 forbids it]',
    ]);
  });
});

it('many mentions of many ids are compared to their end', () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, at) => `Emit FR-EVT-B-${String(at % 900).padStart(3, '0')} b_${at} with \`f${at}\`.`,
  );
  expect(judge(lines).length).toBeGreaterThan(900);
});
