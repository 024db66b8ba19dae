// Sessions as a report holds them, without a database: as many as are wanted, the same ones each time.
import { createHash } from 'node:crypto';
import type { FlightRecorderEvent } from '../../../../tools/generated/index.ts';
import type { Blocks } from '../../../../tools/report/data/page.ts';
import type { Cancel, SessionLane, SessionsData } from '../../../../tools/report/data/sessions.ts';
import { eventBlocks } from '../../../../tools/report/sessions/event-blocks.ts';

export interface Made {
  sessions: SessionsData;
  /** What the blocks of events hold. */
  bodies: Record<string, unknown>[];
  events: Blocks['events'];
  threads: Blocks['threads'];
  artifacts: Blocks['artifacts'];
}

const FROM = Date.UTC(2026, 10, 21, 9, 0, 0);
const ROLES = ['Orchestrator', 'Coder', 'Validator', 'Researcher', 'Reviewer'];
const MODELS = ['claude-opus', 'claude-sonnet', 'local-small'];
const TOOLS = ['read_file', 'write_file', 'run_tests', 'search', 'session.spawn'];
const TYPES = [
  { fr_event_id: 'FR-EVT-SESS-001', type: 'session_created' },
  { fr_event_id: 'FR-EVT-SESS-002', type: 'session_state_change' },
  { fr_event_id: 'FR-EVT-SESS-004', type: 'session_message' },
  { fr_event_id: 'FR-EVT-SESS-SCHED-002', type: 'session_scheduler.dispatch' },
  { fr_event_id: 'FR-EVT-SESS-003', type: 'session_completed' },
];

/** Numbers from 0 to 1 that only look as if they came by chance. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const sha = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Trees of up to 40 sessions: some at work, some blocked, one tree in three cancelled by the operator. */
export function made(sessions: number, events: number): Made {
  const chance = numbers(sessions * 31 + events);
  const pick = <Value>(of: readonly Value[]): Value => of[Math.floor(chance() * of.length)]!;
  const uuid = (kind: string, at: number) => {
    const hex = createHash('sha256').update(`${kind} ${at}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  const lanes: SessionLane[] = [];
  const spans: SessionsData['spans'] = {
    span_id: [],
    lane: [],
    kind: [],
    parent: [],
    depth: [],
    start: [],
    end: [],
    status: [],
    name: [],
    job_id: [],
    tokens: [],
    cost_usd: [],
  };
  const arrows: SessionsData['arrows'] = [];
  const cancels: Cancel[] = [];
  const length = 3_600_000 + sessions * 20_000;
  const addSpan = (
    lane: number,
    kind: number,
    parent: number,
    start: number,
    end: number | null,
    status: string | null,
    rest: { name?: string; tokens?: number | null; cost?: number | null } = {},
  ) => {
    const at = spans.span_id.length;
    spans.span_id.push(uuid('span', at));
    spans.lane.push(lane);
    spans.kind.push(kind);
    spans.parent.push(parent);
    spans.depth.push(kind);
    spans.start.push(start);
    spans.end.push(end);
    spans.status.push(status);
    spans.name.push(rest.name ?? null);
    spans.job_id.push(kind === 0 ? null : uuid('job', at));
    spans.tokens.push(kind === 3 ? null : (rest.tokens ?? 0));
    spans.cost_usd.push(kind === 3 ? null : (rest.cost ?? null));
    return at;
  };
  for (let lane = 0; lane < sessions; lane++) {
    const isRoot = lane % 40 === 0;
    const tree = Math.floor(lane / 40);
    const parent = isRoot ? null : tree * 40 + Math.floor(((lane % 40) - 1) / 3);
    const isCancelled = tree % 3 === 0;
    const above = parent === null ? null : lanes[parent]!;
    const start =
      above === null ? Math.floor(tree * 300_000) : above.start + 4_000 + Math.floor(chance() * 60_000);
    const ends = start + 60_000 + Math.floor(chance() * 900_000);
    const dice = chance();
    const state = isCancelled
      ? lane % 40 > 0 && lane % 5 === 0
        ? 'COMPLETED'
        : 'CANCELLED'
      : dice < 0.62
        ? 'COMPLETED'
        : dice < 0.7
          ? 'FAILED'
          : dice < 0.82
            ? 'ACTIVE'
            : dice < 0.92
              ? 'BLOCKED'
              : 'PAUSED';
    const end = ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state) ? ends : null;
    const first = spans.span_id.length;
    const status = end === null ? null : state.toLowerCase();
    addSpan(lane, 0, -1, start, end, status);
    const until = end ?? length;
    const jobs = 1 + Math.floor(chance() * 4);
    let [tokens, cost, unpriced, runs] = [0, 0, 0, 0];
    for (let job = 0; job < jobs; job++) {
      const from = start + ((until - start) / jobs) * job + 500;
      const isLast = job === jobs - 1;
      const to = start + ((until - start) / jobs) * (job + 1) - 200;
      const run = addSpan(
        lane,
        1,
        first,
        Math.floor(from),
        isLast && end === null ? null : Math.floor(to),
        isLast ? status : 'completed',
      );
      const attempts = 1 + Math.floor(chance() * 2);
      for (let attempt = 0; attempt < attempts; attempt++) {
        const begun = from + ((to - from) / attempts) * attempt + 100;
        const done = from + ((to - from) / attempts) * (attempt + 1) - 100;
        const isOpen = isLast && attempt === attempts - 1 && end === null;
        const used = 400 + Math.floor(chance() * chance() * 30_000);
        const price = chance() < 0.1 ? null : Math.round(used * 0.9) / 100_000;
        const how = isOpen ? null : attempt < attempts - 1 ? 'interrupted' : isLast ? status : 'completed';
        const at = addSpan(lane, 2, run, Math.floor(begun), isOpen ? null : Math.floor(done), how, {
          tokens: used,
          cost: price,
        });
        runs += 1;
        tokens += used;
        if (price === null) unpriced += 1;
        else cost += price;
        spans.tokens[run]! += used;
        if (price !== null) spans.cost_usd[run] = (spans.cost_usd[run] ?? 0) + price;
        const calls = Math.floor(chance() * 12);
        for (let call = 0; call < calls; call++) {
          const called = begun + ((done - begun) / (calls + 1)) * (call + 1);
          addSpan(
            lane,
            3,
            at,
            Math.floor(called),
            Math.floor(called + 50 + chance() * 4_000),
            chance() < 0.05 ? 'failed' : 'completed',
            { name: pick(TOOLS) },
          );
        }
      }
    }
    spans.tokens[first] = tokens;
    spans.cost_usd[first] = cost;
    const spent = { runs, tokens, cost: { cost_usd: Math.round(cost * 1e9) / 1e9, unpriced_runs: unpriced } };
    lanes.push({
      session_id: uuid('session', lane),
      parent,
      root: tree * 40,
      role: isRoot ? 'Orchestrator' : ROLES[1 + ((lane * 7) % 4)]!,
      model_id: MODELS[(lane * 5) % 3]!,
      wp_id: lane % 4 === 3 ? null : `WP-1-Demo-${(tree % 6) + 1}-v1`,
      spawn_depth: above === null ? 0 : above.spawn_depth + 1,
      state,
      because: state === 'BLOCKED' ? 'gate' : state === 'PAUSED' ? 'operator' : null,
      trace_id: uuid('trace', tree),
      start,
      end,
      spent,
      spent_below: structuredClone(spent),
      spans: { first, count: spans.span_id.length - first },
      cancelled: state === 'CANCELLED' ? Math.floor(tree / 3) : null,
      passed_over: isCancelled && state === 'COMPLETED' ? [Math.floor(tree / 3)] : [],
      announcements: [],
      messages: 2 + (lane % 5),
      budgets:
        lane % 7 === 0
          ? [{ budget_type: 'tokens', used: tokens, threshold: 50_000, warned: tokens > 40_000 }]
          : [],
    });
    if (isRoot && isCancelled)
      cancels.push({
        op_id: uuid('cancel', tree),
        root: lane,
        reason: 'wrong branch',
        by: 'operator',
        at: ends,
        cancelled: [],
        skipped: [],
      });
    if (isCancelled) {
      const cancel = cancels[Math.floor(tree / 3)]!;
      (state === 'CANCELLED' ? cancel.cancelled : cancel.skipped).push(lane);
    }
    if (parent !== null) {
      const { spans: own } = lanes[parent]!;
      arrows.push({
        kind: 'spawn',
        at: start,
        read_at: null,
        from: parent,
        from_span: Math.min(own.first + 2, own.first + own.count - 1),
        to: lane,
        to_span: -1,
      });
      if (end !== null && state === 'COMPLETED') {
        const read_at = chance() < 0.6 ? end + Math.floor(chance() * 90_000) : null;
        arrows.push({
          kind: 'announce',
          at: end,
          read_at,
          from: lane,
          from_span: first + 1,
          to: parent,
          to_span: -1,
        });
        lanes[lane]!.announcements.push({
          at: end,
          to: parent,
          message_id: uuid('letter', lane),
          status: 'completed',
          summary_artifact_id: sha(`summary ${lane}`),
          read_at,
        });
      }
    }
  }
  for (let lane = sessions - 1; lane >= 0; lane--) {
    const { parent, spent_below } = lanes[lane]!;
    if (parent === null) continue;
    const above = lanes[parent]!.spent_below;
    above.runs += spent_below.runs;
    above.tokens += spent_below.tokens;
    above.cost.unpriced_runs += spent_below.cost.unpriced_runs;
    above.cost.cost_usd =
      Math.round(((above.cost.cost_usd ?? 0) + (spent_below.cost.cost_usd ?? 0)) * 1e9) / 1e9;
  }
  const as_of = Math.max(length, ...lanes.map(({ end }) => end ?? 0));
  const columns: SessionsData['events'] = { seq: [], at: [], type: [], types: TYPES, lane: [], span: [] };
  const drafts = Array.from({ length: events }, (_, at) => {
    const span = at < sessions ? lanes[at]!.spans.first : Math.floor(chance() * spans.span_id.length);
    const [start, end] = [spans.start[span]!, spans.end[span] ?? length];
    return {
      span,
      at: at < sessions ? start : Math.floor(start + chance() * (end - start)),
      type: at < sessions ? 0 : 1 + Math.floor(chance() * 3),
    };
  }).sort((a, b) => a.at - b.at);
  const bodies: Record<string, unknown>[] = drafts.map(({ span, at, type }, index) => {
    const lane = spans.lane[span]!;
    columns.seq.push(index + 1);
    columns.at.push(at);
    columns.type.push(type);
    columns.lane.push(lane);
    columns.span.push(span);
    const { session_id } = lanes[lane]!;
    return {
      event_id: uuid('event', index),
      ...TYPES[type]!,
      timestamp: new Date(FROM + at).toISOString(),
      actor: 'system',
      model_session_id: session_id,
      activity_span_id: spans.span_id[span]!,
      payload: {
        session_id,
        ...(type === 2
          ? { message_id: uuid('message', index), content_artifact_id: sha(`text ${index % 50}`) }
          : { note: `number ${index}` }),
      },
    };
  });
  const artifacts: Blocks['artifacts'] = {};
  for (let at = 0; at < 50; at++) {
    const text = `Artifact ${at}: what was said.\n<script>alert(${at})</script>`;
    artifacts[sha(`text ${at}`)] =
      at % 10 === 9
        ? { bytes: null, text: null, cut: false }
        : { bytes: text.length, text, cut: at % 10 === 8 };
  }
  const artifact_ids: string[] = [];
  const named = (id: string, text: string | null): number => {
    artifacts[id] ??= { bytes: text?.length ?? null, text, cut: false };
    return artifact_ids.push(id) - 1;
  };
  const threads: Blocks['threads'] = {
    artifact_ids,
    sessions: Object.fromEntries(
      lanes.map(({ session_id, start, messages }, lane) => [
        session_id,
        Array.from({ length: messages }, (_, at) => ({
          message_id: uuid(`message ${lane}`, at),
          at: new Date(FROM + start + at * 1_000).toISOString(),
          role: at % 2 === 0 ? 'user' : 'assistant',
          artifact: named(
            sha(`message ${lane} ${at}`),
            at === 1 && lane % 3 === 0 ? null : `Message ${at + 1} of session ${lane}.`,
          ),
          untrusted: at === 2,
        })),
      ]),
    ),
  };
  for (const { announcements } of lanes)
    for (const { summary_artifact_id } of announcements)
      artifacts[summary_artifact_id!] = { bytes: 21, text: 'All tests are green.\n', cut: false };
  const data: SessionsData = {
    database: 'session.db',
    from: new Date(FROM).toISOString(),
    as_of: new Date(FROM + as_of).toISOString(),
    total: lanes.reduce(
      (sum, { spent }) => ({
        runs: sum.runs + spent.runs,
        tokens: sum.tokens + spent.tokens,
        cost: {
          cost_usd: Math.round(((sum.cost.cost_usd ?? 0) + (spent.cost.cost_usd ?? 0)) * 1e9) / 1e9,
          unpriced_runs: sum.cost.unpriced_runs + spent.cost.unpriced_runs,
        },
      }),
      { runs: 0, tokens: 0, cost: { cost_usd: null as number | null, unpriced_runs: 0 } },
    ),
    lanes,
    spans,
    arrows,
    cancels,
    events: columns,
    gaps: [],
    left_out: { sessions: 0, events_before: null },
  };
  const stored = bodies.map((event, at) => ({ seq: at + 1, event: event as unknown as FlightRecorderEvent }));
  return {
    sessions: data,
    bodies,
    events: eventBlocks(data, stored),
    threads,
    artifacts,
  };
}
