// Short stories, told in full: every event with its envelope, and every row that is left, as text that can be read.
// A change of the kernel that changes what is recorded shows here, in the words of what happened.
import { expect, it } from 'vitest';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import { tables } from '../../tools/kernel/tables.ts';
import { agree, cloudRoot, planId, receipt, receiptId, retry, revoke } from './receipts.ts';
import { begins, ends } from './tool-call.ts';
import { done, type World, type WorldRules, world } from './world.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
const hash = /\b[0-9a-f]{64}\b/g;

/** Gives each id and each hash a short name, in the order in which they are met. */
function namer(): (text: string) => string {
  const names = new Map<string, string>();
  const name = (kind: string) => (id: string) => {
    if (!names.has(id))
      names.set(id, `${kind}${[...names.values()].filter((known) => known.startsWith(kind)).length + 1}`);
    return names.get(id)!;
  };
  return (text) => text.replace(uuid, name('id')).replace(hash, name('hash'));
}

const line = (value: object): string =>
  Object.entries(value)
    .map(([key, item]) => `${key}=${typeof item === 'string' ? item : JSON.stringify(item)}`)
    .join(' ');

/** Whatever says something, and below it the names of the fields that hold nothing, by the nothing that they hold. */
function row(value: object): string {
  const blank = (item: unknown) => !item || (Array.isArray(item) && item.length === 0);
  const said = Object.entries(value).filter(([, item]) => !blank(item));
  const silent = new Map<string, string[]>();
  for (const [key, item] of Object.entries(value)) {
    const text = JSON.stringify(item) ?? 'undefined';
    if (blank(item)) silent.set(text, [...(silent.get(text) ?? []), key]);
  }
  const nothing = [...silent].map(([text, keys]) => `${text}: ${keys.join(' ')}`);
  return [`  ${line(Object.fromEntries(said))}`, ...nothing.map((text) => `      ${text}`)].join('\n');
}

function told(event: FlightRecorderEvent): string {
  const { event_id: _, fr_event_id, type, payload, timestamp, ...envelope } = event;
  return `${fr_event_id} ${type} @${timestamp.slice(14, 23)}\n    ${line(envelope)}\n    ${line(payload)}`;
}

/** The events, then the rows of every table that has any, then what the kernel asked the engine to do. */
async function transcript(rules: WorldRules, story: (w: World) => Promise<void>): Promise<string> {
  const w = await world(rules);
  await story(w);
  const parts = w.log.map(told);
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    const rows = w.rows(name);
    if (rows.length > 0) parts.push(`\n${name}`, ...rows.map(row));
  }
  parts.push('\nartifacts', ...w.artifacts.map(({ artifact_id, text }) => `  ${artifact_id} ${text}`));
  parts.push('\neffects', ...w.effects.map((effect) => `  ${line(effect)}`));
  return `${namer()(parts.join('\n'))}\n`;
}

const message = (text: string) => ({
  role: 'ASSISTANT' as const,
  content_hash: text.padEnd(64, '0'),
  content_artifact_id: `sha256:${text.padEnd(64, '0')}`,
  token_count: 3,
});

const content = { content_hash: 'c'.repeat(64), content_artifact_id: `sha256:${'c'.repeat(64)}` };
const keyOf = ({ job_id, run_epoch }: { job_id: string; run_epoch: number }) => ({ job_id, run_epoch });

/** A requester that waits for its child. */
async function waiting(w: World): Promise<string> {
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'yield' });
  return session_id;
}

const stories: Record<string, [WorldRules, (w: World) => Promise<void>]> = {
  'a child that is spawned, works with a tool and announces': [
    { budgets: { session_tokens: 10, wp_tokens: 40, wp_cost_usd: 1 } },
    async (w) => {
      const { session_id } = await w.root({
        wp_id: 'WP-1-Demo-v1',
        mt_id: 'MT-1',
        capability_grants: ['fs.read', 'net.http'],
        work_profile_id: 'profile',
        context_window_max: 8000,
      });
      const child = await w.child(session_id, {
        request_id: 'r1',
        capability_grants: ['fs.read:src'],
        child_model_preference: 'hosted/small',
        max_child_depth: 2,
        max_active_children: 1,
      });
      w.now += 250;
      const job = (await w.dispatch())!;
      const key = { job_id: job.job_id, run_epoch: job.run_epoch };
      w.now += 10;
      await w.run('say', { ...key, message: message('a1') });
      const tool_call_id = '11111111-1111-4111-8111-111111111111';
      await w.toolCall(key, tool_call_id, ['fs.read:src']);
      await w.run('usage', { ...key, tokens: 9, cost_usd: 0.25 });
      await w.run('usage', { ...key, tokens: 30, cost_usd: null });
      w.now += 5;
      await w.run('finish_run', {
        ...key,
        result: { outcome: 'completed', key_outputs: ['sha256:out'], next_steps: ['review'] },
      });
      expect(w.session(child).state).toBe('COMPLETED');
      await w.run('read_inbox', { session_id, take: true });
    },
  ],
  'requests that are refused, and one by nobody': [
    { limits: { max_active_children_per_session: 1 } },
    async (w) => {
      const { session_id } = await w.root({ capability_grants: ['fs.read'] });
      await w.child(session_id);
      await w.spawn(session_id, { request_id: 'full', spawn_mode: 'SESSION_PERSISTENT' });
      await w.spawn(session_id, { request_id: 'wide', capability_grants: ['fs.write'] });
      await w.spawn('00000000-0000-7000-8000-00000000000f');
    },
  ],
  'a run that is retried, waits for approval and fails in the end': [
    { scheduler: { backoff_base_ms: 100 } },
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', {
        session_id,
        max_retries: 1,
        priority: 7,
        concurrency_group: 'team',
        deadline_ms: 60_000,
      });
      await w.play(session_id, {
        outcome: 'failed',
        error: 'lost sk-ant-api03-0123456789abcdef0123456789',
        retryable: true,
      });
      w.now += 100;
      await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'call-1' });
      await w.run('approve', { session_id, tool_call_id: 'call-1', by: 'ilja' });
      w.now += 40;
      await w.play(session_id, { outcome: 'failed', error: 'lost again', retryable: true });
    },
  ],
  'a tree that is cancelled while it works': [
    {},
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id });
      await w.play(session_id, { outcome: 'yield' });
      const running = await w.child(session_id);
      await w.dispatch();
      const below = await w.child(running, { announce_back: false });
      await w.play(below, done);
      await w.child(running);
      const paused = await w.child(session_id, { spawn_mode: 'SESSION_PERSISTENT' });
      await w.run('pause', { session_id: paused, reason: 'policy' });
      await w.run('cancel', { session_id, reason: 'wrong branch', by: 'operator', op_id: 'op-1' });
    },
  ],
  'a child that somebody else cancels, and a parent that fails': [
    {},
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id });
      await w.play(session_id, { outcome: 'yield' });
      const child = await w.child(session_id);
      await w.run('cancel', { session_id: child, reason: 'too slow', by: 'system:watchdog' });
      await w.child(session_id);
      await w.play(session_id, { outcome: 'failed', error: 'no disk', retryable: false });
    },
  ],
  'a pause at a boundary, a resume, a close': [
    {},
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id });
      const job = (await w.dispatch())!;
      await w.run('pause', { session_id, reason: 'operator' });
      await w.run('enqueue', { session_id });
      await w.finish(job, { outcome: 'interrupted' });
      await w.run('resume', { session_id });
      await w.play(session_id, done);
      await w.run('close', { session_id });
      await w.play(session_id, { outcome: 'completed', issues: true });
    },
  ],
  'messages from outside and from another session': [
    {},
    async (w) => {
      const { session_id } = await w.root();
      await w.run('send', { session_id, ...content, external: 'plugin:calendar' });
      const child = await w.child(session_id);
      const [first, second] = await w.dispatchAll();
      await w.run('route', { ...keyOf(first!), name: 'a', to_session_id: child, ...content });
      await w.run('route', { ...keyOf(second!), name: 'a', to_session_id: session_id, ...content });
      await w.run('route', { ...keyOf(second!), name: 'a', to_session_id: session_id, ...content });
      const claim = { source_session_id: child, source_role: 'Coder', content_hash: content.content_hash };
      await w.run('send', { session_id, ...content, routed: { ...claim, trusted: true } });
      await w.finish(first!, { outcome: 'completed' });
    },
  ],
  'a child that says how far it is, fails an attempt, is paused and goes on': [
    { scheduler: { backoff_base_ms: 100 } },
    async (w) => {
      const parent = await waiting(w);
      const session_id = await w.child(parent);
      await w.run('enqueue', { session_id, max_retries: 1 });
      await w.play(session_id, { outcome: 'yield' });
      const job = (await w.dispatch())!;
      const say = (text: string, part: number, count: number) =>
        w.run('progress', { ...keyOf(job), text, part, count });
      await say('a third is done', 0, 1);
      await say('two thirds are done', 0, 2);
      await w.run('read_inbox', { session_id: parent, take: true });
      await say('all but the rest, with password=hunter2secret', 0, 3);
      w.now += 10;
      await w.finish(job, retry);
      await w.run('pause', { session_id, reason: 'policy' });
      await w.run('resume', { session_id });
      await w.run('read_inbox', { session_id: parent, take: true });
      w.now += 100;
      await w.play(session_id, { outcome: 'completed', key_outputs: ['sha256:out'], next_steps: [] });
    },
  ],
  'a call that waits for consent, loses it and gets it back': [
    {},
    async (w) => {
      const session_id = await cloudRoot(w, { wp_id: 'WP-1-Demo-v1' });
      await w.run('enqueue', { session_id, max_tokens_budget: 100, deadline_ms: 60_000 });
      w.now += 10;
      await agree(w, 1, 'WP_SCOPED', [], { plan: { wp_id: 'WP-1-Demo-v1' } });
      const job = (await w.dispatch())!;
      await w.run('usage', { ...keyOf(job), tokens: 30, cost_usd: 0.5 });
      w.now += 10;
      await revoke(w, 1);
      w.now += 10;
      await agree(w, 2, 'SESSION_SCOPED', [session_id]);
      const again = (await w.dispatch())!;
      await w.run('start_tool', begins(again));
      await revoke(w, 2, 'system:policy');
      await w.run('end_tool', ends(w, again, true));
    },
  ],
  'a receipt for one call, whose time comes later': [
    { scheduler: { backoff_base_ms: 100 } },
    async (w) => {
      const session_id = await cloudRoot(w);
      await w.run('enqueue', { session_id, max_retries: 2 });
      const valid_from = new Date(w.now + 1000).toISOString();
      const valid_until = new Date(w.now + 1100).toISOString();
      await agree(w, 1, 'SINGLE_CALL', [session_id], { valid_from, valid_until });
      await w.dispatch();
      w.now += 1000;
      await w.play(session_id, retry);
      w.now += 100;
      await w.play(session_id, retry);
      w.now += 200;
      await w.dispatch();
      await w.run('consent', {
        receipt: receipt(2, 'SINGLE_CALL', [session_id], {
          projection_plan_id: planId(1),
          payload_sha256: '1'.repeat(64),
        }),
      });
      await w.play(session_id, done);
      expect(w.view().get('receipt', receiptId(2))).toMatchObject({ scope: 'SINGLE_CALL' });
    },
  ],
  'a run that is kept at every second message and every ten tokens': [
    { checkpoints: { messages: 2, tokens: 10 } },
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id });
      const key = keyOf((await w.dispatch())!);
      await w.run('say', { ...key, message: message('a1') });
      w.now += 1;
      await w.run('say', { ...key, message: message('a2') });
      w.now += 1;
      await w.run('usage', { ...key, tokens: 9, cost_usd: null });
      await w.run('checkpoint', key);
      await w.run('usage', { ...key, tokens: 1, cost_usd: 0.1 });
      w.now += 1;
      await w.run('checkpoint', key);
      await w.run('start_tool', begins(key, { idempotency: 'IDEMPOTENT' }));
      await w.run('pause', { session_id, reason: 'operator' });
      await w.run('end_tool', ends(w, key, false));
    },
  ],
  'a thread of another session, refused, allowed and refused again': [
    {},
    async (w) => {
      const { session_id: reader } = await w.root({ wp_id: 'WP-1-Demo-v1' });
      const { session_id } = await w.root({ role: 'Validator' });
      await w.run('send', { session_id, ...content, external: 'operator' });
      await w.run('enqueue', { session_id: reader });
      const key = keyOf((await w.dispatchAll()).find((job) => job.session_id === reader)!);
      await w.run('read_thread', { ...key, session_id });
      const until = new Date(w.now + 5).toISOString();
      await w.run('allow_thread', { reader, session_id, by: 'ada', until });
      const { permission_id } = await w.run('allow_thread', { reader, session_id, by: 'bob' });
      w.now += 1;
      await w.run('read_thread', { ...key, session_id });
      w.now += 4;
      await w.run('revoke_thread', { permission_id, by: 'eve' });
      await w.run('read_thread', { ...key, session_id });
      await w.run('read_thread', { ...key, session_id: reader });
    },
  ],
  'a rate limit that refuses, and lets go': [
    { scheduler: { rate_limit_requests_per_minute: 1, rate_limit_tokens_per_minute: 10 } },
    async (w) => {
      const [one, two] = [await w.root(), await w.root()];
      await w.run('enqueue', { session_id: one.session_id });
      await w.run('enqueue', { session_id: two.session_id });
      const job = (await w.dispatch())!;
      await w.dispatch();
      await w.dispatch();
      await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 25, cost_usd: 0.1 });
      await w.finish(job, done);
      w.now += 60_000;
      await w.dispatch();
      w.now += 60_000;
      await w.dispatch();
    },
  ],
  'a process that dies, and the recovery after it': [
    {},
    async (w) => {
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id });
      const job = (await w.dispatch())!;
      await w.toolCall(
        { job_id: job.job_id, run_epoch: job.run_epoch },
        '22222222-2222-4222-8222-222222222222',
        [],
      );
      w.now += 1000;
      await w.recover();
      await w.run('resume', { session_id });
      await w.play(session_id, done);
    },
  ],
};

it.each(Object.entries(stories))('%s', async (title, [rules, story]) => {
  await expect(await transcript(rules, story)).toMatchFileSnapshot(
    `transcripts/${title.replace(/[ ,]+/g, '-')}.txt`,
  );
});
