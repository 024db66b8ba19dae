import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  folderArtifacts,
  openReadOnly,
  openSqliteStore,
  simulatedClock,
} from '../../../tools/engine/index.ts';
import { type PageData, renderDocument } from '../../../tools/report/index.ts';
import { sha256 } from '../../../tools/text/index.ts';
import { database, open, root, start, tool } from '../../engine/opened.ts';
import { said } from '../../engine/store/logs.ts';
import { eventsOf, gathered, logOf } from './gathered.ts';

const hostile = '</script><script>alert("1")</script> ‮ \u0000 __proto__ 🙂';

/** A root whose first child has finished and told, and whose second one is cancelled with it, by whom and why. */
async function cancelled(reason = 'wrong branch', says = 'Two parts.'): Promise<string> {
  const path = database();
  const clock = simulatedClock(start);
  await using engine = await open(
    async ({ session, messages }, io) => {
      const usd = session.role === 'Coder' ? 0.02 : 0.01;
      io.usage({ prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 }, usd);
      if (session.role === 'Validator') await clock.sleep(60_000, io.signal);
      if (session.role !== 'Orchestrator') {
        await clock.sleep(2_000);
        await io.toolCall(tool(async () => ({ text: 'done' })));
        return { outcome: 'completed', close: true };
      }
      if (messages.length > 0) return { outcome: 'completed' };
      io.chunk(says);
      for (const child_role of ['Coder', 'Validator'])
        await io.spawn({
          child_role,
          child_model_preference: null,
          child_backend_preference: null,
          task_payload_artifact_id: io.keep(`the work of a ${child_role}`),
          spawn_mode: 'ONE_SHOT',
          announce_back: true,
          trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
          max_child_depth: null,
          max_active_children: null,
        });
      return { outcome: 'completed' };
    },
    { store: `sqlite:${path}`, clock, budgets: { session_tokens: 125 } },
  );
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  clock.sleep(30_000).then(() => engine.cancel(session_id, { reason, by: 'm.keller' }));
  await engine.idle();
  return path;
}

it('says who was cancelled, by whom and why, what it cost, and which children had finished before', async () => {
  const { data } = await gathered(await cancelled());
  const [top, coder, validator] = data.lanes;
  expect([data.database, data.from, data.as_of]).toEqual([
    'engine.db',
    '2026-02-24T09:00:00.000Z',
    '2026-02-24T09:00:30.000Z',
  ]);
  const { op_id } = data.cancels[0]!;
  expect(data.cancels).toEqual([
    { op_id, root: 0, reason: 'wrong branch', by: 'm.keller', at: 30_000, cancelled: [0, 2], skipped: [1] },
  ]);
  expect(data.lanes.map(({ role, state, parent, end }) => [role, state, parent, end])).toEqual([
    ['Orchestrator', 'CANCELLED', null, 30_000],
    ['Coder', 'COMPLETED', 0, 2_000],
    ['Validator', 'CANCELLED', 0, 30_000],
  ]);
  expect([top, coder, validator].map((lane) => [lane!.cancelled, lane!.passed_over])).toEqual([
    [0, []],
    [null, [0]],
    [0, []],
  ]);
  const spent = (runs: number, tokens: number, cost_usd: number) => ({
    runs,
    tokens,
    cost: { cost_usd, unpriced_runs: 0 },
  });
  expect([top!.spent, top!.spent_below]).toEqual([spent(2, 200, 0.02), spent(4, 400, 0.05)]);
  expect([coder!.spent, coder!.spent_below]).toEqual([spent(1, 100, 0.02), spent(1, 100, 0.02)]);
  expect(data.total).toEqual(spent(4, 400, 0.05));
  expect(top!.budgets).toEqual([{ budget_type: 'session_tokens', used: 200, threshold: 125, warned: true }]);
});

it('says what was announced to whom, and when it was read', async () => {
  const { data, artifacts, threads } = await gathered(await cancelled());
  const { spans, arrows } = data;
  const [, coder, validator] = data.lanes;
  const { message_id, summary_artifact_id, ...told } = coder!.announcements[0]!;
  expect(told).toEqual({ at: 2_000, to: 0, status: 'COMPLETED', read_at: 2_000 });
  expect(artifacts[summary_artifact_id!]!.text).toContain('"status":"COMPLETED"');
  const heard = threads.sessions[data.lanes[0]!.session_id]!.map((entry) => entry.message_id);
  expect(heard).toContain(message_id);
  expect(validator!.announcements).toEqual([]); // its parent had ended with it, so that nobody could read it
  const kindOf = (span: number) => (span < 0 ? 'session' : spans.kind[span]);
  expect(
    arrows.map(({ kind, at, read_at, from, to, from_span, to_span }) =>
      [kind, at, read_at, from, kindOf(from_span), to, kindOf(to_span)].join(' '),
    ),
  ).toEqual(['spawn 0  0 2 1 session', 'spawn 0  0 2 2 session', 'announce 2000 2000 1 2 0 2']);
  expect(spans.name.filter((name) => name !== null)).toEqual(['fs.read_file']);
});

it('puts every event together as the log has it, and hostile strings pass unchanged', async () => {
  let log: unknown[] = [];
  const answer = await gathered(await cancelled(hostile, hostile), {}, async (opened) => {
    log = await logOf(opened);
  });
  expect(eventsOf(answer)).toEqual(log);
  expect(answer.data.cancels[0]!.reason).toBe(hostile);
  const { artifact_ids, sessions } = answer.threads;
  const [first] = sessions[answer.data.lanes[0]!.session_id]!;
  expect([first!.role, first!.untrusted]).toEqual(['ASSISTANT', false]);
  // A NUL is no text: it is told how long it is.
  expect(answer.artifacts[artifact_ids[first!.artifact]!]).toEqual({
    bytes: Buffer.byteLength(hostile),
    text: null,
    cut: false,
  });
});

it('gives the same bytes for the same database', async () => {
  const path = await cancelled();
  const page = { schema: 'govkit.report@1', version: '1', repository: 'r' } as const;
  const rest = { spec: null, governance: null, trace: null, link: null };
  const render = async (): Promise<string> => {
    const { data: sessions, ...blocks } = await gathered(path);
    const data: PageData = { ...page, ...rest, sessions };
    return renderDocument({ page: data, sources: {}, ...blocks }, { script: '', style: '' });
  };
  expect(await render()).toBe(await render());
});

it('has nothing of an empty database', async () => {
  const path = database();
  await (await openSqliteStore(path))[Symbol.asyncDispose]();
  const { data, events, threads, artifacts } = await gathered(path);
  expect([data.from, data.as_of]).toEqual(['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z']);
  expect([data.lanes, data.events.seq, data.gaps, events]).toEqual([[], [], [], []]);
  expect([threads, artifacts]).toEqual([{ artifact_ids: [], sessions: {} }, {}]);
  expect(data.left_out).toEqual({ sessions: 0, events_before: null });
});

it('keeps the newest events and tells where they begin', async () => {
  const path = await cancelled();
  const { data, events } = await gathered(path, { events: 5, texts: false });
  const whole = await gathered(path, { texts: false });
  expect(data.events.seq).toEqual(whole.data.events.seq.slice(-5));
  expect(data.left_out).toEqual({ sessions: 0, events_before: data.events.seq[0] });
  expect(eventsOf({ data, events })).toEqual(eventsOf(whole).slice(-5));
  const none = await gathered(path, { events: 0, texts: false });
  expect([none.data.events.seq, none.data.left_out.events_before]).toEqual([
    [],
    whole.data.events.seq.at(-1)! + 1,
  ]);
});

it('keeps the newest trees whole and counts the sessions of the others', async () => {
  const path = database();
  await using engine = await open(async () => ({ outcome: 'completed', close: true }), {
    store: `sqlite:${path}`,
  });
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.push((await engine.createSession(root)).session_id);
  const { data } = await gathered(path, { sessions: 2 });
  expect(data.lanes.map(({ session_id }) => session_id)).toEqual(ids.slice(1));
  expect(data.left_out.sessions).toBe(1);
  expect(data.events.lane).toEqual([-1, 0, 1]);
});

it('shows one session with the events that name it, and no arrow to elsewhere', async () => {
  const path = await cancelled();
  const whole = await gathered(path, { texts: false });
  const session = whole.data.lanes[1]!.session_id;
  let log: unknown[] = [];
  const answer = await gathered(path, { session, texts: false }, async (opened) => {
    log = await logOf(opened, { model_session_id: session });
  });
  const { lanes, arrows, cancels } = answer.data;
  expect(lanes.map(({ session_id, parent, root: top }) => [session_id, parent, top])).toEqual([
    [session, null, 0],
  ]);
  expect([arrows, lanes[0]!.announcements[0]!.to, cancels[0]!.root]).toEqual([[], -1, -1]);
  expect(eventsOf(answer)).toEqual(log);
  expect(answer.threads).toEqual({ artifact_ids: [], sessions: {} });
});

it('tells gaps, records that cannot be read, and kinds that it does not know', async () => {
  const path = database();
  await using store = await openSqliteStore(path);
  await store.appendEvents([said(1), said(1), said(1)]);
  const { openDatabase } = await import('../../../tools/engine/store/sqlite-driver.ts');
  const raw = await openDatabase(path, {});
  raw.prepare("UPDATE events SET body = 'no event' WHERE seq = 2").run();
  const unknown = {
    event_id: 'x-1',
    fr_event_id: 'FR-EVT-LATER-001',
    timestamp: '2026-02-24T09:00:00Z',
    type: 7,
    payload: { __proto__: { deep: [hostile] }, n: -1 },
  };
  raw.prepare('UPDATE events SET body = ? WHERE seq = 3').run(JSON.stringify(unknown));
  raw.close();
  let log: unknown[] = [];
  const answer = await gathered(path, {}, async (opened) => {
    log = await logOf(opened);
  });
  expect(answer.data.gaps).toEqual([{ first_seq: 2, last_seq: 2, why: 'unreadable', archive: null }]);
  expect(answer.data.events.seq).toEqual([1, 3]);
  expect(answer.data.events.types[1]).toEqual({ fr_event_id: 'FR-EVT-LATER-001', type: '', unknown: true });
  expect(answer.data.events.lane).toEqual([-1, -1]);
  expect(JSON.stringify(eventsOf(answer))).toBe(JSON.stringify(log));
});

it('shows the beginning of an artifact, redacted, and says of others why not', async () => {
  const path = await cancelled('wrong branch', `the password=${'hunter2hunter2'} is said`);
  const { artifacts, threads, data } = await gathered(path);
  const [first] = threads.sessions[data.lanes[0]!.session_id]!;
  const id = threads.artifact_ids[first!.artifact]!;
  expect(artifacts[id]!.text).toBe('the password=[redacted assignment] is said');
  const file = join(`${path}.artifacts`, id.slice(7, 9), id.slice(7));
  writeFileSync(file, 'something else');
  expect((await gathered(path)).artifacts[id]).toEqual({ bytes: 14, text: null, cut: false });
  rmSync(file);
  expect((await gathered(path)).artifacts[id]).toEqual({ bytes: null, text: null, cut: false });
});

it('cuts what is long between characters, and a secret never in two', async () => {
  // The secret begins within the first 16 KiB and ends behind them.
  const says = `${'é'.repeat(8_000)}${'x'.repeat(370)} password=${'s'.repeat(100)}${' y'.repeat(9_000)}`;
  const { artifacts, threads } = await gathered(await cancelled('wrong branch', says));
  const { text, cut, bytes } = artifacts[threads.artifact_ids[0]!]!;
  expect([cut, bytes, text!.length, text!.slice(-3)]).toEqual([true, 34_480, 8_305, 'xxx']);
});

it('reads of an artifact no more than is asked for, and nothing under what is no id', async () => {
  const path = await cancelled();
  const long = 'é'.repeat(20_000);
  const id = `sha256:${sha256(long)}`;
  folderArtifacts(`${path}.artifacts`).put(id, long);
  await using log = await openReadOnly(path);
  expect(await log.artifact(id, 2)).toEqual({ bytes: 40_000, content: new Uint8Array([0xc3, 0xa9]) });
  expect(await log.artifact('sha256:../../engine.db', 2)).toBe(undefined);
});
