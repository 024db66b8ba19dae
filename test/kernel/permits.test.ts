import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import type { ModelRunJobLane } from '../../tools/generated/index.ts';
import { Draft } from '../../tools/kernel/draft.ts';
import type { CallRow } from '../../tools/kernel/rows.ts';
import { permitFree } from '../../tools/kernel/schedule/permits.ts';
import { type WorldRules, world } from './world.ts';

type Call = Partial<Pick<CallRow, 'lane' | 'provider' | 'model_id' | 'group'>>;
const calls = (count: number, call: Call = {}): Call[] => Array(count).fill(call);

/** Whether a SUBAGENT call of model a/m fits beside these; the quota is that of its lane. */
async function fits(
  running: Call[],
  wanted: Call,
  scheduler: NonNullable<WorldRules['scheduler']>,
  quota?: number,
) {
  const w = await world({ scheduler });
  if (quota !== undefined) w.rules.scheduler.quotas.SUBAGENT = quota;
  const draft = new Draft(w.view(), w.rules, w.now, seededIds(1));
  const whole = { lane: 'SUBAGENT' as ModelRunJobLane, provider: 'a', model_id: 'a/m', group: null };
  const rows = running.map((call, n) => ({
    ...{ job_id: `job-${n}`, session_id: `session-${n}`, run_epoch: 1 },
    ...{ ...whole, ...call },
  }));
  const { group, ...job } = { ...whole, ...wanted };
  return permitFree(draft, rows, { ...job, concurrency_group: group });
}

describe('D-10, D-11, D-13: one more call, at the last place and beyond it', () => {
  const primary = { lane: 'PRIMARY' } as const;
  const other = { provider: 'b', model_id: 'b/m' };
  const sameModelElsewhere = { provider: 'b', model_id: 'a/m' };
  const three = { max_concurrent_sessions_global: 3 };
  const provider = { max_concurrent_sessions_per_provider: 2 };
  const model = { max_concurrent_sessions_per_model: 2 };

  it.each<[string, boolean, Call[], Call, NonNullable<WorldRules['scheduler']>, number?]>([
    ['the last place of all, for PRIMARY', true, calls(2), primary, three],
    ['no place of all, for PRIMARY', false, calls(3, primary), primary, three],
    ['INV-SCHED-005: a place beside the one that waits for PRIMARY', true, calls(1), {}, three],
    ['INV-SCHED-005: the place that waits for PRIMARY', false, calls(2), {}, three],
    ['INV-SCHED-005: while PRIMARY has its place', true, [...calls(1), primary], {}, three],
    ['INV-SCHED-005: of two places one waits', false, calls(1), {}, { max_concurrent_sessions_global: 2 }],
    ['INV-SCHED-005: of two places one is free', true, [], {}, { max_concurrent_sessions_global: 2 }],
    ['INV-SCHED-005: a single place waits for nobody', true, [], {}, { max_concurrent_sessions_global: 1 }],
    ['the last place of its provider', true, calls(1), {}, provider],
    ['no place at its provider', false, calls(2), {}, provider],
    ['places at another provider', true, calls(2), other, provider],
    ['the last place of its model', true, calls(1), {}, model],
    ['no place at its model', false, calls(2), {}, model],
    ['another model of the same provider', true, calls(2), { model_id: 'a/n' }, model],
    ['the same model at another provider', true, calls(2), sameModelElsewhere, model],
    ['the last place of its lane', true, calls(1), {}, {}, 2],
    ['no place in its lane', false, calls(2), {}, {}, 2],
    ['a lane that may run nothing', false, [], {}, {}, 0],
    ['a full lane is nothing to another lane', true, calls(2), primary, {}, 2],
    ['calls of another lane do not fill it', true, calls(2, primary), {}, {}, 2],
    ['the last place of its group', true, calls(1, { ...other, group: 'g' }), { group: 'g' }, provider],
    ['no place in its group', false, calls(2, { ...other, group: 'g' }), { group: 'g' }, provider],
    [
      'a full group is nothing to another one',
      true,
      calls(2, { ...other, group: 'g' }),
      { group: 'h' },
      provider,
    ],
    ['calls without a group are no group', true, calls(2, other), {}, provider],
  ])('%s: %s', async (_name, free, running, wanted, scheduler, quota) => {
    expect(await fits(running, wanted, scheduler, quota)).toBe(free);
  });
});

describe('D-14: a permit belongs to the run that took it', () => {
  it('names its job, its epoch and what it counts against, and goes back with that epoch alone', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, concurrency_group: 'team', max_retries: 1 });
    const job = (await w.dispatch())!;
    const held = {
      job_id: job.job_id,
      session_id,
      run_epoch: 1,
      lane: 'PRIMARY',
      provider: 'local',
      model_id: 'local/large',
      group: 'team',
    };
    expect(w.view().select('call', 'running', 'running')).toEqual([held]);
    for (const run_epoch of [0, 2])
      await w.finish({ job_id: job.job_id, run_epoch }, { outcome: 'completed' });
    expect(w.view().select('call', 'running', 'running')).toEqual([held]);
    await w.finish(job, { outcome: 'failed', error: 'busy', retryable: true });
    expect(w.view().select('call', 'running', 'running')).toEqual([]);
  });
});
