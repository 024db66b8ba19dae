// For each rule a log that breaks it, by one change of one that breaks none.
import { again, envelope, into, moved, of, payload, placeOf, respan, spanWhere, without } from './edits.ts';
import type { Event, Log, Recorded } from './recorded.ts';

export interface Planted {
  rule: string;
  /** What was done to the log. */
  name: string;
  log?: (recorded: Recorded) => Iterable<unknown>;
  spans?: (recorded: Recorded) => Iterable<unknown>;
  options?: { hasArtifact?: (id: string) => boolean; require?: string[] };
  /** Rules that break with it, because the one change has more than one consequence. */
  also?: string[];
}

const STRANGER = '018f0000-0000-7000-8000-00000000dead';
const TRACE = '018f0000-0000-7000-8000-00000000beef';

/** `many` copies of the session that the second root is, each cancelled by itself, in one cascade of that root. */
function crowd({ log, ids }: Recorded, many: number): Log {
  const cascade = placeOf(log, 'FR-EVT-SESS-SPAWN-005', of(ids.other));
  const event = log[cascade]! as Extract<Event, { fr_event_id: 'FR-EVT-SESS-SPAWN-005' }>;
  const strangers = Array.from(
    { length: many },
    (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  );
  const born = log[placeOf(log, 'FR-EVT-SESS-001', of(ids.other))]!;
  const ended = log[placeOf(log, 'FR-EVT-SESS-002', into(ids.lasting, 'CANCELLED'))]!;
  const asked = log[placeOf(log, 'FR-EVT-SESS-SPAWN-001', of(ids.other))]!;
  const accepted = log[placeOf(log, 'FR-EVT-SESS-SPAWN-002', of(ids.other))]!;
  let n = 0;
  const fresh = (like: Event, model_session_id: string, over: object): Event =>
    ({
      ...like,
      event_id: `00000000-0000-7000-9000-${String(++n).padStart(12, '0')}`,
      model_session_id,
      model_session_span_id: model_session_id === ids.other ? like.model_session_span_id : model_session_id,
      payload: { ...like.payload, ...over },
    }) as Event;
  const births = strangers.flatMap((id) => [
    fresh(asked, ids.other, { child_role: born.payload && (born.payload as { role: string }).role }),
    fresh(born, id, { session_id: id, spawn_depth: 1 }),
    fresh(accepted, ids.other, { child_session_id: id, child_role: (born.payload as { role: string }).role }),
  ]);
  const ends = strangers.map((id) => fresh(ended, id, { session_id: id, from_state: 'CREATED' }));
  const root = placeOf(log, 'FR-EVT-SESS-002', into(ids.other, 'CANCELLED'));
  const listed = [...event.payload.cancelled_session_ids, ...strangers];
  return [
    ...log.slice(0, root - 1),
    ...births,
    ...log.slice(root - 1, cascade),
    ...ends,
    { ...event, payload: { ...event.payload, cancelled_session_ids: listed } },
    ...log.slice(cascade + 1),
  ];
}

export const planted: Planted[] = [
  {
    rule: 'announce/in-cascade',
    name: 'a child announces that its requester has taken it down',
    log: ({ log, ids }) => {
      const letter = log.findLastIndex((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-004');
      // What it announced alive, it announces inside the cascade.
      const cascade = placeOf(log, 'FR-EVT-SESS-SPAWN-005', of(ids.other));
      const told = moved(moved(log, letter - 1, cascade), letter - 1, cascade);
      const at = cascade;
      return told.with(at, {
        ...told[at]!,
        payload: { ...told[at]!.payload, status: 'CANCELLED' },
      } as Event);
    },
  },
  {
    rule: 'announce/missing',
    name: 'a child ends and sends neither letter nor announcement',
    log: ({ log, ids }) =>
      without(without(log, 'FR-EVT-SESS-SPAWN-004', of(ids.first)), 'FR-EVT-GOV-MAILBOX-001', (event) =>
        event.payload.idempotency_key.startsWith(`announce:v1:${ids.first}`),
      ),
  },
  {
    rule: 'announce/missing',
    name: 'a letter whose announcement never comes',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SPAWN-004', of(ids.lasting)),
  },
  {
    rule: 'announce/no-artifact',
    name: 'a summary that nobody wrote',
    options: { hasArtifact: (id) => id !== 'nowhere' },
    log: ({ log }) => payload(log, 'FR-EVT-SESS-SPAWN-004', { summary_artifact_id: 'nowhere' }),
  },
  {
    rule: 'announce/no-letter',
    name: 'an announcement without its letter',
    log: ({ log, ids }) =>
      without(log, 'FR-EVT-GOV-MAILBOX-001', (event) =>
        event.payload.idempotency_key.startsWith(`announce:v1:${ids.lasting}:1`),
      ),
  },
  {
    rule: 'announce/no-letter',
    name: 'a notice carries an announcement (D-30)',
    log: ({ log, ids }) =>
      payload(log, 'FR-EVT-GOV-MAILBOX-001', { message_type: 'Blocker' }, (event) =>
        event.payload.idempotency_key.startsWith(`announce:v1:${ids.lasting}:1`),
      ),
  },
  {
    rule: 'announce/number',
    name: 'a letter with the number of the next one',
    log: ({ log, ids }) =>
      payload(
        log,
        'FR-EVT-GOV-MAILBOX-001',
        { idempotency_key: `announce:v1:${ids.third}:2` },
        ({ payload: { idempotency_key: key } }) => key === `announce:v1:${ids.third}:1`,
      ),
  },
  {
    rule: 'announce/number',
    name: 'a notice whose id does not follow from its number',
    log: ({ log }) =>
      payload(
        log,
        'FR-EVT-GOV-MAILBOX-001',
        { message_id: STRANGER },
        ({ payload: { message_type } }) => message_type === 'FYI',
      ),
  },
  {
    rule: 'announce/status',
    name: 'a child that failed announces success',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-SPAWN-004', { status: 'COMPLETED' }, of(ids.third)),
  },
  {
    rule: 'announce/twice',
    name: 'an announcement that comes again',
    log: ({ log, ids }) => again(log, 'FR-EVT-SESS-SPAWN-004', { where: of(ids.lasting) }),
  },
  {
    rule: 'announce/twice',
    name: 'a letter that comes again after its announcement',
    log: ({ log, ids }) =>
      again(log, 'FR-EVT-GOV-MAILBOX-001', {
        where: ({ payload: { message_type } }) => message_type === 'FYI',
        at: placeOf(log, 'FR-EVT-SESS-002', into(ids.first, 'COMPLETED')),
      }),
  },
  {
    rule: 'announce/wrong-requester',
    name: 'an announcement to somebody else',
    log: ({ log, ids }) =>
      payload(log, 'FR-EVT-SESS-SPAWN-004', { requester_session_id: ids.other }, of(ids.first)),
  },
  {
    rule: 'budget/below',
    name: 'a warning before its threshold',
    log: ({ log }) => payload(log, 'FR-EVT-SESS-005', { current_value: 79 }),
  },
  {
    rule: 'budget/twice',
    name: 'a warning that comes again',
    log: ({ log }) => again(log, 'FR-EVT-SESS-005', { over: { current_value: 95 } }),
  },
  {
    rule: 'budget/type',
    name: 'a budget that there is not',
    log: ({ log }) => payload(log, 'FR-EVT-SESS-005', { budget_type: 'tokens' }),
  },
  {
    rule: 'budget/type',
    name: 'the budget of a packet that nobody names',
    log: ({ log }) => payload(log, 'FR-EVT-SESS-005', { budget_type: 'wp_tokens' }),
  },
  {
    rule: 'cascade/chunk',
    name: 'one event lists more than a thousand',
    log: (recorded) => crowd(recorded, 999),
    spans: () => [],
  },
  {
    rule: 'cascade/missed',
    name: 'a live child is left out',
    log: ({ log, ids }) =>
      without(
        payload(log, 'FR-EVT-SESS-SPAWN-005', { cancelled_session_ids: [ids.other] }, of(ids.other)),
        'FR-EVT-SESS-002',
        into(ids.lasting, 'CANCELLED'),
      ),
  },
  {
    rule: 'cascade/missed',
    name: 'a parent fails and leaves its child alone (D-31)',
    log: ({ log, ids }) =>
      log.filter(
        (event) =>
          !(of(ids.orphan)(event) && 'reason' in event.payload && event.payload.reason === 'parent_failed') &&
          !(event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' && of(ids.third)(event)),
      ),
  },
  {
    rule: 'cascade/not-cancelled',
    name: 'what is listed was not cancelled',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-002', into(ids.below, 'CANCELLED')),
  },
  {
    rule: 'cascade/order',
    name: 'the child before its parent',
    log: ({ log, ids }) =>
      payload(
        log,
        'FR-EVT-SESS-SPAWN-005',
        { cancelled_session_ids: [ids.below, ids.second] },
        of(ids.second),
      ),
  },
  {
    rule: 'cascade/outside',
    name: 'a session of another tree is listed',
    log: ({ log, ids }) => {
      const at = placeOf(log, 'FR-EVT-SESS-SPAWN-005', of(ids.third));
      return payload(
        without(
          moved(log, at, placeOf(log, 'FR-EVT-SESS-SPAWN-005', of(ids.other)) - 1),
          'FR-EVT-SESS-SPAWN-005',
          of(ids.other),
        ),
        'FR-EVT-SESS-SPAWN-005',
        { cancelled_session_ids: [ids.orphan, ids.other, ids.lasting] },
        of(ids.third),
      );
    },
  },
  {
    rule: 'cascade/twice',
    name: 'a second cascade lists the same sessions',
    log: ({ log, ids }) =>
      again(log, 'FR-EVT-SESS-SPAWN-005', {
        where: of(ids.second),
        at: placeOf(log, 'FR-EVT-SESS-SPAWN-005', of(ids.third)) + 1,
      }),
  },
  {
    rule: 'cascade/untold',
    name: 'a cancellation without its cascade',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SPAWN-005', of(ids.other)),
  },
  {
    rule: 'consent/missing',
    name: 'a cloud run that names no receipt',
    log: ({ log, ids }) =>
      envelope(log, 'FR-EVT-SESS-SCHED-002', { policy_decision_id: undefined }, of(ids.cloud)),
  },
  {
    rule: 'consent/not-blocked',
    name: 'a revocation ends the session',
    spans: () => [],
    log: ({ log }) => {
      const at = log.findLastIndex(
        (event) => event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.reason === 'consent',
      );
      return log.with(at, {
        ...log[at]!,
        payload: { ...log[at]!.payload, to_state: 'FAILED', reason: 'consent' },
      } as Event);
    },
  },
  {
    rule: 'consent/revoked',
    name: 'a run under a receipt that was revoked',
    log: ({ log, ids }) => {
      const first = log[placeOf(log, 'FR-EVT-SESS-SCHED-002', of(ids.cloud))]!;
      const at = log.findLastIndex(
        (event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-002' && of(ids.cloud)(event),
      );
      return log.with(at, { ...log[at]!, policy_decision_id: first.policy_decision_id } as Event);
    },
  },
  {
    rule: 'consent/untold',
    name: 'a revocation that cancels no job',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SCHED-004', of(ids.cloud)),
  },
  {
    rule: 'coverage/missing',
    name: 'an event that is required and never occurs',
    options: { require: ['FR-EVT-SESS-00*', 'FR-EVT-GOV-MAILBOX-002'] },
  },
  {
    rule: 'event/duplicate',
    name: 'an event twice',
    log: ({ log }) => [...log, log[3]],
  },
  {
    rule: 'event/invalid',
    name: 'a line that is no event',
    log: ({ log }) => [...log.slice(0, 5), { hello: 1 }, ...log.slice(5)],
  },
  {
    rule: 'recovery/no-pause',
    name: 'a recovered session goes on',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-002', into(ids.second, 'PAUSED')),
  },
  {
    rule: 'recovery/untold',
    name: 'a recovery of which nothing tells but the pause',
    log: ({ log }) => without(log, 'FR-EVT-WF-RECOVERY'),
  },
  {
    rule: 'scheduler/active',
    name: 'a session becomes ACTIVE by itself',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SCHED-002', of(ids.first)),
  },
  {
    rule: 'scheduler/active',
    name: 'a run starts and its session stays as it is',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-002', into(ids.lasting, 'ACTIVE')),
  },
  {
    rule: 'scheduler/after-cancel',
    name: 'a job that was cancelled starts',
    log: ({ log, ids }) => {
      const cancelled = log.find(
        (event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-004' && of(ids.cloud)(event),
      );
      const { job_id } = cancelled!.payload as { job_id: string };
      return payload(
        payload(
          log,
          'FR-EVT-SESS-SCHED-001',
          { job_id: STRANGER },
          (event) => of(ids.cloud)(event) && event.payload.job_id !== job_id,
        ),
        'FR-EVT-SESS-SCHED-002',
        { job_id },
        (event) => of(ids.cloud)(event) && event.payload.job_id !== job_id,
      );
    },
    also: ['scheduler/not-enqueued'],
  },
  {
    rule: 'scheduler/dispatch',
    name: 'a second run starts beside the first',
    log: ({ log, ids }) =>
      again(log, 'FR-EVT-SESS-SCHED-002', { where: of(ids.first), at: placeOf(log, 'FR-EVT-007') }),
  },
  {
    rule: 'scheduler/enqueued-twice',
    name: 'a job that is queued again',
    log: ({ log, ids }) => again(log, 'FR-EVT-SESS-SCHED-001', { where: of(ids.first) }),
  },
  {
    rule: 'scheduler/lane',
    name: 'a child in the PRIMARY lane',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-SCHED-001', { lane: 'PRIMARY' }, of(ids.first)),
  },
  {
    rule: 'scheduler/left-over',
    name: 'a cascade forgets a job',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SCHED-004', of(ids.below)),
  },
  {
    rule: 'scheduler/left-over',
    name: 'a cascade forgets a job that was cut off and waits again',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SCHED-004', of(ids.second)),
  },
  {
    rule: 'scheduler/not-enqueued',
    name: 'a job that was never queued starts',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-SCHED-001', of(ids.first)),
  },
  {
    rule: 'session/after-end',
    name: 'a message after the end',
    log: ({ log, ids }) =>
      again(log, 'FR-EVT-SESS-004', { where: of(ids.first), at: placeOf(log, 'FR-EVT-SESS-003') + 1 }),
  },
  {
    rule: 'session/completed',
    name: 'a completion that is reported twice',
    log: ({ log }) => again(log, 'FR-EVT-SESS-003'),
  },
  {
    rule: 'session/created-twice',
    name: 'a session that is created again',
    log: ({ log, ids }) => again(log, 'FR-EVT-SESS-001', { where: of(ids.root) }),
  },
  {
    rule: 'session/from-state',
    name: 'a change out of another state',
    log: ({ log, ids }) =>
      payload(log, 'FR-EVT-SESS-002', { from_state: 'PAUSED' }, into(ids.first, 'COMPLETED')),
  },
  {
    rule: 'session/illegal-transition',
    name: 'from PAUSED to ACTIVE without waiting',
    log: ({ log, ids }) =>
      payload(
        payload(
          log,
          'FR-EVT-SESS-002',
          { to_state: 'ACTIVE', reason: null },
          (event) => of(ids.second)(event) && event.payload.from_state === 'PAUSED',
        ),
        'FR-EVT-SESS-002',
        { from_state: 'ACTIVE' },
        into(ids.second, 'CANCELLED'),
      ),
  },
  {
    rule: 'session/messages',
    name: 'a message that was lost',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-004', of(ids.root)),
  },
  {
    rule: 'session/not-reported',
    name: 'a completion that nothing reports',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-003', of(ids.first)),
  },
  {
    rule: 'session/reason',
    name: 'a session that is BLOCKED for a reason of its own',
    log: ({ log, ids }) =>
      payload(
        log,
        'FR-EVT-SESS-002',
        { reason: 'lunch' },
        (event) => of(ids.lasting)(event) && event.payload.reason === 'input',
      ),
  },
  {
    rule: 'session/span',
    name: 'an event that names the span of another session',
    log: ({ log, ids }) =>
      envelope(
        log,
        'FR-EVT-SESS-SCHED-002',
        { model_session_span_id: log[0]!.model_session_span_id },
        of(ids.first),
      ),
  },
  {
    rule: 'session/terminal-sticky',
    name: 'a session that has ended comes back',
    log: ({ log, ids }) =>
      again(log, 'FR-EVT-SESS-002', {
        where: into(ids.third, 'FAILED'),
        at: placeOf(log, 'FR-EVT-SESS-002', into(ids.root, 'COMPLETED')),
        over: { from_state: 'FAILED', to_state: 'BLOCKED', reason: 'input' },
      }),
  },
  {
    rule: 'session/unknown',
    name: 'a session that was never created',
    log: ({ log, ids }) => without(log, 'FR-EVT-SESS-001', of(ids.root)),
  },
  {
    rule: 'span/interval',
    name: 'a tool that outlives its attempt',
    spans: ({ spans }) =>
      respan(spans, ({ kind }) => kind === 'tool_call', { end_time: '2026-02-24T10:00:00.000Z' }),
  },
  {
    rule: 'span/interval',
    name: 'a run that ends before it begins',
    spans: ({ spans, ids }) =>
      respan(spans, ({ kind, session_id }) => kind === 'attempt' && session_id === ids.cloud, {
        end_time: '2026-02-24T08:00:00.000Z',
      }),
  },
  {
    rule: 'span/invalid',
    name: 'a line that is no span',
    spans: ({ spans }) => [...spans, { span_id: 'x', kind: 'holiday' }],
  },
  {
    rule: 'span/left-open',
    name: 'an attempt that is open though its session has ended',
    spans: ({ spans, ids }) =>
      respan(spans, ({ kind, session_id }) => kind === 'attempt' && session_id === ids.third, {
        end_time: null,
      }),
  },
  {
    rule: 'span/missing',
    name: 'a session without its span',
    spans: ({ spans, ids }) =>
      spans.toSpliced(
        spanWhere(spans, ({ kind, session_id }) => kind === 'model_session' && session_id === ids.orphan),
        1,
      ),
  },
  {
    rule: 'span/no-parent',
    name: 'a tool call in a span that is not there',
    spans: ({ spans }) => respan(spans, ({ kind }) => kind === 'tool_call', { parent_span_id: STRANGER }),
  },
  {
    rule: 'span/reopened',
    name: 'a span that is closed twice',
    spans: ({ spans }) => [...spans, spans[0]],
  },
  {
    rule: 'span/reopened',
    name: 'a span that is opened twice',
    spans: ({ spans }) => {
      const opened = { ...spans[0]!, end_time: null };
      return [opened, opened, ...spans];
    },
  },
  {
    rule: 'span/second',
    name: 'two spans of one session',
    spans: ({ spans, ids }) => [
      ...spans,
      { ...spans[spanWhere(spans, ({ session_id }) => session_id === ids.root)]!, span_id: STRANGER },
    ],
  },
  {
    rule: 'span/totals',
    name: 'tokens that no attempt accounts for',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-003', { total_tokens: 91 }, of(ids.root)),
  },
  {
    rule: 'span/totals',
    name: 'dollars that no attempt accounts for',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-003', { total_cost_usd: 0.5 }, of(ids.root)),
  },
  {
    rule: 'span/unknown',
    name: 'an event that names a span of which no line tells',
    log: ({ log }) => envelope(log, 'FR-EVT-007', { activity_span_id: STRANGER }),
  },
  {
    rule: 'span/wrong-parent',
    name: 'a tool call right below its session',
    spans: ({ spans, ids }) =>
      respan(spans, ({ kind }) => kind === 'tool_call', {
        parent_span_id:
          spans[
            spanWhere(spans, ({ kind, session_id }) => kind === 'model_session' && session_id === ids.first)
          ]!.span_id,
      }),
  },
  {
    rule: 'spawn/accepted-twice',
    name: 'a child that is accepted again',
    log: ({ log, ids }) => {
      const child = { child_session_id: ids.second };
      return payload(
        log,
        'FR-EVT-SESS-SPAWN-002',
        child,
        (event) => event.payload.child_session_id === ids.third,
      );
    },
    also: ['spawn/not-accepted'],
  },
  {
    rule: 'spawn/depth',
    name: 'a request that counts the levels wrongly',
    log: ({ log }) =>
      payload(payload(log, 'FR-EVT-SESS-SPAWN-003', { spawn_depth: 2 }), 'FR-EVT-SESS-SPAWN-001', {
        spawn_depth: 2,
      }),
  },
  {
    rule: 'spawn/no-child',
    name: 'an accepted child that was never created',
    log: ({ log, ids }) => log.filter((event) => !of(ids.below)(event)),
  },
  {
    rule: 'spawn/not-accepted',
    name: 'a root that claims to lie below somebody',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-001', { spawn_depth: 1 }, of(ids.cloud)),
    also: ['scheduler/lane'],
  },
  {
    rule: 'spawn/not-requested',
    name: 'an answer to nothing',
    log: ({ log }) =>
      without(log, 'FR-EVT-SESS-SPAWN-001', ({ payload: { child_role } }) => child_role === 'Coder'),
  },
  {
    rule: 'spawn/packet',
    name: 'a child that works for another packet',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-001', { wp_id: 'WP-9' }, of(ids.first)),
  },
  {
    rule: 'spawn/reason',
    name: 'a refusal for a reason of its own',
    log: ({ log }) => payload(log, 'FR-EVT-SESS-SPAWN-003', { rejection_reason: 'not today' }),
  },
  {
    rule: 'spawn/requester-terminal',
    name: 'a requester that has ended gets a child',
    spans: () => [],
    log: ({ log, ids }) => {
      const from = placeOf(log, 'FR-EVT-SESS-SPAWN-001', of(ids.other));
      const [asked, born, accepted] = log.slice(from, from + 3) as [Event, Event, Event];
      const child = { child_session_id: STRANGER, session_id: STRANGER };
      const late = [asked, born, accepted].map((event, n) => ({
        ...event,
        event_id: `00000000-0000-7000-8000-00000000000${n}`,
        ...(event === born ? { model_session_id: STRANGER, model_session_span_id: STRANGER } : {}),
        payload: Object.fromEntries(
          Object.entries(event.payload).map(([field, value]) => [
            field,
            child[field as keyof typeof child] ?? value,
          ]),
        ),
      }));
      return [...log, ...late];
    },
  },
  {
    rule: 'spawn/role',
    name: 'a child with another role than was asked for',
    log: ({ log, ids }) => payload(log, 'FR-EVT-SESS-001', { role: 'Validator' }, of(ids.first)),
  },
  {
    rule: 'spawn/unanswered',
    name: 'a request without an answer',
    log: ({ log }) => without(log, 'FR-EVT-SESS-SPAWN-003'),
  },
  {
    rule: 'tool/untold',
    name: 'a result of a call that no event tells',
    log: ({ log }) => without(log, 'FR-EVT-007'),
  },
  {
    rule: 'trace/broken',
    name: 'an answer in another trace than its request',
    log: ({ log }) => envelope(log, 'FR-EVT-SESS-SPAWN-003', { trace_id: TRACE }),
  },
  {
    rule: 'trace/broken',
    name: 'an announcement in another trace than its letter',
    log: ({ log }) => envelope(log, 'FR-EVT-SESS-SPAWN-004', { trace_id: TRACE }),
  },
  {
    rule: 'trace/broken',
    name: 'D-43: a pause in another trace than its recovery',
    log: ({ log, ids }) => envelope(log, 'FR-EVT-SESS-002', { trace_id: TRACE }, into(ids.second, 'PAUSED')),
  },
];
