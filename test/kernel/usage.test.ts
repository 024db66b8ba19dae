import { describe, expect, it } from 'vitest';
import { type WorldRules, world } from './world.ts';

async function running(rules: WorldRules = {}, budget: number | null = null) {
  const w = await world(rules);
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id, max_tokens_budget: budget });
  const { job_id, run_epoch } = (await w.dispatch())!;
  const book = (tokens: number, cost_usd: number | null = null, epoch = run_epoch) =>
    w.run('usage', { job_id, run_epoch: epoch, tokens, cost_usd });
  return { w, session_id, job_id, book };
}

describe('what a call has cost', () => {
  it('is over the budget of its run from the first token above it', async () => {
    const { book } = await running({}, 10);
    expect(await book(10)).toEqual({ over_budget: false, pause: false, checkpoint_due: false });
    expect(await book(1)).toEqual({ over_budget: true, pause: false, checkpoint_due: false });
  });

  it('is never over a budget that there is not', async () => {
    const { book } = await running();
    expect(await book(1000)).toMatchObject({ over_budget: false });
  });

  it('tells a run of a pause, and a run that is fenced of nothing', async () => {
    const { w, session_id, book } = await running({}, 10);
    await w.run('pause', { session_id, reason: 'operator' });
    expect(await book(11)).toMatchObject({ over_budget: true, pause: true });
    expect(await book(5000, null, 99)).toEqual({ over_budget: false, pause: false, checkpoint_due: false });
    expect(w.session(session_id).total_tokens).toBe(5011);
  });

  it('is unknown until a part of it is known, and a sum of decimals is that decimal', async () => {
    const { w, session_id, book } = await running();
    const cost = () => w.session(session_id).total_cost_usd;
    await book(1);
    expect(cost()).toBeNull();
    await book(1, 0.1);
    expect(cost()).toBe(0.1);
    await book(1, 0.2);
    expect(cost()).toBe(0.3);
    await book(1);
    expect(cost()).toBe(0.3);
  });

  it('warns of no cost that is unknown, and of nothing once the session has ended', async () => {
    const { w, session_id, book } = await running({ budgets: { session_cost_usd: 0, session_tokens: 10 } });
    await book(1);
    expect(w.of('FR-EVT-SESS-005')).toEqual([]);
    await w.run('cancel', { session_id, reason: 'stop', by: 'operator' });
    await book(20, 1);
    expect(w.of('FR-EVT-SESS-005')).toEqual([]);
    expect(w.session(session_id).total_tokens).toBe(21);
  });

  it('pauses at the budget of the session, where the workspace wants it, and not before', async () => {
    const { w, session_id, book } = await running({ budgets: { session_tokens: 10, pause: true } });
    expect(await book(9)).toMatchObject({ pause: false });
    expect(w.session(session_id).pause_requested).toBeNull();
    expect(await book(1)).toMatchObject({ pause: true });
    expect(w.session(session_id).pause_requested).toBe('budget');
  });
});
