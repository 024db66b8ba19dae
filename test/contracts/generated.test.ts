import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkGenerated, emit, generate, printIr } from '../../tools/contracts/index.ts';
import {
  defaults,
  events,
  FlightRecorderEventEnvelope,
  frEventIdOfType,
  ModelSession,
  parseEvent,
  SessionMessage,
} from '../../tools/generated/index.ts';
import { UnreadableFile } from '../../tools/snapshot/index.ts';
import {
  OWN_INTERFACES,
  OWN_OVERLAY,
  OWN_SPEC,
  ROOT,
  readOwn,
  readSpec,
  SESSION_EVENTS,
} from './spec-fixture.ts';

function own() {
  const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
  return generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay });
}

const onDisk = async (path: string) => new Uint8Array(readFileSync(`${ROOT}${path}`));

const id = '0190b3d2-7c1e-7a44-8a55-0123456789ab';
const created = {
  event_id: id,
  fr_event_id: 'FR-EVT-SESS-001',
  type: 'session.created',
  timestamp: '2026-04-09T10:00:00.000Z',
  actor: 'system',
  trace_id: id,
  model_session_id: id,
  payload: {
    session_id: id,
    model_id: 'm',
    backend: 'local',
    role: 'Coder',
    wp_id: null,
    mt_id: null,
    memory_policy: 'EPHEMERAL',
    spawn_depth: 0,
  },
};
const message = {
  message_id: id,
  session_id: id,
  role: 'USER',
  content_hash: 'a'.repeat(64),
  content_artifact_id: 'x',
  timestamp: '2026-04-09T10:00:00Z',
  token_count: null,
  redacted: false,
  tool_call_id: null,
  attachments: [],
};

describe('codegen of the own spec', () => {
  it('leaves nothing unanswered', () => {
    expect(own().diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('has the 14 session events and the 6 that TypeScript interfaces define', () => {
    expect(own().counts.events).toBe(20);
    expect(Object.keys(events).sort()).toEqual([...SESSION_EVENTS, ...OWN_INTERFACES].sort());
  });

  it('C05: is byte-identical, twice, and names no time', () => {
    const [first, second] = [own().ir, own().ir];
    expect(printIr(first)).toBe(printIr(second));
    expect(emit(first)).toEqual(emit(second));
  });

  it('C01: each definition names its clause and its fingerprint', () => {
    const { ir } = own();
    for (const node of [...ir.types, ...ir.events]) {
      expect(node.section).toMatch(/^\d+(\.\w+)+$/);
      expect(node.fingerprint).toMatch(/^1:[0-9a-f]{64}$/);
    }
  });

  it('what is committed is what the spec generates', async () => {
    expect(await checkGenerated(emit(own().ir), onDisk)).toEqual([]);
  });
});

describe('checkGenerated', () => {
  const files = emit(own().ir);
  const types = files[0]!;

  it.each([
    ['C10: a hand edit', types.text.replace('z.uuid()', 'z.string()'), 'codegen/generated-edited', 3],
    ['a file without a header', 'export {};\n', 'codegen/generated-edited', 1],
  ])('%s', async (_, text, rule, line) => {
    const found = await checkGenerated([types], async () => new TextEncoder().encode(text));
    expect(found.map((d) => [d.rule, d.place.line])).toEqual([[rule, line]]);
  });

  it('a file that an older spec generated has drifted', async () => {
    const old = emit({ ...own().ir, types: own().ir.types.slice(1) })[0]!;
    const found = await checkGenerated([types], async () => new TextEncoder().encode(old.text));
    expect(found.map((d) => d.rule)).toEqual(['codegen/generated-drifted']);
  });

  it('a missing file, and a checkout with CRLF', async () => {
    const missing = await checkGenerated([types], async (path) => {
      throw new UnreadableFile(path, 'missing');
    });
    expect(missing.map((d) => d.rule)).toEqual(['codegen/generated-missing']);
    const crlf = new TextEncoder().encode(types.text.replaceAll('\n', '\r\n'));
    expect(await checkGenerated([types], async () => crlf)).toEqual([]);
  });
});

describe('generated contracts', () => {
  it('C13: defaults of the comments', () => {
    expect(defaults.SpawnLimits).toEqual({
      max_spawn_depth: 3,
      max_active_children_per_session: 4,
      max_total_active_sessions: 8,
    });
    expect(Object.values(defaults.SessionSchedulerConfig)).toEqual([8, 4, 2]);
    expect(defaults.ModelRunJob).toEqual({
      priority: 50,
      max_retries: 3,
      retry_backoff: 'EXPONENTIAL',
      timeout_ms: 120000,
    });
    expect(defaults.SessionSpawnRequest.announce_back).toBe(true);
  });

  it('an event of the registry is valid, also under the envelope alone', () => {
    expect(events['FR-EVT-SESS-001'].schema.safeParse(created).success).toBe(true);
    expect(FlightRecorderEventEnvelope.safeParse(created).success).toBe(true);
    expect(frEventIdOfType[created.type]).toBe('FR-EVT-SESS-001');
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['unknown key', { extra: 1 }, []],
    ['unknown payload key', { payload: { ...created.payload, extra: 1 } }, ['payload']],
    ['swapped id', { fr_event_id: 'FR-EVT-SESS-002' }, ['fr_event_id']],
    ['swapped type', { type: 'session.completed' }, ['type']],
    ['date only', { timestamp: '2026-04-09' }, ['timestamp']],
    ['no seconds', { timestamp: '2026-04-09T10:00Z' }, ['timestamp']],
    ['not UTC', { timestamp: '2026-04-09T10:00:00+02:00' }, ['timestamp']],
    ['no such day', { timestamp: '2026-02-29T10:00:00Z' }, ['timestamp']],
    ['event id no uuid', { event_id: 'FR-EVT-SESS-001' }, ['event_id']],
    ['unknown actor', { actor: 'robot' }, ['actor']],
    ['optional set to undefined', { wp_id: undefined }, ['wp_id']],
    ['null where only absence is allowed', { job_id: null }, ['job_id']],
    ['payload of another event', { payload: { session_id: id } }, ['payload', 'model_id']],
  ])('an event is refused: %s', (_, change, path) => {
    const result = events['FR-EVT-SESS-001'].schema.safeParse({ ...created, ...change });
    expect(result.error?.issues[0]?.path).toEqual(path);
  });

  it('parseEvent validates by the id alone, whatever the event', () => {
    expect(parseEvent(created)).toEqual({ success: true, data: created });
    const changed = parseEvent({ ...created, payload: { ...created.payload, spawn_depth: 'deep' } });
    expect(changed.error?.issues.map(({ path }) => path)).toEqual([['payload', 'spawn_depth']]);
  });

  it.each<[string, unknown, PropertyKey[]]>([
    ['an id that nothing defines', { ...created, fr_event_id: 'FR-EVT-SESS-099' }, ['fr_event_id']],
    ['an id of every object', { ...created, fr_event_id: 'toString' }, ['fr_event_id']],
    ['no id', { ...created, fr_event_id: undefined }, ['fr_event_id']],
    ['an id that is no text', { ...created, fr_event_id: ['FR-EVT-SESS-001'] }, ['fr_event_id']],
    ['no object', 'FR-EVT-SESS-001', []],
    ['nothing', null, []],
  ])('parseEvent refuses %s', (_, input, path) => {
    const { error, success } = parseEvent(input);
    expect([success, error?.issues.map((issue) => issue.path)]).toEqual([false, [path]]);
  });

  it('C04: what the payload may leave null it may not leave out', () => {
    const { wp_id: _, ...rest } = created.payload;
    expect(events['FR-EVT-SESS-001'].payload.safeParse(rest).success).toBe(false);
  });

  it.each([
    ['numbers for ids', [1, 2], false],
    ['one string for a list', id, false],
    ['ids', [id], true],
  ])('C11: cancelled_session_ids: %s', (_, cancelled_session_ids, valid) => {
    const payload = { root_session_id: id, cancelled_session_ids, reason: 'r' };
    expect(events['FR-EVT-SESS-SPAWN-005'].payload.safeParse(payload).success).toBe(valid);
  });

  it.each([
    ['as it is', {}, true],
    ['C11: upper-case sha256', { content_hash: 'A'.repeat(64) }, false],
    ['short sha256', { content_hash: 'a'.repeat(63) }, false],
    ['unknown role', { role: 'user' }, false],
    ['fraction of a token', { token_count: 1.5 }, false],
    ['unknown key', { content: 'text' }, false],
  ])('a message: %s', (_, change, valid) => {
    expect(SessionMessage.safeParse({ ...message, ...change }).success).toBe(valid);
  });

  it.each([
    ['FR-EVT-SESS', 'session_id', 'FR-EVT-SESS-001'],
    ['FR-EVT-SESS-SCHED', 'session_id', 'FR-EVT-SESS-SCHED-002'],
    ['FR-EVT-SESS-SPAWN', 'requester_session_id', 'FR-EVT-SESS-SPAWN-003'],
    ['FR-EVT-SESS-SPAWN', 'child_session_id', 'FR-EVT-SESS-SPAWN-004'],
    ['FR-EVT-SESS-SPAWN', 'root_session_id', 'FR-EVT-SESS-SPAWN-005'],
    ['FR-EVT', undefined, 'FR-EVT-007'],
    ['FR-EVT-WF-RECOVERY', undefined, 'FR-EVT-WF-RECOVERY'],
  ] as const)('an event of %s correlates by %s', (family, field, frId) => {
    expect([events[frId].family, events[frId].correlation?.field]).toEqual([family, field]);
  });

  it('D-50: the actor object of FR-EVT-007 is in its payload, the plain actor and trace_id in the envelope', () => {
    const { shape } = events['FR-EVT-007'].schema;
    expect(Object.keys(shape)).toContain('trace_id');
    expect(Object.keys(shape.payload.shape)).toContain('actor');
    expect(Object.keys(shape.payload.shape)).not.toContain('trace_id');
    expect(shape.actor.safeParse('human').success).toBe(true);
  });

  it('an ModelSession without a nullable key is refused', () => {
    expect(ModelSession.shape.parent_session_id.safeParse(null).success).toBe(true);
    expect(ModelSession.safeParse({}).error?.issues).toHaveLength(Object.keys(ModelSession.shape).length);
  });
});
