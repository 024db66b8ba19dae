import { describe, expect, it } from 'vitest';
import { readMentions } from '../../tools/contracts/mentions/read.ts';
import { specOf } from './spec-fixture.ts';

/** `line id form type [fields]`, of a spec whose first line is line 3. */
function said(...lines: string[]): string[] {
  return readMentions(specOf(`## 1.2 Events\n\n${lines.join('\n')}\n`)).map(
    ({ frId, form, type = '-', fields, evidence }) =>
      `${evidence[0]!.line} ${frId.slice('FR-EVT-'.length)} ${form} ${type}${fields ? ` ${fields.join(' ')}` : ''}`,
  );
}

describe('event tables', () => {
  it.each([
    ['Event ID | Event Name | Trigger', '`a_b` | x', '5 A-001 table a_b'],
    ['Event ID | Event Type | Trigger | Payload', '`a_b` | x | a, b?, c[]', '5 A-001 table a_b a b? c[]'],
    [
      'Event ID | Event Type | Trigger | Payload (no inline body)',
      'a.b | x | `{ a, b? }`',
      '5 A-001 table a.b a b?',
    ],
    [
      'Event ID | Name | Trigger | Payload',
      'a_b | x | swap_id, artifacts persisted',
      '5 A-001 table a_b swap_id',
    ],
    ['Event ID | Event Name | Trigger', 'Free words | x', '5 A-001 table -'],
  ])('%s: %s', (header, row, expected) => {
    const columns = header.split('|').length;
    expect(said(`| ${header} |`, `|${'---|'.repeat(columns)}`, `| FR-EVT-A-001 | ${row} |`)).toEqual([
      expected,
    ]);
  });

  it('another table names events in its cells', () => {
    expect(
      said('| State | Description |', '|---|---|', '| `stalled` | MUST emit FR-EVT-WF-RECOVERY with actor |'),
    ).toEqual(['5 WF-RECOVERY emit -']);
  });

  it('a history tells what was changed, and names no event', () => {
    expect(said('| v02.135 | 2026 | Added FR-EVT-A-001. |')).toEqual([]);
    expect(readMentions(specOf('## Changelog\n\n- added FR-EVT-A-001\n'))).toEqual([]);
  });

  it('the roadmap defines nothing', () => {
    expect(readMentions(specOf('# 7 Build\n\n## 7.6 Development Roadmap\n\nEmit FR-EVT-A-001.\n'))).toEqual(
      [],
    );
  });
});

describe('lists, anchors and prose', () => {
  it.each<[string, string[]]>([
    ['- `FR-EVT-A-001` message_created', ['3 A-001 list message_created']],
    ['1. FR-EVT-A-001 (gov_decision) when it is so', ['3 A-001 list gov_decision']],
    ['2. (optional) FR-EVT-A-001 (gov_decision)', ['3 A-001 list gov_decision']],
    ['- `FR-EVT-A-001` - message appended (user)', ['3 A-001 list -']],
    ['- `FR-EVT-A-001` — mailbox message', ['3 A-001 list -']],
    [
      '- `FR-EVT-GOV-CHECK-001` (`governance.check.started`): payload includes `a`, `b`',
      ['3 GOV-CHECK-001 list governance.check.started a b'],
    ],
    ['- **FR-EVT-001 (TerminalCommandEvent)**  ', ['3 001 anchor -']],
    ['### 1.2.1 FR-EVT-A-001: loop_started', ['3 A-001 anchor loop_started']],
    ['### 1.2.1 FR-EVT-A-001..003 (Events)', []],
    ['Emit FR-EVT-A-001 a_created here.', ['3 A-001 emit a_created']],
    ['Emit FR-EVT-A-HARD-GATE (reason: "max")', ['3 A-HARD-GATE emit - reason']],
    ['It MUST emit `FR-EVT-A-001` with correlation fields (`a`, `b[]`).', ['3 A-001 emit - a b[]']],
    ['Logged as `FR-EVT-A-001`..`FR-EVT-A-002` with `d`.', ['3 A-001 emit - d', '3 A-002 emit - d']],
    ['See FR-EVT-006 for it. With `x` another sentence.', ['3 006 emit -']],
    ['Labels such as "FR-EVT-A-OLD-ONE" are deprecated aliases.', ['3 A-OLD-ONE prohibition -']],
    [
      'It MUST NOT introduce new ids (including FR-EVT-A-005). Emit FR-EVT-A-001.',
      ['3 A-001 emit -', '3 A-005 prohibition -'],
    ],
    ['FR-EVT-A-001 MUST NOT include raw text.', ['3 A-001 emit -']],
  ])('%s', (line, expected) => {
    expect(said(line)).toEqual(expected);
  });

  it('the fields stand in the list below', () => {
    expect(
      said(
        '- Emit FR-EVT-A-001 a_created with:',
        '  - source: { type: "system" }',
        '  - outer.url populated where available',
        '  - `c`, `d[]` and `e` (hashes)',
        '  - prose about it',
        '- next',
      ),
    ).toEqual(['3 A-001 emit a_created source outer.url c d[] e']);
  });

  it('what is asked of all events of a list holds for each', () => {
    expect(
      said(
        '- `FR-EVT-A-001` a_b',
        '- `FR-EVT-A-002` a_c',
        '',
        'Events MUST include correlation IDs (`job_id`, `wp_id`).',
      ),
    ).toEqual([
      '3 A-001 list a_b',
      '6 A-001 emit - job_id wp_id',
      '4 A-002 list a_c',
      '6 A-002 emit - job_id wp_id',
    ]);
  });
});

describe('several events written as one', () => {
  it.each<[string, string[]]>([
    ['FR-EVT-A-001..003', ['A-001', 'A-002', 'A-003']],
    ['FR-EVT-A-001 through FR-EVT-A-003', ['A-001', 'A-002', 'A-003']],
    ['FR-EVT-A-001/002/005', ['A-001', 'A-002', 'A-005']],
    ['FR-EVT-A-B-{APPLY,WITHDRAW}', ['A-B-APPLY', 'A-B-WITHDRAW']],
    ['FR-EVT-A-001 / FR-EVT-B-001', ['A-001', 'B-001']],
    ['FR-EVT-A-003..001', ['A-003']],
    ['FR-EVT-A-001..999', ['A-001']],
    ['FR-EVT-A-* and FR-EVT-LLM-0xx', []],
  ])('%s', (text, ids) => {
    expect(said(`They log ${text} here.`).map((line) => line.split(' ')[1])).toEqual(ids);
  });
});

describe('blocks', () => {
  it.each<[string, string, string[]]>([
    ['text', '  Emit FR-EVT-A-START-UP', ['4 A-START-UP emit -']],
    [
      '',
      '2.6. EMIT FR-EVT-WF-RECOVERY with:\n     - job_id\n     - resume_point',
      ['4 WF-RECOVERY emit - job_id resume_point'],
    ],
    ['rust', '/// Inserts it and emits FR-EVT-003.', ['4 003 emit -']],
    ['ts', '// FR-EVT-A-001: created', []],
    ['ts', '  | "a_b"  // FR-EVT-A-001', []],
    ['ts', '  events_emitted: ["FR-EVT-A-001", "FR-EVT-B-001"];', ['4 A-001 emit -', '4 B-001 emit -']],
    ['yaml', 'FR-EVT-A-001:\n  event_type: "a.b"', []],
  ])('%s: %s', (lang, text, expected) => {
    expect(said(`\`\`\`${lang}`, text, '```')).toEqual(expected);
  });
});

describe('places', () => {
  it('archived text is marked, with the number of its section', () => {
    const [mention] = readMentions(
      specOf('# Appendix: Copy (Archived Copy) (Non-Normative)\n\n## 9.1 Events\n\n- `FR-EVT-A-001` a_b\n'),
    );
    expect(mention).toMatchObject({ section: '9.1', archived: true });
  });

  it('by id, then in the order of the spec', () => {
    expect(said('Emit FR-EVT-B-001.', 'Emit FR-EVT-A-001.', 'Emit FR-EVT-B-001.')).toEqual([
      '4 A-001 emit -',
      '3 B-001 emit -',
      '5 B-001 emit -',
    ]);
  });

  it.each([
    ['a long line of ids', 'FR-EVT-A-001 '.repeat(100_000)],
    ['a long line of sentences', `${'A. '.repeat(200_000)}FR-EVT-A-001${' B.'.repeat(200_000)}`],
    ['many ranges', 'FR-EVT-A-001..064 '.repeat(50_000)],
    ['an open brace', `FR-EVT-A-{${'A,'.repeat(100_000)}`],
    ['many dashes', `FR-EVT-${'A-'.repeat(100_000)}`],
    ['many lists', '- FR-EVT-A-001 a_b\n\nx\n\n'.repeat(20_000)],
    ['a long table', `| Event ID | Name |\n|---|---|\n${'| FR-EVT-A-001 | a_b |\n'.repeat(20_000)}`],
    ['a long intro', `FR-EVT-A-001 with ${'`a`, '.repeat(100_000)}`],
    ['many blanks', `FR-EVT-A-001 with${' '.repeat(100_000)}x`],
  ])('%s is read to its end', (_, text) => {
    expect(() => said(text)).not.toThrow();
  });
});
