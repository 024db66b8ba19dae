// Faults planted into the kernel's decision, one at a time: each is an error that somebody could make in it.
import type { Rows } from '../../tools/kernel/index.ts';
import { drop, dropEvents, limits, type Made, type Plant, rowsOf, scheduler } from './plant.ts';
import { laterPlants } from './planted-permissions.ts';
import type { Given } from './world.ts';

export { planted } from './plant.ts';

const accepted = (made: Made): string | null =>
  (made.result as { child_session_id?: string | null } | undefined)?.child_session_id ?? null;

export const plants: Plant[] = [
  {
    name: 'a spawn does not count the child (INV-SPAWN-002)',
    decision(made, { kind }) {
      if (kind !== 'spawn' || !accepted(made)) return;
      for (const row of rowsOf(made, 'session')) if (row.active_children > 0) row.active_children -= 1;
    },
  },
  {
    name: 'a child that ends keeps its place (FM-21)',
    decision(made, _given, { view }) {
      for (const row of rowsOf(made, 'session')) {
        const before = view.get('session', row.session_id);
        if (before && row.active_children < before.active_children)
          row.active_children = before.active_children;
      }
    },
  },
  {
    name: 'one child more than the cap allows (FM-01)',
    rules: (rules) =>
      limits(rules, { max_active_children_per_session: rules.limits.max_active_children_per_session + 1 }),
  },
  {
    name: 'one level more than the ceiling allows (INV-SPAWN-001)',
    rules: (rules) => limits(rules, { max_spawn_depth: rules.limits.max_spawn_depth + 1 }),
  },
  {
    name: 'the lifetime budget of a tree is ignored (FM-32)',
    rules: (rules) => limits(rules, { max_descendants_lifetime: 1_000 }),
  },
  {
    name: 'depth starts again at every child (FM-02)',
    decision(made) {
      const child = accepted(made);
      for (const row of rowsOf(made, 'session')) if (row.session_id === child) row.spawn_depth = 1;
    },
  },
  {
    name: 'a child gets a grant that its parent lacks (FM-28)',
    decision(made) {
      const child = accepted(made);
      for (const row of rowsOf(made, 'session'))
        if (row.session_id === child) row.capability_grants = [...row.capability_grants, 'exec:all'];
    },
  },
  {
    name: 'a child runs in the PRIMARY lane (INV-SCHED-005)',
    decision(made) {
      const child = accepted(made);
      for (const job of rowsOf(made, 'job')) if (job.session_id === child) job.lane = 'PRIMARY';
    },
  },
  {
    name: 'the same request makes a second child (FM-03)',
    command(given, { view }) {
      if (given.kind !== 'spawn') return given;
      const { request, ...rest } = given.input as Extract<Given['input'], { request: unknown }>;
      const key = JSON.stringify([request.requester_session_id, request.request_id]);
      if (typeof request.request_id !== 'string' || !view.get('request', key)?.accepted) return given;
      return {
        kind: 'spawn',
        input: { ...rest, request: { ...request, request_id: `${request.request_id}+` } },
      };
    },
  },
  {
    name: 'a cascade skips its last session (INV-SPAWN-004)',
    decision(made, _given, { view }) {
      const [record] = rowsOf(made, 'operation');
      const last = record?.cancelled_session_ids.at(-1);
      if (!record || last === undefined || last === record.root_session_id) return;
      const ids = (row: object | null): string | undefined =>
        (row as { session_id?: string } | null)?.session_id;
      drop(made, ({ table, row }) => ['session', 'job', 'span'].includes(table) && ids(row) === last);
      dropEvents(made, (event) => event.model_session_id === last);
      if (!view.get('session', last)) throw new Error('the cascade named a session that is not stored');
    },
  },
  {
    name: 'a failed parent leaves its children alone (D-31)',
    decision(made, { kind }) {
      const [record] = rowsOf(made, 'operation');
      if (kind === 'cancel' || record?.reason !== 'parent_failed') return;
      const children = new Set(record.cancelled_session_ids);
      const of = (row: object | null): string => (row as { session_id?: string } | null)?.session_id ?? '';
      drop(made, ({ table, row }) => ['session', 'job', 'span'].includes(table) && children.has(of(row)));
      dropEvents(made, (event) => children.has(event.model_session_id ?? ''));
    },
  },
  {
    name: 'a child announces its end twice (FM-13)',
    decision(made) {
      const at = made.events.findIndex((event) => event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001');
      if (at < 0) return;
      const again = made.events.slice(at, at + 2).map((event, n) => ({
        ...event,
        event_id: `${event.event_id.slice(0, -1)}${n === 0 ? 'e' : 'f'}`,
      }));
      made.events.splice(at + 2, 0, ...again);
    },
  },
  {
    name: 'an announcement is an event and no letter (engine.md 1.4, 8)',
    decision: (made) => drop(made, ({ table }) => table === 'mailbox'),
  },
  {
    name: 'nobody hears of a child that failed (D-28)',
    decision(made) {
      const failed = made.events.find(
        (event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-004' && event.payload.status === 'FAILED',
      );
      if (!failed) return;
      const at = made.events.indexOf(failed);
      made.events.splice(at - 1, 2);
      drop(made, ({ table }) => table === 'mailbox');
    },
  },
  {
    name: 'the key of an announcement is made of the run (FM-13)',
    decision(made) {
      for (const row of rowsOf(made, 'mailbox')) row.idempotency_key = `announce:v1:run:${row.inbox_seq}`;
    },
  },
  {
    name: 'an announcement wakes nobody (FM-11)',
    decision(made) {
      const woken = new Set(
        rowsOf(made, 'job').flatMap((job) => (job.wake && job.state === 'queued' ? [job.job_id] : [])),
      );
      drop(made, ({ table, key }) => table === 'job' && woken.has(key));
      dropEvents(
        made,
        (event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-001' && woken.has(event.payload.job_id),
      );
    },
  },
  {
    name: 'reading the inbox moves its cursor back',
    decision(made, { kind }) {
      if (kind !== 'read_inbox') return;
      for (const row of rowsOf(made, 'session')) row.inbox_cursor = Math.min(row.inbox_cursor, 1) - 1;
    },
  },
  {
    name: 'a permit is not given back (D-14)',
    decision: (made) => drop(made, ({ table, row }) => table === 'call' && row === null),
  },
  {
    name: 'a tool keeps the permit of its run (D-11)',
    decision(made, { kind }) {
      if (kind === 'start_tool') drop(made, ({ table }) => table === 'call');
    },
  },
  {
    name: 'one running call more than the global limit (INV-SCHED-001)',
    rules: (rules) =>
      scheduler(rules, {
        max_concurrent_sessions_global: rules.scheduler.max_concurrent_sessions_global + 1,
      }),
  },
  {
    name: 'the limit of a provider is forgotten',
    rules: (rules) => scheduler(rules, { max_concurrent_sessions_per_provider: 100 }),
  },
  {
    name: 'the limit of a model is forgotten',
    rules: (rules) => scheduler(rules, { max_concurrent_sessions_per_model: 100 }),
  },
  {
    name: 'the quotas of lanes are forgotten',
    rules: (rules) =>
      scheduler(rules, { quotas: { PRIMARY: null, SUBAGENT: null, VALIDATION: null, BACKGROUND: null } }),
  },
  {
    name: 'a rate limit lets twice as many through (INV-SCHED-003)',
    rules: (rules) => {
      const { rate_limit_requests_per_minute: requests } = rules.scheduler;
      return scheduler(rules, { rate_limit_requests_per_minute: requests === null ? null : requests * 2 });
    },
  },
  {
    name: 'a stale run is taken for the current one (FM-24)',
    command(given, { view }) {
      const { job_id } = given.input as { job_id?: string };
      if (given.kind !== 'finish_run' || job_id === undefined) return given;
      const run_epoch = view.get('job', job_id)?.run_epoch;
      return { kind: given.kind, input: { ...given.input, run_epoch } } as Given;
    },
  },
  {
    name: 'recovery does not take the epoch (FM-23)',
    decision(made, { kind }, { view }) {
      if (kind !== 'recover') return;
      for (const row of rowsOf(made, 'session'))
        row.run_epoch = view.get('session', row.session_id)!.run_epoch;
    },
  },
  {
    name: 'a dispatch leaves the session as it was',
    decision(made, { kind }, { view }) {
      if (kind !== 'dispatch') return;
      for (const row of rowsOf(made, 'session')) {
        const before = view.get('session', row.session_id);
        if (row.state === 'ACTIVE' && before) row.running_job_id = before.running_job_id;
      }
    },
  },
  {
    name: 'two jobs of one session may start (INV-SESS-003)',
    decision(made, { kind }) {
      if (kind === 'enqueue') for (const job of rowsOf(made, 'job')) job.held = false;
    },
  },
  {
    name: 'the jobs of a paused session may start',
    decision(made, { kind }) {
      if (kind === 'pause') for (const job of rowsOf(made, 'job')) job.held = false;
    },
  },
  {
    name: 'a run starts after its deadline',
    now: (now, { kind }) => (kind === 'dispatch' ? now - 60_000 : now),
  },
  {
    name: 'a session that has ended is resumed',
    decision(made) {
      for (const row of rowsOf(made, 'session')) if (row.state === 'FAILED') row.terminal = null;
    },
  },
  {
    name: 'an ending leaves the job queued',
    decision(made) {
      for (const job of rowsOf(made, 'job')) if (job.state === 'cancelled') job.state = 'queued';
    },
  },
  {
    name: 'an ending leaves its span open',
    decision(made) {
      drop(
        made,
        ({ table, row }) =>
          table === 'span' &&
          (row as Rows['span']).kind === 'model_session' &&
          (row as Rows['span']).end_time !== null,
      );
    },
  },
  {
    name: 'a retry leaves the attempt open',
    decision(made, { kind }) {
      if (kind === 'finish_run')
        drop(made, ({ table, row }) => table === 'span' && (row as Rows['span']).kind === 'attempt');
    },
  },
  {
    name: 'an attempt is closed and its tool is not',
    decision(made) {
      drop(
        made,
        ({ table, row }) =>
          table === 'span' &&
          (row as Rows['span']).status === 'interrupted' &&
          (row as Rows['span']).kind === 'tool_call',
      );
    },
  },
  {
    name: 'tokens are booked to the job alone',
    decision(made, { kind }, { view }) {
      if (kind !== 'usage') return;
      for (const row of rowsOf(made, 'session'))
        row.total_tokens = view.get('session', row.session_id)!.total_tokens;
    },
  },
  {
    name: 'a packet is not told what its sessions cost',
    decision: (made) => drop(made, ({ table }) => table === 'packet'),
  },
  {
    name: 'dollars are booked twice to the session',
    decision(made, { kind }, { view }) {
      if (kind !== 'usage') return;
      for (const row of rowsOf(made, 'session')) {
        const before = view.get('session', row.session_id)!.total_cost_usd ?? 0;
        if (row.total_cost_usd !== null) row.total_cost_usd += row.total_cost_usd - before;
      }
    },
  },
  {
    name: 'a change of state is told by no event',
    decision: (made) =>
      dropEvents(
        made,
        (event) => event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.to_state === 'PAUSED',
      ),
  },
  {
    name: 'rows are written and events are not (engine.md 1.4, 11)',
    decision(made, { kind }) {
      if (kind === 'send') made.events = [];
    },
  },
  {
    name: 'a letter comes after its announcement (D-53)',
    decision(made) {
      const at = made.events.findIndex((event) => event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001');
      if (at >= 0) made.events.splice(at, 2, made.events[at + 1]!, made.events[at]!);
    },
  },
  {
    name: 'an accepted spawn is told before the child exists (D-53)',
    decision(made, { kind }) {
      if (kind === 'spawn' && accepted(made)) made.events.reverse();
    },
  },
  {
    name: 'an event carries the span of another session (D-32)',
    decision(made) {
      for (const event of made.events)
        if (event.fr_event_id === 'FR-EVT-SESS-SCHED-004') event.model_session_span_id = event.trace_id;
    },
  },
  {
    name: 'an announcement names a summary that nobody wrote',
    decision(made) {
      made.artifacts = [];
    },
  },
  {
    name: 'a parent that waited for a resting child goes on waiting (D-08)',
    decision(made, { kind }, { view }) {
      if (kind !== 'finish_run') return;
      for (const row of rowsOf(made, 'session')) {
        if (row.state !== 'COMPLETED' || row.closing !== true || row.parent_session_id === null) continue;
        const before = view.get('session', row.session_id);
        if (before?.state !== 'BLOCKED') continue;
        Object.assign(row, { state: before.state, terminal: null, blocked_on: 'input' });
      }
    },
  },
  ...laterPlants,
];
