// What is refused, in whole sentences; and the names that follow from what they stand for.
import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import type { SessionPauseReason } from '../../tools/generated/index.ts';
import { Draft } from '../../tools/kernel/draft.ts';
import { identity, isUuid } from '../../tools/kernel/identity.ts';
import { type JobRow, jobIdsOf } from '../../tools/kernel/index.ts';
import { providerOf } from '../../tools/kernel/rules.ts';
import { hasNews } from '../../tools/kernel/session/checkpoint.ts';
import { moveJob, settle } from '../../tools/kernel/session/settle.ts';
import { world } from './world.ts';

const id = '00000000-0000-7000-8000-00000000000a';
const input = {
  role: 'Orchestrator',
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
} as const;

describe('a session is not created', () => {
  it('in a role that the table does not hold', async () => {
    const w = await world({ roles: { Coder: { may_spawn: [], lane: 'SUBAGENT', capabilities: [] } } });
    expect(await w.decide('create_session', { input, admitted: null })).toEqual({
      rejected: true,
      code: 'invalid_request',
      message: 'session.role: no role is called "Orchestrator"',
    });
  });

  it('with a grant that is no capability', async () => {
    const w = await world();
    const grants = { capability_grants: ['fs.read', 'fs read'] };
    expect(await w.decide('create_session', { input: { ...input, ...grants }, admitted: null })).toEqual({
      rejected: true,
      code: 'invalid_request',
      message: 'session.capability_grants: "fs read" is no capability (expected axis or axis:scope)',
    });
  });

  it('with more than its packet grants', async () => {
    const w = await world();
    const grants = { capability_grants: ['fs.write', 'fs.read', 'net.http'] };
    const asked = { input: { ...input, ...grants }, admitted: ['fs.read'] };
    expect(await w.decide('create_session', asked)).toEqual({
      rejected: true,
      code: 'capability_widening',
      message: 'the packet does not grant fs.write, net.http',
    });
  });
});

describe('an operator is refused', () => {
  it('a pause for a reason that there is not', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const reason = 'sleepy' as SessionPauseReason;
    const refused = await w.decide('pause', { session_id, reason });
    expect(refused).toMatchObject({ rejected: true, code: 'invalid_request' });
    expect(refused).toHaveProperty(
      'message',
      '"sleepy" is no pause reason (expected operator, policy, budget, crash_recovery)',
    );
  });

  it('INV-RECOVER-003: to pause a run for a crash that never was', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.dispatch();
    const refused = await w.decide('pause', { session_id, reason: 'crash_recovery' });
    expect(refused).toMatchObject({ rejected: true, code: 'invalid_request' });
    expect(refused).toHaveProperty(
      'message',
      `session ${session_id} runs, so it is not paused for crash_recovery`,
    );
    await w.run('pause', { session_id, reason: 'operator' });
    expect(w.session(session_id).pause_requested).toBe('operator');
  });

  it('to close what has run nothing', async () => {
    const w = await world();
    const { session_id } = await w.root();
    expect(await w.decide('close', { session_id })).toEqual({
      rejected: true,
      code: 'illegal_transition',
      message: `session ${session_id} has run nothing; cancel it instead`,
    });
  });

  it('the approval of a call that nothing waits for', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const refusal = {
      rejected: true,
      code: 'invalid_request',
      message: `nothing in session ${session_id} waits for approval of b`,
    };
    const approval = { session_id, tool_call_id: 'b', by: 'ada' };
    expect(await w.decide('approve', approval)).toEqual(refusal);
    await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'a' });
    expect(await w.decide('approve', approval)).toEqual(refusal);
  });
});

describe('names', () => {
  it('follow from what they stand for', () => {
    expect(identity.cancel(id, 1)).toBe(v5('cancel:1', id));
    expect(identity.sessionSpan(id)).toBe(v5(`mss:${id}`, id));
    expect(identity.jobSpan(id)).toBe(v5('span', id));
    expect(jobIdsOf({ session_id: id, job_seq: 2, wake_epoch: 1 })).toEqual([
      v5('job:1', id),
      v5('job:2', id),
      v5('wake:1', id),
    ]);
  });

  it('hold no half of a surrogate pair', () => {
    expect(() => identity.child(id, '\ud800')).toThrow(/^"\\ud800" holds half a surrogate pair$/);
  });

  it('are text', () => {
    expect(isUuid(id)).toBe(true);
    expect(isUuid([id])).toBe(false);
  });

  it.each([
    ['a/large', 'a'],
    ['large', 'local'],
    ['/large', 'local'],
  ])('of a model, %s, tell its provider, %s', (model, provider) => {
    expect(providerOf(model, 'local')).toBe(provider);
  });
});

describe('what the kernel itself must not do', () => {
  it('move a job that has ended', () => {
    const job = { job_id: id, state: 'completed' } as JobRow;
    expect(() => moveJob(job, 'running')).toThrow(`illegal transition of job ${id}: completed to running`);
    expect(job.state).toBe('completed');
  });

  it('move a session that has ended', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const draft = new Draft(w.view(), w.rules, w.now, seededIds(1));
    const session = Object.assign(draft.session(session_id), { state: 'COMPLETED', touched: true });
    expect(() => settle(draft, session)).toThrow(
      `illegal transition of session ${session_id}: COMPLETED to BLOCKED`,
    );
  });
});

it.each([
  [{}, false],
  [{ run_epoch: 1 }, true],
  [{ messages_count: 1 }, true],
  [{ total_tokens: 1 }, true],
])('whether there is anything to lose: %o, %s', async (over, news) => {
  const w = await world();
  expect(hasNews({ ...(await w.root()), ...over })).toBe(news);
});
