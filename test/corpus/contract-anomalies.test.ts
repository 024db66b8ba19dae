import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { compareMentions } from '../../tools/contracts/mentions/compare.ts';
import { proseDiagnostics } from '../../tools/contracts/prose/index.ts';
import { collect } from '../../tools/contracts/resolve/collect.ts';
import { ROOT, readSpec } from '../contracts/spec-fixture.ts';

const NAME = 'Handshake_Master_Spec_v02.137.md';
const index = readSpec(`${ROOT}../shared/corpus/handshake-2026-02-24/${NAME}`, NAME);

const { ir, diagnostics } = generate(index);
const { types, events } = ir;
const candidates = collect(index).types.map(({ node }) => node);
const compared = compareMentions(events, ir.mentions, ['job_id', 'wp_id', 'mt_id']);
const prose = proseDiagnostics(index, { types, events, candidates, whole: true });

/** `line subject` of a rule, in the order of the lines. */
function found(rule: string, ...args: string[]): string[] {
  return [...compared, ...prose]
    .map(({ finding }) => finding)
    .filter((finding) => finding.rule === `codegen/${rule}`)
    .sort((a, b) => a.place.line - b.place.line)
    .map(({ place, args: values }) => [place.line, ...args.map((name) => values[name])].join(' '));
}

/** `first`, and so many more: `FR-EVT-DATA-001` of line 5231, `-002` of line 5232. */
function run(line: number, id: string, count: number, step = 1): string[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(Number(id.slice(-3)) + at * step).padStart(3, '0');
    return `${line + at} ${id.slice(0, -3)}${number}`;
  });
}

describe('3.3: ids with more than one type', () => {
  it('38 ids, in the main body and in the archived addendum', () => {
    const expected = [
      ...run(5231, 'FR-EVT-DATA-001', 15),
      ...run(9914, 'FR-EVT-RUNTIME-MAILBOX-101', 6),
      ...run(12652, 'FR-EVT-MT-001', 6),
      ...run(68913, 'FR-EVT-RUNTIME-MAILBOX-101', 6),
      ...run(69185, 'FR-EVT-MODEL-002', 4),
      ...run(69194, 'FR-EVT-GOV-001', 5),
      ...run(69234, 'FR-EVT-PROFILE-002', 2),
    ];
    expect(found('event-type-conflict', 'event')).toEqual(expected);
    expect(new Set(expected.map((text) => text.split(' ')[1])).size).toBe(38);
  });

  it('only the archived ones are information', () => {
    for (const { finding } of compared.filter(
      ({ finding: { rule } }) => rule === 'codegen/event-type-conflict',
    ))
      expect(finding.severity).toBe(finding.place.line > 68_000 ? 'info' : 'warning');
  });

  it.each([
    [5231, 64611],
    [9914, 64537],
    [12652, 6483],
    [69185, 64789],
  ])('line %i is held against line %i', (line, other) => {
    const one = compared.find(({ finding }) => finding.place.line === line);
    expect(one?.finding.related?.[0]?.place.line).toBe(other);
  });
});

describe('3.3: payloads', () => {
  const conflicts = found('event-payload-conflict', 'event');

  it.each([
    ['10.14.11 gives DATA-001 a field that 11.5.5 lacks', '62427 FR-EVT-DATA-001'],
    ['the recovery algorithm gives WF-RECOVERY fields that 11.5.2 lacks', '12633 FR-EVT-WF-RECOVERY'],
    ['the addendum contradicts itself', '69212 FR-EVT-RUNTIME-MAILBOX-101'],
    ['2.6.6.8.9.4 asks for a trace_id that 11.5.8 lacks', '12354 FR-EVT-CLOUD-001'],
  ])('%s', (_, key) => {
    expect(conflicts).toContain(key);
  });

  it.each([
    ['DATA-001', 5619],
    ['DATA-004', 5632],
    ['DATA-009', 5646],
    ['DATA-011', 5671],
    ['LLM-EXEC-001', 20487],
  ])('%s has a second payload at line %i, which is named', (_, line) => {
    const named = diagnostics
      .filter(({ rule }) => /duplicate-definition|payload-conflict/.test(rule))
      .flatMap(({ place, related = [] }) => [place.line, ...related.map((other) => other.place.line)]);
    expect(named).toContain(line);
  });

  it('the table of the looms agrees field for field (12 of 12)', () => {
    expect(conflicts.filter((key) => key.includes('LOOM'))).toEqual([]);
  });

  it('the addendum names the line that it contradicts', () => {
    const own = compared.find(
      ({ finding: { place, rule, message } }) =>
        place.line === 69212 && rule === 'codegen/event-payload-conflict' && message.includes('of line'),
    );
    expect(own?.finding.message).toBe(
      'Unexpected payload of FR-EVT-RUNTIME-MAILBOX-101 with receiver_role and without thread_id, from_role, to_role, expected that of line 68913',
    );
    expect(own?.finding.severity).toBe('info');
  });
});

describe('3.4: named and never defined', () => {
  it('the whole list, each at the line that names it first', () => {
    expect(found('event-undefined', 'event')).toEqual([
      ...run(6478, 'FR-EVT-WP-001', 5),
      ...run(6483, 'FR-EVT-MT-001', 6),
      ...run(6489, 'FR-EVT-DEP-001', 2),
      ...run(6491, 'FR-EVT-TB-001', 3),
      ...run(6494, 'FR-EVT-SYNC-001', 3),
      '6497 FR-EVT-QUERY-001',
      '10704 FR-EVT-SEC-VIOLATION',
      '11817 FR-EVT-MT-LOOP-STARTED',
      '11824 FR-EVT-MT-PAUSE-REQUESTED',
      '11827 FR-EVT-MT-RESUMED',
      '11837 FR-EVT-MT-HARD-GATE',
      '11853 FR-EVT-MT-LORA-SELECTION',
      '11865 FR-EVT-MT-ITERATION-STARTED',
      '11867 FR-EVT-LLM-INFERENCE',
      '11875 FR-EVT-MT-VALIDATION',
      '11898 FR-EVT-MT-ITERATION-COMPLETE',
      '11902 FR-EVT-MT-COMPLETE',
      '11912 FR-EVT-MT-ESCALATED',
      '11926 FR-EVT-MT-SKIPPED',
      '11930 FR-EVT-MT-LOOP-FAILED',
      '11938 FR-EVT-MT-LOOP-COMPLETED',
      ...run(12658, 'FR-EVT-MT-007', 11),
      '52857 FR-EVT-004',
      '68322 FR-EVT-MODEL-PERSIST',
      '68329 FR-EVT-MODEL-OFFLOAD',
      '68336 FR-EVT-MODEL-LOAD',
      '68342 FR-EVT-MODEL-RESUME',
      '68625 FR-EVT-CLOUD-ESCALATION-REQUESTED',
      '69039 FR-EVT-MT-ITER-001',
      '69039 FR-EVT-WP-STATUS-001',
    ]);
  });

  it('forbidden ids, with the pseudo-code that names them all the same', () => {
    expect(found('event-prohibited', 'event')).toEqual([
      '10274 FR-EVT-GOV-APPROVED-WITH-WARNINGS',
      '10274 FR-EVT-GOV-SELF-APPROVED',
      '64893 FR-EVT-CLOUD-005',
    ]);
    const uses = compared
      .filter(({ finding }) => finding.rule === 'codegen/event-prohibited')
      .map(({ finding }) => (finding.related ?? []).map(({ place }) => place.line));
    expect(uses.flat().sort()).toEqual([68467, 68471]);
  });

  it.each([
    ['cross-session read', '30524 INV-SESS-005'],
    ['backoff parameters', '30605 INV-SCHED-003'],
    ['receipts linked in the Flight Recorder', '30661 '],
    ['the widened consent scope', '30674 '],
    ['merge-back', '30892 '],
    ['cross-session file access', '30899 INV-WS-003'],
    ['scoped bypass', '31052 TRUST-004'],
    ['capability allow or deny', '62454 '],
    ['policy decision', '62582 '],
  ])('a rule demands an event for which no id exists: %s', (_, key) => {
    expect(found('event-demanded', 'clause')).toContain(key);
  });
});

describe('4.5 and the table of 8: what prose, comments and examples say', () => {
  it.each<[string, string[], string[]]>([
    ['count-mismatch', ['stated', 'rows'], ['6472 23 20']],
    [
      'default-in-prose',
      ['name', 'value'],
      ['29286 RoutingPolicy.strategy work_profile_driven', '30674 ConsentScope SINGLE_CALL'],
    ],
    [
      'schema-version-reused',
      ['version'],
      [
        '9850 hsk.role_mailbox_body@0.5',
        '9950 role_mailbox_export_v1',
        '12324 hsk.cloud_escalation@0.4',
        '19146 hsk.model_swap@0.4',
      ],
    ],
    ['unlisted-value', ['value'], ['30604 QUEUED']],
  ])('codegen/%s: exactly', (rule, args, expected) => {
    expect(found(rule, ...args)).toEqual(expected);
  });

  it.each([
    ['open-vocabulary', '30477 ModelSession role'],
    ['open-vocabulary', '30724 SessionSpawnResponse rejection_reason'],
  ])('codegen/%s: %s', (rule, key) => {
    expect(found(rule, 'name', 'field')).toContain(key);
  });

  it.each([
    ['64577 FR-EVT-GOV-GATES-001 REQUIRED for REPORT_PRESENTED'],
    ['65016 FR-EVT-LLM-EXEC-001 REQUIRED if exactness=approximate and allowed'],
    ['22502 session_id REQUIRED for ModelSession tool calls'],
    ['22511 args_ref REQUIRED if args exceed 32KB or contain secrets'],
  ])('codegen/conditional-required: %s', (key) => {
    expect(found('conditional-required', 'name', 'condition')).toContain(key);
  });

  it('each enum of Rust leaves open how its values are written, and names the place that spells them', () => {
    const open = prose.filter(({ finding }) => finding.rule === 'codegen/enum-casing');
    const rust = types.filter(({ kind, evidence }) => kind === 'enum' && evidence[0]!.dialect === 'rust');
    expect(open.map(({ finding }) => finding.args.name)).toEqual(rust.map(({ name }) => name));
    const spelled = open
      .filter(({ finding }) => /^(?:Job|Access|RoleMailbox)/.test(String(finding.args.name)))
      .map(({ key, finding }) => [key, finding.related?.[0]?.place.line]);
    expect(spelled).toEqual([
      ['casing:JobKind', 8971],
      ['casing:JobState', 9033],
      ['casing:AccessMode', 8745],
      ['casing:RoleMailboxMessageType', undefined],
    ]);
  });

  it('the execution mode of an AI job is not that of a session', () => {
    const modes = candidates.filter(({ name }) => name === 'ExecutionMode');
    expect(modes.map(({ evidence }) => `${evidence[0]!.line} ${evidence[0]!.dialect}`)).toEqual([
      '19820 yaml',
      '8823 field-table',
    ]);
  });
});
