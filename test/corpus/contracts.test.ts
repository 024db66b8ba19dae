import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  emit,
  type Field,
  type Generated,
  type GenerateOptions,
  generate,
} from '../../tools/contracts/index.ts';
import { collect } from '../../tools/contracts/resolve/collect.ts';
import { differences, normalIr } from '../contracts/normal-ir.ts';
import {
  OWN_OVERLAY,
  OWN_SPEC,
  ROOT,
  readOwn,
  readSpec,
  SESSION_EVENTS,
  SESSION_ROOTS,
} from '../contracts/spec-fixture.ts';

const NAME = 'Handshake_Master_Spec_v02.137.md';
const CORPUS = `${ROOT}../shared/corpus/handshake-2026-02-24/${NAME}`;
const TEMPLATE = 'templates/overlays/handshake.yaml';

/** Differences between our session closure and the corpus spec's with its overlay, each with its reason. */
const COUNTED = [
  'FR-EVT-SESS-001 payload.spawn_depth',
  'FR-EVT-SESS-003 payload.duration_ms',
  'FR-EVT-SESS-003 payload.messages_count',
  'FR-EVT-SESS-003 payload.total_cost_usd',
  'FR-EVT-SESS-003 payload.total_tokens',
  'FR-EVT-SESS-004 payload.token_count',
  'FR-EVT-SESS-005 payload.current_value',
  'FR-EVT-SESS-005 payload.threshold_value',
  'FR-EVT-SESS-SCHED-001 payload.priority',
  'FR-EVT-SESS-SCHED-002 payload.queue_wait_ms',
  'FR-EVT-SESS-SCHED-003 payload.attempt',
  'FR-EVT-SESS-SCHED-003 payload.backoff_ms',
  'FR-EVT-SESS-SPAWN-001 payload.spawn_depth',
  'FR-EVT-SESS-SPAWN-002 payload.spawn_depth',
  'FR-EVT-SESS-SPAWN-003 payload.active_children_count',
  'FR-EVT-SESS-SPAWN-003 payload.spawn_depth',
];

const ALLOWED: Record<string, string> = {
  ...Object.fromEntries(
    COUNTED.map((field) => [
      `${field} bounds: (absent) → min 0, max undefined, mined`,
      'Our 11.5.1 says that no count or amount is less than nothing (F05); theirs leaves it open.',
    ]),
  ),
  'AnnounceBackSummaryStatus: enum COMPLETED FAILED CANCELLED → enum of AnnounceBackSummary COMPLETED FAILED CANCELLED':
    'Our 4.3.9.15.5 states the record AnnounceBackSummary, whose field spells the enum out; for theirs the overlay defines it.',
  'SessionSpawnResponse.rejection_reason open: [depth_limit_exceeded, children_cap_reached] → (absent)':
    'D-21 closes the vocabulary: the reasons are the members of SpawnRejectionReason, tested in their order.',
};

if (existsSync(CORPUS)) corpusTests();
else process.stdout.write('contracts: no corpus beside the repository, its tests are not registered\n');

function corpusTests(): void {
  const index = readSpec(CORPUS, NAME);
  const overlay = { path: TEMPLATE, text: readOwn(TEMPLATE) };

  /** Each of the few ways to generate from so long a spec is gone once. */
  const generated = new Map<string, Generated>();
  function contracts(options: GenerateOptions = {}): Generated {
    const key = JSON.stringify(options);
    const made = generated.get(key) ?? generate(index, options);
    generated.set(key, made);
    return made;
  }

  function tally(options: GenerateOptions): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { severity, rule } of contracts(options).diagnostics) {
      const key = `${severity} ${rule.replace('codegen/', '')}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  describe('the corpus spec', () => {
    const whole = contracts();
    const read = collect(index);
    const yaml = read.types.map(({ node }) => node).filter((node) => node.evidence[0]!.dialect === 'yaml');
    const kinds = (kind: string) => yaml.filter((node) => node.kind === kind);

    it('C01: 24 of 24 schema blocks read and 14 of 14 data blocks refused, no line of the 24 outside the grammar', () => {
      expect(whole.dialects.find(({ dialect }) => dialect === 'yaml')).toEqual({
        dialect: 'yaml',
        blocks: 24,
        refused: 14,
        records: 17,
        enums: 8,
        aliases: 3,
        events: 14,
      });
      const outside = whole.diagnostics.filter(({ rule }) => rule === 'codegen/outside-grammar');
      expect(outside.map(({ place }) => place.line)).toEqual([6160, 6192, 6255, 6694]);
    });

    it('C01: 17 records, 8 enums, 3 aliases', () => {
      const enums = kinds('enum').filter((node) => node.kind === 'enum' && node.owner === undefined);
      expect([kinds('record').length, enums.length, kinds('alias').length]).toEqual([17, 8, 3]);
    });

    it('80 canonical payloads: 14 session events with 64 items, one of them a list, and 66 ids of 46 interfaces', () => {
      const session = whole.ir.events.filter(({ extends: base }) => base === undefined);
      expect(session.map(({ frId }) => frId)).toEqual(SESSION_EVENTS);
      const items = session.flatMap((event) => event.payload);
      expect(items).toHaveLength(64);
      expect(items.filter(({ type }) => type.kind === 'array').map(({ name }) => name)).toEqual([
        'cancelled_session_ids',
      ]);
      expect(whole.ir.events).toHaveLength(80);
      const interfaces = read.interfaces.filter(({ node }) => node.evidence.line > 64200);
      expect(interfaces).toHaveLength(46);
      expect(interfaces.reduce((sum, { node }) => sum + node.properties, 0)).toBe(352);
      expect(new Set(whole.ir.events.map(({ frId }) => frId)).size).toBe(80);
    });

    it('18 TypeScript names have two shapes, each reported, and 5 names that Rust or tables define, too', () => {
      const names = whole.diagnostics
        .filter(({ rule }) => rule === 'codegen/duplicate-definition')
        .map(({ message }) => /definition of (?:FR-EVT-[A-Z0-9-]+ \()?(\w+)/.exec(message)?.[1]);
      expect(names).toEqual([
        'SilverRecord',
        'AccessMode',
        'CapabilityRegistry',
        'ToolingProfileSelection',
        'RoleMailboxBodyV0_5',
        'AutomationLevel',
        'GovernanceDecision',
        'ExecutionPolicyExtension',
        'CloudEscalationRequest',
        'WorkMode',
        'PlannedOperation',
        'ModelSwapRequest',
        'WorkProfile',
        'ModelAssignment',
        'ModelAssignmentCompute',
        'ExecutionMode',
        'MultiModelSession',
        'FlightRecorderEventBase',
        'BronzeRecordCreatedEvent',
        'EmbeddingComputedEvent',
        'RetrievalExecutedEvent',
        'ContextPollutionAlertEvent',
        'LlmExecPolicyEvent',
      ]);
    });

    it('TS2430: the actor of FR-EVT-007 is the one field that breaks its base', () => {
      const found = contracts({ overlay }).diagnostics.filter(
        ({ rule }) => rule === 'codegen/incompatible-override',
      );
      expect(found.map(({ message, place }) => `${place.line} ${message.split(', ')[0]}`)).toEqual([
        "64409 Unexpected field actor of FR-EVT-007 with another type than the base's",
        "64940 Unexpected field event_id of FR-EVT-RUNTIME-CHAT-101 with another meaning than the base's",
      ]);
    });

    it('C13: 11 defaults stated in comments, one taken from another record, with their lines', () => {
      const fields = kinds('record').flatMap((node) => (node.kind === 'record' ? node.fields : []));
      const stated = fields.flatMap((field) =>
        field.default ? [[field.evidence[0]!.line, field.default]] : [],
      );
      expect(stated).toEqual([
        [30577, { kind: 'value', value: 50 }],
        [30580, { kind: 'value', value: 3 }],
        [30581, { kind: 'value', value: 'EXPONENTIAL' }],
        [30582, { kind: 'value', value: 120000 }],
        [30594, { kind: 'value', value: 8 }],
        [30595, { kind: 'value', value: 4 }],
        [30596, { kind: 'value', value: 2 }],
        [30705, { kind: 'value', value: true }],
        [30734, { kind: 'value', value: 3 }],
        [30735, { kind: 'value', value: 4 }],
        [30736, { kind: 'from', record: 'SessionSchedulerConfig', field: 'max_concurrent_sessions_global' }],
        [30821, { kind: 'value', value: true }],
      ]);
    });

    it('lists for the session closure exactly what the spec leaves open', () => {
      expect(tally({ roots: SESSION_ROOTS })).toEqual({
        'warning payload-untyped': 23,
        'warning payload-ambiguous': 2,
        'warning correlation-unstated': 5,
        'warning duplicate-definition': 1,
        'info payload-nullable': 7,
        'info open-vocabulary': 2,
        // Rules of the chapter that ask for an event, and no id to meet them with.
        'info event-demanded': 10,
        'warning default-in-prose': 1,
        'warning unlisted-value': 1,
        'error undefined-type': 1,
        'error envelope-mismatch': 1,
        // ExecutionMode: of a session in yaml, of an AI job in a table.
        'error duplicate-definition': 1,
      });
    });

    it('the undefined set of the minimal closure is ToolCall alone, and empty with the overlay', () => {
      const undefinedTypes = (options: GenerateOptions) =>
        contracts(options)
          .diagnostics.filter(
            ({ rule, severity }) => rule === 'codegen/undefined-type' && severity === 'error',
          )
          .map(({ args, place }) => `${args.name} ${place.line}`);
      expect(undefinedTypes({ roots: SESSION_ROOTS })).toEqual(['ToolCall 31001']);
      expect(undefinedTypes({ roots: SESSION_ROOTS, overlay })).toEqual([]);
    });

    it('§4.5: what no block says and the overlay does: fifteen contradictions, each with both lines', () => {
      const found = contracts({ roots: SESSION_ROOTS, overlay }).diagnostics.filter(
        ({ rule }) => rule === 'codegen/contradiction',
      );
      expect(found.map(({ place, related }) => [place.line, related?.[0]?.place.line])).toEqual([
        [8912, 8980],
        [10607, 60998],
        [19512, 64900],
        [19992, 19817],
        [30543, 31022],
        [30549, 30543],
        [30656, 62712],
        [30678, 20107],
        [30706, 60786],
        [30746, 30552],
        [30957, 30552],
        [30960, 30546],
        [31031, 64463],
        [62734, 10227],
        [64210, 64338],
      ]);
    });

    it('never uses the archived copy of the base interface, and says so with both lines', () => {
      const { diagnostics, ir } = contracts({ roots: SESSION_ROOTS });
      const found = diagnostics.find(({ args }) => args.name === 'FlightRecorderEventBase');
      expect([found?.place.line, found?.related?.[0]?.place.line]).toEqual([64250, 69242]);
      expect(ir.types.find(({ name }) => name === 'FlightRecorderEventBase')?.section).toBe('11.5.1');
    });

    it('the handshake overlay answers everything, and no entry of it is stale', () => {
      const { diagnostics } = contracts({ roots: SESSION_ROOTS, overlay });
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(
        contracts({ overlay }).diagnostics.filter(({ rule }) => rule.startsWith('codegen/overlay-')),
      ).toEqual([]);
    });

    it('ids of TypeScript events come from bullets, headings and comments', () => {
      const events = [
        'FR-EVT-006',
        'FR-EVT-007',
        'FR-EVT-WF-RECOVERY',
        'FR-EVT-GOV-MAILBOX-001',
        'FR-EVT-LLM-EXEC-001',
      ];
      const { ir } = contracts({ overlay, roots: [...SESSION_ROOTS, ...events] });
      expect(
        ir.events.filter(({ extends: base }) => base).map(({ frId, type }) => `${frId} ${type}`),
      ).toEqual([
        'FR-EVT-006 llm_inference',
        'FR-EVT-007 tool_call',
        'FR-EVT-GOV-MAILBOX-001 gov_mailbox_message_created',
        'FR-EVT-LLM-EXEC-001 llm_exec_policy',
        'FR-EVT-WF-RECOVERY workflow_recovery',
      ]);
      expect(
        ir.events
          .find(({ frId }) => frId === 'FR-EVT-006')
          ?.narrows?.map(({ name, presence }) => `${name} ${presence}`),
      ).toEqual(['model_id required']);
    });

    it('the session events are the same whatever is asked for beside them', () => {
      const session = (options: GenerateOptions): unknown => {
        const { ir } = contracts({ overlay, ...options });
        return ir.events
          .filter(({ frId }) => SESSION_EVENTS.includes(frId))
          .map(({ frId, type, payload }) => [frId, type, payload.map(withoutEvidence)]);
      };
      const closure = session({ roots: SESSION_ROOTS });
      expect(session({ roots: ['FR-EVT-SESS-*'] })).toEqual(closure);
      expect(session({})).toEqual(closure);
    });

    it('emits types, events and an index, twice the same bytes', () => {
      const once = emit(contracts({ roots: SESSION_ROOTS, overlay }).ir);
      expect(once.map(({ path }) => path)).toEqual([
        'tools/generated/types.ts',
        'tools/generated/events.ts',
        'tools/generated/index.ts',
      ]);
      expect(emit(generate(index, { roots: SESSION_ROOTS, overlay }).ir)).toEqual(once);
      for (const event of SESSION_EVENTS) expect(once[1]!.text).toContain(`'${event}': {`);
    });
  });

  describe('our spec says the same as the corpus spec', () => {
    it('IR of our session closure = IR of the corpus closure with the handshake overlay, but for what is allowed', () => {
      const theirs = contracts({ roots: SESSION_ROOTS, overlay }).ir;
      const ours = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), {
        roots: SESSION_ROOTS,
        overlay: { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) },
      }).ir;
      expect(normalIr(ours).size).toBeGreaterThan(200);
      expect(differences(normalIr(theirs), normalIr(ours))).toEqual(Object.keys(ALLOWED).sort());
    });

    it('a changed fact is seen', () => {
      const theirs = normalIr(contracts({ roots: SESSION_ROOTS, overlay }).ir);
      const changed = new Map(theirs).set('SpawnLimits.max_spawn_depth', 'int default 4');
      expect(differences(theirs, changed)).toEqual([
        'SpawnLimits.max_spawn_depth: int default 3 → int default 4',
      ]);
    });
  });
}

function withoutEvidence({ evidence: _, doc: __, ...said }: Field): unknown {
  return said;
}
