import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emit, generate } from '../../tools/contracts/index.ts';
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
const ALLOWED: Record<string, string> = {
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

  function tally(options: Parameters<typeof generate>[1]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { severity, rule } of generate(index, options).diagnostics) {
      const key = `${severity} ${rule.replace('codegen/', '')}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  describe('the corpus spec', () => {
    it('C01: 24 schema blocks, 17 records, 8 enums, 3 aliases, 14 events', () => {
      expect(generate(index).counts).toEqual({
        blocks: 24,
        records: 17,
        enums: 8,
        aliases: 3,
        events: 14,
        fields: 138,
      });
    });

    it('rejects every block of data and accepts every line of the schema blocks', () => {
      expect(generate(index).diagnostics.filter(({ rule }) => rule === 'codegen/outside-grammar')).toEqual(
        [],
      );
    });

    it('64 payload items, one of them a list', () => {
      const items = generate(index).ir.events.flatMap((event) => event.payload);
      expect(items).toHaveLength(64);
      expect(items.filter(({ type }) => type.kind === 'array').map(({ name }) => name)).toEqual([
        'cancelled_session_ids',
      ]);
    });

    it('C13: 11 defaults stated in comments, one taken from another record, with their lines', () => {
      const fields = generate(index).ir.types.flatMap((node) => (node.kind === 'record' ? node.fields : []));
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
        'error undefined-type': 1,
        'error envelope-mismatch': 1,
      });
    });

    it('as a whole it uses three types that it does not define', () => {
      const found = generate(index).diagnostics.filter(({ rule }) => rule === 'codegen/undefined-type');
      expect(found.map(({ args, place }) => `${args.name} ${place.line}`)).toEqual([
        'JsonSchema 30820',
        'ToolCall 30826',
        'TokenUsage 30827',
      ]);
    });

    it('never uses the archived copy of the base interface, and says so with both lines', () => {
      const { diagnostics, ir } = generate(index, { roots: SESSION_ROOTS });
      const found = diagnostics.find(({ rule }) => rule === 'codegen/duplicate-definition');
      expect([found?.place.line, found?.related?.[0]?.place.line]).toEqual([64250, 69242]);
      expect(ir.types.find(({ name }) => name === 'FlightRecorderEventBase')?.section).toBe('11.5.1');
    });

    it('the handshake overlay answers everything, and no entry of it is stale', () => {
      const { diagnostics } = generate(index, { roots: SESSION_ROOTS, overlay });
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(
        generate(index, { overlay }).diagnostics.filter(
          ({ severity, rule }) => severity === 'error' || rule === 'codegen/overlay-stale',
        ),
      ).toEqual([]);
    });

    it('ids of TypeScript events come from bullets, headings and comments', () => {
      const include = [
        'FR-EVT-006',
        'FR-EVT-007',
        'FR-EVT-WF-RECOVERY',
        'FR-EVT-GOV-MAILBOX-001',
        'FR-EVT-LLM-EXEC-001',
      ];
      const { ir } = generate(index, { overlay, roots: SESSION_ROOTS, include });
      expect(
        ir.events.filter(({ extends: base }) => base).map(({ frId, type }) => `${frId} ${type}`),
      ).toEqual([
        'FR-EVT-006 llm_inference',
        'FR-EVT-007 tool_call',
        'FR-EVT-GOV-MAILBOX-001 gov_mailbox_message_created',
        'FR-EVT-LLM-EXEC-001 llm_exec_policy',
        'FR-EVT-WF-RECOVERY workflow_recovery',
      ]);
      expect(ir.events.find(({ frId }) => frId === 'FR-EVT-006')?.requires).toEqual(['model_id']);
    });

    it('emits types, events and an index, twice the same bytes', () => {
      const once = emit(generate(index, { roots: SESSION_ROOTS, overlay }).ir);
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
      const theirs = generate(index, { roots: SESSION_ROOTS, overlay }).ir;
      const ours = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), {
        roots: SESSION_ROOTS,
        overlay: { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) },
      }).ir;
      expect(normalIr(ours).size).toBeGreaterThan(200);
      expect(differences(normalIr(theirs), normalIr(ours))).toEqual(Object.keys(ALLOWED).sort());
    });

    it('a changed fact is seen', () => {
      const theirs = normalIr(generate(index, { roots: SESSION_ROOTS, overlay }).ir);
      const changed = new Map(theirs).set('SpawnLimits.max_spawn_depth', 'int default 4');
      expect(differences(theirs, changed)).toEqual([
        'SpawnLimits.max_spawn_depth: int default 3 → int default 4',
      ]);
    });
  });
}
