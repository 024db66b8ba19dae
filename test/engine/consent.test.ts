import { describe, expect, it } from 'vitest';
import { type Engine, memoryArtifacts, seededIds, simulatedClock } from '../../tools/engine/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { at, plan, planId, receipt, receiptId } from '../kernel/receipts.ts';
import {
  completes,
  database,
  logOf,
  open,
  type Play,
  request,
  root,
  start,
  storeOf,
  tool,
} from './opened.ts';

const missing = 'CX-MM-CONSENT-MISSING';
const cloudRoot = async (engine: Engine): Promise<string> =>
  (await engine.createSession({ ...root, backend: 'cloud', model_id: 'cloud/large' })).session_id;

const stateOf = async (engine: Engine, id: string) => (await engine.session(id))?.state;
const last = async (engine: Engine, id: string) =>
  (await logOf(engine))
    .filter(
      (event) => event.payload && event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.session_id === id,
    )
    .at(-1)?.payload;

describe.each(['memory', 'sqlite'] as const)('in the %s store', (kind) => {
  it('INV-CONSENT-001: a run in the cloud waits for its receipt, and starts when it comes', async () => {
    const artifacts = memoryArtifacts();
    await using engine = await open(completes, { store: storeOf(kind), artifacts });
    const session_id = await cloudRoot(engine);
    engine.start();
    const answer = await engine.enqueue({ session_id });
    expect(answer.refusal).toBe(missing);
    await engine.idle();
    expect(await last(engine, session_id)).toMatchObject({ to_state: 'BLOCKED', reason: 'consent' });
    expect(await engine.consents()).toEqual([]);
    const signed = receipt(1, 'SINGLE_CALL', [session_id]);
    await engine.consent(signed, plan(1));
    await engine.consent(signed);
    await engine.idle();
    expect(await engine.session(session_id)).toMatchObject({
      state: 'COMPLETED',
      consent_receipt_id: receiptId(1),
      projection_plan_id: planId(1),
    });
    const [record, ...others] = await engine.consents();
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      receipt: signed,
      plan: plan(1),
      used_by_job_id: answer.job_id,
      revoked_by: null,
      revocation_artifact_id: null,
    });
    expect(JSON.parse(artifacts.get(record!.receipt_artifact_id)!)).toEqual(signed);
    expect(JSON.parse(artifacts.get(record!.plan_artifact_id)!)).toEqual(plan(1));
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('INV-CONSENT-003: a call under way is stopped, ends as cancelled, and goes on with the next receipt', async () => {
    let runs = 0;
    let begun = (): void => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const signals: AbortSignal[] = [];
    const run: Play = async (_, io) => {
      runs += 1;
      signals.push(io.signal);
      if (runs > 1) return { outcome: 'completed', close: true };
      begun();
      await new Promise((_, stop) => io.signal.addEventListener('abort', () => stop(io.signal.reason)));
      return { outcome: 'completed' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const session_id = await cloudRoot(engine);
    await engine.consent(receipt(1, 'SESSION_SCOPED', [session_id]), plan(1));
    await engine.enqueue({ session_id });
    engine.start();
    await started;
    await engine.revokeConsent(receiptId(1), 'ilja');
    await engine.idle();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(await stateOf(engine, session_id)).toBe('BLOCKED');
    expect((await logOf(engine)).slice(-2)).toMatchObject([
      {
        fr_event_id: 'FR-EVT-SESS-SCHED-004',
        policy_decision_id: receiptId(1),
        payload: { cancelled_by: 'ilja' },
      },
      {
        fr_event_id: 'FR-EVT-SESS-002',
        policy_decision_id: receiptId(1),
        payload: { to_state: 'BLOCKED', reason: 'consent' },
      },
    ]);
    await engine.consent(receipt(2, 'SESSION_SCOPED', [session_id]), plan(2));
    await engine.idle();
    expect([runs, await stateOf(engine, session_id)]).toEqual([2, 'COMPLETED']);
    const [first] = await engine.consents({ session_id });
    expect(first).toMatchObject({
      receipt: { ...receipt(1, 'SESSION_SCOPED', [session_id]), revoked_at: at(0) },
      revoked_by: 'ilja',
      revocation_artifact_id: expect.stringMatching(/^sha256:/),
    });
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });
});

it('a restart forgets no receipt: not what is used up, not what is revoked, not what was cancelled', async () => {
  const path = database();
  const rests: Play = async () => ({ outcome: 'completed' });
  const opened = (seed: number) => open(rests, { store: `sqlite:${path}`, ids: seededIds(seed) });
  const ids: string[] = [];
  {
    await using engine = await opened(1);
    for (let n = 0; n < 3; n += 1) ids.push(await cloudRoot(engine));
    const [single, wide, gone] = ids as [string, string, string];
    await engine.consent(receipt(1, 'SINGLE_CALL', [single]), plan(1));
    await engine.consent(receipt(2, 'SESSION_SCOPED', [wide]), plan(2));
    for (const session_id of [single, wide]) await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    await engine.consent(receipt(3, 'SESSION_SCOPED', [gone]), plan(3));
  }
  {
    await using engine = await opened(2); // it does not dispatch
    await engine.enqueue({ session_id: ids[2]! });
    await engine.revokeConsent(receiptId(3), 'ilja');
  }
  await using engine = await opened(3);
  const answers = [];
  for (const session_id of ids.slice(0, 2)) answers.push((await engine.enqueue({ session_id })).refusal);
  expect(answers).toEqual([missing, undefined]);
  engine.start();
  await engine.idle();
  const reasons = async () =>
    Promise.all(ids.map(async (id) => (await last(engine, id)) as { reason: string }));
  expect((await reasons()).map(({ reason }) => reason)).toEqual(['input', 'input', 'consent']);
  await expect(engine.consent(receipt(3, 'BROADCAST_SCOPED', ids), plan(3))).rejects.toMatchObject({
    code: 'consent_invalid',
    message: `receipt ${receiptId(3)} is known with other content`,
  });
  await engine.consent(receipt(4, 'BROADCAST_SCOPED', [ids[0]!, ids[2]!]), plan(4));
  await engine.idle();
  const starts = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-002');
  expect(starts.map((event) => [event.model_session_id, event.policy_decision_id])).toEqual([
    [ids[0], receiptId(1)],
    [ids[1], receiptId(2)],
    [ids[1], receiptId(2)],
    [ids[0], receiptId(4)],
    [ids[2], receiptId(4)],
  ]);
  expect(verifyLog(await logOf(engine))).toEqual([]);
});

describe('a run with a tool', () => {
  /** Runs a tool that does `during`, then another one, and says how often it was begun. */
  const session = async (during: (engine: Engine, signal: AbortSignal) => Promise<unknown>) => {
    const clock = simulatedClock(start);
    const seen = { begun: 0, ended: 0 };
    const held: { engine?: Engine } = {};
    const engine = await open(
      async (_, io) => {
        seen.begun += 1;
        if (seen.begun === 1) await io.toolCall(tool((signal) => during(held.engine!, signal)));
        seen.ended += 1;
        return { outcome: 'completed', close: true };
      },
      { clock },
    );
    held.engine = engine;
    const session_id = await cloudRoot(engine);
    await engine.consent(receipt(1, 'SESSION_SCOPED', [session_id], { valid_until: at(100) }), plan(1));
    const { job_id } = await engine.enqueue({ session_id });
    return { engine, clock, seen, session_id, job_id };
  };

  it('is stopped in the tool by a revocation', async () => {
    const given = await session(async (engine, signal) => {
      await engine.revokeConsent(receiptId(1), 'ilja');
      signal.throwIfAborted();
    });
    await using engine = given.engine;
    engine.start();
    await engine.idle();
    expect(given.seen).toEqual({ begun: 1, ended: 0 });
    expect(await last(engine, given.session_id)).toMatchObject({ to_state: 'BLOCKED', reason: 'consent' });
  });

  it('does not call again under a receipt that has expired meanwhile; its job goes on under the next', async () => {
    const given = await session(async () => void (await given.clock.sleep(101)));
    await using engine = given.engine;
    engine.start();
    await engine.idle();
    expect(given.seen).toEqual({ begun: 1, ended: 0 });
    expect(await last(engine, given.session_id)).toMatchObject({ from_state: 'ACTIVE', reason: 'consent' });
    await engine.consent(receipt(2, 'SESSION_SCOPED', [given.session_id]), plan(2));
    await engine.idle();
    expect(given.seen).toEqual({ begun: 2, ended: 1 });
    const starts = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-002');
    expect(starts.map((event) => [event.job_id, event.policy_decision_id])).toEqual([
      [given.job_id, receiptId(1)],
      [given.job_id, receiptId(2)],
    ]);
    expect(await stateOf(engine, given.session_id)).toBe('COMPLETED');
  });

  it('goes on where the receipt holds to the last millisecond', async () => {
    const given = await session(async () => void (await given.clock.sleep(100)));
    await using engine = given.engine;
    engine.start();
    await engine.idle();
    expect(given.seen).toEqual({ begun: 1, ended: 1 });
  });
});

it('a receipt of tomorrow lets its session go on tomorrow, without anybody calling', async () => {
  const clock = simulatedClock(start);
  await using engine = await open(completes, { clock });
  const session_id = await cloudRoot(engine);
  await engine.enqueue({ session_id });
  await engine.consent(
    receipt(1, 'SESSION_SCOPED', [session_id], { valid_from: at(3 * 86_400_000) }),
    plan(1),
  );
  engine.start();
  await engine.idle();
  expect([await stateOf(engine, session_id), clock.now()]).toEqual(['COMPLETED', start + 3 * 86_400_000]);
});

it('FM-27: a parent of a child without consent waits for it by name, and hears of it once there is consent', async () => {
  const run: Play = async ({ session, messages }, io) => {
    if (session.backend === 'cloud' || messages.length > 0) return { outcome: 'completed', close: true };
    await io.spawn(request(session.session_id, { child_backend_preference: 'cloud' }));
    return { outcome: 'yield' };
  };
  await using engine = await open(run);
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  await engine.idle();
  const [child] = await engine.sessions({ parent_session_id: session_id });
  expect(await last(engine, session_id)).toMatchObject({ to_state: 'BLOCKED', reason: 'children' });
  expect(await last(engine, child!.session_id)).toMatchObject({ to_state: 'BLOCKED', reason: 'consent' });
  await engine.consent(receipt(1, 'BROADCAST_SCOPED', [child!.session_id]), plan(1));
  await engine.idle();
  expect((await engine.sessions()).map((each) => each.state)).toEqual(['COMPLETED', 'COMPLETED']);
});

it('limits.consent_at_spawn refuses the child instead', async () => {
  await using engine = await open(completes, { limits: { consent_at_spawn: true } });
  const { session_id } = await engine.createSession(root);
  expect(await engine.spawn(request(session_id, { child_backend_preference: 'cloud' }))).toEqual({
    accepted: false,
    child_session_id: null,
    rejection_reason: 'consent_missing',
  });
});

describe('receipts by session and by plan', () => {
  it('a session finds those that list it, and those of its packet', async () => {
    const admission = { admit: async () => ({ capabilities: [], paths: [], packet_digest: 'd' }) };
    await using engine = await open(completes, { admission });
    const bound = (await engine.createSession({ ...root, wp_id: 'WP-1' })).session_id;
    const other = await cloudRoot(engine);
    await engine.consent(receipt(1, 'SESSION_SCOPED', [bound]), plan(1));
    await engine.consent(receipt(2, 'WP_SCOPED', [other]), plan(2, { wp_id: 'WP-1' }));
    await engine.consent(receipt(3, 'BROADCAST_SCOPED', [other, bound]), plan(3));
    await engine.consent(receipt(4, 'WP_SCOPED', [bound]), plan(4, { wp_id: 'WP-2' }));
    const found = async (filter: object) =>
      (await engine.consents(filter)).map((record) => Number(record.receipt.consent_receipt_id.slice(-2)));
    expect(await found({})).toEqual([1, 2, 3, 4]);
    expect(await found({ session_id: bound })).toEqual([1, 2, 3]);
    expect(await found({ session_id: other })).toEqual([3]);
    expect(await found({ session_id: 'nobody' })).toEqual([]);
    expect(await found({ projection_plan_id: planId(3) })).toEqual([3]);
    expect(await found({ session_id: other, projection_plan_id: planId(1) })).toEqual([]);
  });
});

describe('what is no receipt is refused', () => {
  const listed = '00000000-0000-4000-8000-000000000001';
  it.each([
    [
      { scope: 'EVERYTHING' },
      'receipt.scope is "EVERYTHING", expected one of SINGLE_CALL, SESSION_SCOPED, WP_SCOPED, BROADCAST_SCOPED',
    ],
    [{ session_ids: undefined }, 'receipt.session_ids is undefined, expected a list'],
    [{ session_ids: ['X'] }, 'receipt.session_ids.0 is "X", expected a UUID in lower case'],
    [
      { consent_receipt_id: receiptId(1).replaceAll('0', 'A') },
      `receipt.consent_receipt_id is "${receiptId(1).replaceAll('0', 'A')}", expected a UUID in lower case`,
    ],
    [{ valid_from: 'now' }, 'receipt.valid_from is "now", expected an RFC 3339 time'],
    [
      { valid_until: '2026-02-30T00:00:00Z' },
      'receipt.valid_until is "2026-02-30T00:00:00Z", expected an RFC 3339 time',
    ],
    [{ payload_sha256: 'abc' }, 'receipt.payload_sha256 is "abc", expected a SHA-256 in lower case'],
    [{ user_id: ' ' }, 'receipt.user_id is " ", expected text that is not blank'],
    [{ approved: 'yes' }, 'receipt.approved is "yes", expected true or false'],
    [
      { schema_version: 'hsk.consent_receipt@0.3' },
      'receipt.schema_version is "hsk.consent_receipt@0.3", expected hsk.consent_receipt@0.4',
    ],
  ])('%j', async (over, message) => {
    await using engine = await open(completes);
    const wrong = { ...receipt(1, 'SINGLE_CALL', [listed]), ...over } as never;
    await expect(engine.consent(wrong, plan(1))).rejects.toMatchObject({ code: 'invalid_request', message });
  });

  it.each([
    [{ max_bytes: -1 }, 'plan.max_bytes is -1, expected a whole number of at least 0'],
    [{ created_at: '' }, 'plan.created_at is "", expected an RFC 3339 time'],
    [{ projection_plan_id: 'p' }, 'plan.projection_plan_id is "p", expected a UUID in lower case'],
    [
      { payload_sha256: 'F'.repeat(64) },
      `plan.payload_sha256 is "${'F'.repeat(40)}…", expected a SHA-256 in lower case`,
    ],
  ])('a plan with %j', async (over, message) => {
    await using engine = await open(completes);
    const given = engine.consent(receipt(1, 'SINGLE_CALL', [listed]), plan(1, over));
    await expect(given).rejects.toMatchObject({ code: 'invalid_request', message });
  });

  it('a receipt that does not say for how much it serves, serves for one call', async () => {
    await using engine = await open(completes);
    const { scope: _, ...silent } = receipt(1, 'WP_SCOPED', [listed]);
    await engine.consent(silent as never, plan(1));
    expect((await engine.consents())[0]?.receipt.scope).toBe('SINGLE_CALL');
  });

  it('what is not known cannot be revoked, and nobody revokes nothing', async () => {
    await using engine = await open(completes);
    await expect(engine.revokeConsent(listed, 'ilja')).rejects.toMatchObject({
      code: 'receipt_not_found',
      message: `no receipt has the id ${listed}`,
    });
    await expect(engine.revokeConsent(listed, '')).rejects.toMatchObject({
      message: 'by is "", expected text that is not blank',
    });
    await expect(engine.revokeConsent(7 as never, 'ilja')).rejects.toMatchObject({
      message: 'id is 7, expected text that is not blank',
    });
    await expect(engine.consents({ user: 'x' } as never)).rejects.toMatchObject({
      message: 'filter.user is no known field, expected one of session_id, projection_plan_id',
    });
  });
});
