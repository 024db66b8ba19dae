import { type FlightRecorderEvent, SessionBlockedOn, SessionPauseReason } from '../../generated/index.ts';
import { sessionTransitions } from '../../kernel/index.ts';
import { isTerminal, type KnownSession, type LogState, type Rules } from './state.ts';

type Of<Id extends FlightRecorderEvent['fr_event_id']> = Extract<FlightRecorderEvent, { fr_event_id: Id }>;

/** A request may name a requester that nobody knows; its refusal is evidence all the same (D-21). */
const ofStrangers: ReadonlySet<string> = new Set([
  'FR-EVT-SESS-001',
  'FR-EVT-SESS-SPAWN-001',
  'FR-EVT-SESS-SPAWN-003',
]);

/** What a session that has ended can do no more. A tool that was cut off still says what it has done (FR-EVT-007). */
const ofTheLiving: ReadonlySet<string> = new Set([
  'FR-EVT-SESS-004',
  'FR-EVT-SESS-005',
  'FR-EVT-SESS-SCHED-001',
  'FR-EVT-SESS-SCHED-003',
  'FR-EVT-SESS-SCHED-004',
  'FR-EVT-WF-RECOVERY',
]);

/** A session from its creation to its end: D-05, D-06, D-40, 4.3.9.12.6. */
export function lifeRules(state: LogState): Rules {
  const { sessions, report } = state;
  return {
    before(event) {
      const { model_session_id: id, fr_event_id } = event;
      if (id === undefined || ofStrangers.has(fr_event_id)) return;
      const session = state.about(id);
      if (!session) return;
      if (isTerminal(session.state) && (ofTheLiving.has(fr_event_id) || isNotice(event)))
        report('session/after-end', `${fr_event_id} of session ${id}, which is ${session.state}`);
      const { work } = session;
      const span = event.model_session_span_id;
      if (!work || span === undefined) return;
      work.span ??= span;
      if (work.span !== span)
        report('session/span', `session ${id} names the span ${span}, before that ${work.span}`);
    },

    after(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-001': {
          const { session_id } = event.payload;
          if (sessions.has(session_id))
            report('session/created-twice', `session ${session_id} is created twice`);
          else sessions.set(session_id, born(event));
          return;
        }
        case 'FR-EVT-SESS-002':
          move(state, event);
          return;
        case 'FR-EVT-SESS-003':
          complete(state, event);
          return;
        case 'FR-EVT-SESS-004': {
          const session = sessions.get(event.payload.session_id);
          if (session) session.messages += 1;
          return;
        }
        default:
      }
    },
  };
}

const isNotice = (event: FlightRecorderEvent): boolean =>
  event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && event.payload.message_type === 'FYI';

function born({ payload, trace_id, model_session_span_id }: Of<'FR-EVT-SESS-001'>): KnownSession {
  return {
    id: payload.session_id,
    state: 'CREATED',
    parent: null,
    depth: payload.spawn_depth,
    children: [],
    messages: 0,
    announced: 0,
    notices: 0,
    announces: false,
    silent: false,
    told: false,
    completed: false,
    listed: false,
    swept: false,
    work: {
      role: payload.role,
      wp_id: payload.wp_id,
      cloud: payload.backend === 'cloud',
      trace: trace_id,
      span: model_session_span_id,
      jobs: new Map(),
      waiting: 0,
      running: null,
      again: false,
      toolCalls: 0,
      toolResults: 0,
      children: new Set(),
    },
  };
}

function move({ sessions, report }: LogState, { payload }: Of<'FR-EVT-SESS-002'>): void {
  const { session_id, from_state, to_state, reason } = payload;
  const known = reasons[to_state];
  if (known && !known.has(reason ?? ''))
    report(
      'session/reason',
      `session ${session_id} is ${to_state} for the reason ${reason}, expected ${[...known].join(', ')}`,
    );
  const session = sessions.get(session_id);
  if (!session) return;
  if (session.state !== from_state) {
    report('session/from-state', `session ${session_id} is ${session.state}, the event says ${from_state}`);
  } else if (!sessionTransitions[from_state].includes(to_state)) {
    const rule = isTerminal(from_state) ? 'session/terminal-sticky' : 'session/illegal-transition';
    report(rule, `session ${session_id} goes from ${from_state} to ${to_state}`);
  }
  session.state = to_state;
  if (!isTerminal(to_state)) return;
  session.work = null;
  if (session.parent !== null) sessions.get(session.parent)?.work?.children.delete(session_id);
}

/** The closed lists of D-06. */
const reasons: Record<string, ReadonlySet<string>> = {
  BLOCKED: new Set(SessionBlockedOn.options),
  PAUSED: new Set(SessionPauseReason.options),
};

function complete({ sessions, report }: LogState, { payload }: Of<'FR-EVT-SESS-003'>): void {
  const { session_id, messages_count } = payload;
  const session = sessions.get(session_id);
  if (!session) return;
  if (session.state !== 'COMPLETED' || session.completed) {
    const how = session.completed ? 'twice' : `while it is ${session.state}`;
    report('session/completed', `session ${session_id} reports completion ${how}`);
  } else if (messages_count !== session.messages) {
    report(
      'session/messages',
      `session ${session_id} reports ${messages_count} messages, its log tells of ${session.messages}`,
    );
  }
  session.completed = true;
}
