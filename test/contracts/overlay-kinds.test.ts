import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { type Casing, cased } from '../../tools/contracts/overlay/casing.ts';
import { specOf } from './spec-fixture.ts';

const SPEC = `## 1.2 Shapes

\`\`\`rust
pub enum State {
    Queued,
    AwaitingUser,
    FYI,
}
\`\`\`

\`\`\`yaml
Scope: enum
  - ONE
  - MANY

Job:
  state: State
  scope: Scope
  tries: int
  limit: int # default 3
\`\`\`

A scope is \`ONE\` by default: default \`ONE\`.
A job that stalls is paused.

## 1.3 Recovery

A job that stalls is failed.

## 11.5 Events

\`\`\`ts
type Actor = 'human' | 'system';
interface FlightRecorderEventBase {
  type: string;
  event_id: string; // uuid
  actor: Actor;
  job_id?: string;
}
// FR-EVT-X-001
interface XEvent extends FlightRecorderEventBase { type: 'x'; note: string }
\`\`\`

All events travel in one envelope. The actor of X is the system.
`;

const entry = (section: string, quote: string, ...lines: string[]) =>
  [
    `  - section: '${section}'`,
    `    quote: '${quote}'`,
    '    why: because',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');

const ENVELOPE = entry(
  '11.5',
  'All events travel in one envelope. The actor of X is the system.',
  'envelope: { discriminator: type, accepts: [], id_field: id, payload: nested, fields: {} }',
);

function read(...entries: string[]) {
  const text = `schema: govkit.overlay@1\nanswers:\n${entries.join('\n')}\n`;
  const { ir, diagnostics } = generate(specOf(SPEC), { overlay: { path: 'overlay.yaml', text } });
  const own = diagnostics.filter(({ rule }) => /overlay|contradiction|casing|default|settle/.test(rule));
  return {
    ir,
    told: own.map(({ rule, severity, place, message }) =>
      [severity, rule.slice(8), `${place.file}:${place.line}`, message].join(' '),
    ),
  };
}

describe('casing', () => {
  it.each<[Casing, string, string, string]>([
    ['as-written', 'CompletedWithIssues', 'FYI', 'CompletedWithIssues FYI'],
    ['snake_case', 'CompletedWithIssues', 'FYI', 'completed_with_issues fyi'],
    ['kebab-case', 'CompletedWithIssues', 'FYI', 'completed-with-issues fyi'],
    ['camelCase', 'CompletedWithIssues', 'FYI', 'completedWithIssues fyi'],
    ['PascalCase', 'completed_with_issues', 'HTTPCall', 'CompletedWithIssues HttpCall'],
    ['UPPER_SNAKE_CASE', 'CompletedWithIssues', 'P7B', 'COMPLETED_WITH_ISSUES P7_B'],
  ])('%s', (casing, first, second, expected) => {
    expect(`${cased(first, casing)} ${cased(second, casing)}`).toBe(expected);
  });

  it('writes the variants of an enum as the overlay says, and asks no more', () => {
    const { ir, told } = read(entry('1.2', 'pub enum State {', 'casing: { State: snake_case }'));
    const state = ir.types.find(({ name }) => name === 'State');
    expect(state?.kind === 'enum' && state.members.map(({ value }) => value)).toEqual([
      'queued',
      'awaiting_user',
      'fyi',
    ]);
    expect(told.filter((line) => line.includes('casing'))).toEqual([]);
  });

  it('of an enum whose members are words already is a word on nothing', () => {
    expect(read(entry('1.2', 'Scope: enum', 'casing: { Scope: snake_case }')).told).toContain(
      'error overlay-target overlay.yaml:3 Unexpected Scope, expected an enum that leaves open how its members are written',
    );
  });
});

describe('default', () => {
  it('of an enum and of a field', () => {
    const { ir, told } = read(
      entry('1.2', 'A scope is `ONE` by default: default `ONE`.', 'default: { Scope: ONE, Job.tries: 2 }'),
    );
    const job = ir.types.find(({ name }) => name === 'Job');
    expect(ir.types.find(({ name }) => name === 'Scope')).toMatchObject({ default: 'ONE' });
    expect(job?.kind === 'record' && job.fields.map((field) => field.default)).toEqual([
      undefined,
      undefined,
      { kind: 'value', value: 2 },
      { kind: 'value', value: 3 },
    ]);
    expect(told.filter((line) => line.startsWith('warning default'))).toEqual([]);
  });

  it.each([
    ['no such member', 'default: { Scope: FEW }', 'Scope'],
    ['no such field', 'default: { Job.ghost: 1 }', 'Job.ghost'],
    ['a default that the comment states', 'default: { Job.limit: 4 }', 'Job.limit'],
    ['no such type', 'default: { Ghost: 1 }', 'Ghost'],
  ])('%s', (_, line, name) => {
    expect(read(entry('1.2', 'Scope: enum', line)).told).toContain(
      `error overlay-target overlay.yaml:3 Unexpected ${name}, expected an enum with that member, or a field without a default`,
    );
  });
});

describe('narrow', () => {
  const QUOTE = 'All events travel in one envelope. The actor of X is the system.';

  it('gives one event fewer values in a field of the envelope, or makes it mandatory', () => {
    const { ir, told } = read(
      ENVELOPE,
      entry('11.5', QUOTE, 'narrow: FR-EVT-X-001', 'fields: { actor: \'"system"\', job_id: uuid }'),
    );
    expect(told.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(ir.events[0]!.narrows?.map(({ name, type, presence }) => [name, type, presence])).toEqual([
      ['actor', { kind: 'literal', value: 'system' }, 'required'],
      ['job_id', { kind: 'prim', name: 'uuid' }, 'required'],
    ]);
  });

  it('of a field that the envelope lacks is a word on nothing', () => {
    const { told } = read(ENVELOPE, entry('11.5', QUOTE, 'narrow: FR-EVT-X-001', 'fields: { ghost: uuid }'));
    expect(told).toContain(
      'error overlay-target overlay.yaml:7 Unexpected field ghost, expected one of the envelope of FR-EVT-X-001',
    );
  });
});

describe('contradicts', () => {
  const CASE = ['contradicts:', "  section: '1.3'", "  quote: 'A job that stalls is failed.'"];

  it('names both lines and what was decided', () => {
    expect(read(entry('1.2', 'A job that stalls is paused.', ...CASE)).told).toContain(
      'info contradiction Spec_v01.md:24 Unexpected contradiction to line 28, expected one word on it; decided by overlay',
    );
  });

  it('is stale when either line has changed', () => {
    const { told } = read(
      entry(
        '1.2',
        'A job that stalls is paused.',
        CASE[0]!,
        CASE[1]!,
        "  quote: 'A job that stalls is dead.'",
      ),
    );
    expect(told).toContain(
      'error overlay-stale overlay.yaml:3 Unexpected quote "A job that stalls is dead.": section 1.3 has no such line, expected the line that the entry answers',
    );
  });
});

describe('settles', () => {
  it('makes what a rule reports of the quoted line information, with the reason', () => {
    const { told } = read(entry('1.2', 'pub enum State {', 'settles: codegen/enum-casing'));
    expect(told).toEqual([
      expect.stringMatching(/^info enum-casing Spec_v01\.md:4 .*; answered by overlay$/),
      expect.stringMatching(/^warning default-in-prose /),
    ]);
  });

  it('of a line of which the rule reports nothing is a word on nothing', () => {
    const { told } = read(entry('1.2', 'A job that stalls is paused.', 'settles: codegen/enum-casing'));
    expect(told).toContain(
      'error overlay-target overlay.yaml:3 Unexpected answer to codegen/enum-casing at line 24, expected one to what is reported there',
    );
  });
});
