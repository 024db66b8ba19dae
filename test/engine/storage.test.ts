import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { objectSample } from '../../tools/contracts/emit/sample-value.ts';
import { scopeOf } from '../../tools/contracts/emit/scope.ts';
import { fieldsOf, generate, type RecordNode } from '../../tools/contracts/index.ts';
import { openSqliteStore } from '../../tools/engine/index.ts';
import { openMemoryStore } from '../../tools/engine/store/memory.ts';
import type { Store } from '../../tools/engine/store/store.ts';
import type {
  ConsentReceipt,
  MessageProvenance,
  ModelRunJob,
  ModelSession,
  ProjectionPlan,
  RoleMailboxMessage,
  SessionMessage,
} from '../../tools/generated/index.ts';
import { type Change, type Rows, type TableName, tables } from '../../tools/kernel/tables.ts';
import { createRecorder } from '../../tools/recorder/index.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec } from '../contracts/spec-fixture.ts';
import { database } from './opened.ts';

const { ir } = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), {
  overlay: { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) },
});
const types = new Map(ir.types.map((node) => [node.name, node]));
const records = ir.types.filter((node): node is RecordNode => node.kind === 'record');

/** The table that keeps a record: its fields under their own names, but for those of `columns`. */
interface Table {
  table: TableName;
  columns?: Record<string, string>;
  /** Fields that another row has, or that follow from it. */
  elsewhere?: Record<string, string>;
}

const TABLES: Record<string, Table> = {
  ModelSession: { table: 'session' },
  SessionMessage: { table: 'message' },
  MessageProvenance: { table: 'message' },
  ModelRunJob: { table: 'job' },
  RoleMailboxMessage: { table: 'mailbox' },
  ProjectionPlan: { table: 'plan' },
  ConsentReceipt: { table: 'receipt' },
  ActivitySpanBinding: {
    table: 'span',
    columns: { activity_span_id: 'span_id' },
    elsewhere: { model_session_span_id: 'the row of its session' },
  },
  ModelSessionSpanBinding: {
    table: 'span',
    columns: { model_session_span_id: 'span_id', parent_model_session_span_id: 'parent_span_id' },
  },
};

/** Records that no table keeps, and where what they say is instead. */
const ELSEWHERE: Record<string, string> = {
  AnnounceBackSummary: 'an artifact, content-addressed',
  RoleMailboxBody: 'an artifact, content-addressed',
  RoleMailboxBodyArtifact: 'part of RoleMailboxBody',
  RoleMailboxBodyMtContext: 'part of RoleMailboxBody',
  ToolCall: 'arguments are an artifact, the call is the payload of FR-EVT-007',
  TokenUsage: 'added up in session, job and packet',
  SessionSpawnRequest: 'the child it makes, and the digest in the table request',
  SessionSpawnResponse: 'the table request',
  SpawnLimits: 'configuration of the engine',
  SessionSchedulerConfig: 'configuration of the engine',
  FlightRecorderEventBase: 'the envelope of every event, in the table events',
};

/** What the spec defines for parts that this engine does not play. */
const OF_OTHERS = [
  'CanonicalInvocationEnvelopeRequest',
  'CanonicalInvocationEnvelopeResponse',
  'AiJobCore',
  'AiJob',
  'EntityRef',
  'JobMetrics',
  'RoleMailboxContext',
  'RoleMailboxThread',
  'TranscriptionLink',
  'LockOwner',
  'ProviderCapabilities',
  'ToolDefinition',
  'ChatRequest',
  'ChatResponse',
  'SessionCheckpoint',
  'RoutingPolicy',
  'MultiModelSession',
  'GovernanceModePolicy',
  'GovernancePolicyDecision',
  'GitWorkflowPolicy',
  'SpecGateRule',
  'SpecRoleRule',
  'SpecTemplateRule',
  'SpecRouterPolicy',
];

/** What the tables find and order rows by, beside the fields of the record itself. */
const KEYS = {
  span_id: 's',
  message_id: 'm',
  job_id: 'j',
  session_id: 'i',
  to_session_id: 't',
  end_time: null,
  spawn_seq: 1,
  job_seq: 1,
  message_seq: 1,
  inbox_seq: 1,
};

const stores: [string, () => Promise<Store>][] = [
  ['memory', async () => openMemoryStore()],
  ['sqlite', async () => openSqliteStore(database())],
];

it('every record of the spec is kept somewhere, or is said to belong to others', () => {
  const placed = [...Object.keys(TABLES), ...Object.keys(ELSEWHERE), ...OF_OTHERS];
  expect(records.map(({ name }) => name).filter((name) => !placed.includes(name))).toEqual([]);
  expect(placed.filter((name) => !types.has(name))).toEqual([]);
});

it('what the engine keeps is what the spec generates', () => {
  expectTypeOf<Rows['session']>().toExtend<ModelSession>();
  expectTypeOf<Rows['job']>().toExtend<ModelRunJob>();
  expectTypeOf<Rows['message']>().toExtend<SessionMessage>();
  expectTypeOf<Rows['mailbox']>().toExtend<RoleMailboxMessage>();
  expectTypeOf<Rows['plan']>().toExtend<ProjectionPlan>();
  expectTypeOf<Rows['receipt']>().toExtend<ConsentReceipt>();
  expectTypeOf<NonNullable<Rows['message']['provenance']>>().toEqualTypeOf<
    Omit<MessageProvenance, 'message_id'>
  >();
});

describe.each(stores)('in the %s store', (_, open) => {
  it.each(Object.entries(TABLES))('every field of %s comes back as it went in', async (name, place) => {
    const { table, columns = {}, elsewhere = {} } = place;
    const fields = fieldsOf(types.get(name) as RecordNode, types);
    const sample = objectSample(fields, { kind: 'full', scope: scopeOf(ir), left: { records: 100 } })!;
    const kept = Object.entries(sample).filter(([field]) => !(field in elsewhere));
    const row = Object.fromEntries(kept.map(([field, value]) => [columns[field] ?? field, value]));
    const keyed = { ...KEYS, ...row };
    const key = tables[table].key(keyed as never);
    await using store = await open();
    await store.transact(
      () => ({
        rejected: false,
        changes: [{ table, key, row: keyed } as unknown as Change],
        events: [],
        artifacts: [],
        effects: [],
        result: undefined,
      }),
      () => [],
    );
    const back = await store.read((view) => view.get(table, key));
    expect(back).toEqual(keyed);
    const names = fields.map((field) => field.name).filter((field) => !(field in elsewhere));
    expect(names.filter((field) => !((columns[field] ?? field) in (back as object)))).toEqual([]);
    expect(names.length).toBeGreaterThan(1);
  });

  it('every field of every event comes back as the recorder took it', async () => {
    const { events } = JSON.parse(readFileSync(`${ROOT}schemas/contracts/samples.json`, 'utf8')) as {
      events: Record<string, { full: { event_id: string; payload: object } }>;
    };
    await using store = await open();
    const recorder = createRecorder(store);
    for (const event of ir.events) {
      const { full } = events[event.frId]!;
      expect(Object.keys(full.payload).sort()).toEqual(event.payload.map(({ name }) => name).sort());
      expect(await recorder.accept(full)).toEqual(full);
      expect(await store.findEvent(full.event_id)).toEqual(full);
    }
    const stored = [];
    for await (const event of recorder.query()) stored.push(event);
    expect(stored).toHaveLength(ir.events.length);
  });
});
