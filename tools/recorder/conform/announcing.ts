import type { FlightRecorderEvent } from '../../generated/index.ts';
import { uuid5 } from '../../text/index.ts';
import {
  isTerminal,
  type KnownSession,
  type LogState,
  type Place,
  type Rules,
  type VerifyOptions,
} from './state.ts';

type Of<Id extends FlightRecorderEvent['fr_event_id']> = Extract<FlightRecorderEvent, { fr_event_id: Id }>;

/** How far back an announcement without letter is looked for among the earlier ones of its child. */
const LOOK_BACK = 1000;

/** What a child tells its requester: one letter for each task, in its order, and one announcement of it (D-28 to D-30). */
export function announceRules(state: LogState, { hasArtifact }: VerifyOptions): Rules {
  const { sessions, report, here } = state;
  /** Letters that carry an announcement which has not come yet. */
  const letters = new Map<string, { child: string; trace: string; place: Place }>();
  /** Children that have ended and owe an announcement. */
  const owed = new Map<string, Place>();

  return {
    before(event) {
      if (event.fr_event_id === 'FR-EVT-SESS-002') owes(event);
    },

    after(event) {
      if (event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001') letter(event);
      else if (event.fr_event_id === 'FR-EVT-SESS-SPAWN-004') announcement(event);
      else if (event.fr_event_id === 'FR-EVT-SESS-002') waitsForOne(event);
    },

    end() {
      if (state.partial) return;
      for (const { child, place } of letters.values())
        report('announce/missing', `${child} sends the letter of an announcement that never comes`, place);
      for (const [child, place] of owed)
        report('announce/missing', `${child} has ended, and its requester is never told`, place);
    },
  };

  function letter({ payload, model_session_id: child, trace_id }: Of<'FR-EVT-GOV-MAILBOX-001'>): void {
    const { idempotency_key, message_id, message_type, body_ref } = payload;
    stored(body_ref);
    if (child === undefined) return;
    const session = sessions.get(child);
    const announces = message_type === 'SessionAnnounceBack';
    if (session && announces) session.announced = number(session, 'announce', session.announced, payload);
    else if (session && idempotency_key.startsWith('notice:'))
      session.notices = number(session, 'notice', session.notices, payload);
    if (announces) letters.set(message_id, { child, trace: trace_id, place: here() });
  }

  /** Id and key follow from the child and a number that counts from 1 (D-29, D-30). Returns the number. */
  function number(
    { id }: KnownSession,
    kind: 'announce' | 'notice',
    before: number,
    { idempotency_key: key, message_id }: { idempotency_key: string; message_id: string },
  ): number {
    const next = before + 1;
    const said = Number(/^[a-z]+:v1:[^:]+:(\d+)$/.exec(key)?.[1] ?? Number.NaN);
    if (said <= before && key === `${kind}:v1:${id}:${said}`) {
      report('announce/twice', `${id} sends the letter ${key} twice`);
      return before;
    }
    const name = kind === 'announce' ? String(next) : `notice:${next}`;
    if (key !== `${kind}:v1:${id}:${next}`)
      report('announce/number', `${id} sends the letter ${key}, expected ${kind}:v1:${id}:${next}`);
    else if (message_id !== uuid5(name, id))
      report('announce/number', `the letter ${key} has the id ${message_id}, expected ${uuid5(name, id)}`);
    return Number.isNaN(said) ? next : Math.max(next, said);
  }

  function announcement({ payload, trace_id }: Of<'FR-EVT-SESS-SPAWN-004'>): void {
    const { child_session_id: child, requester_session_id, mailbox_message_id, status } = payload;
    stored(payload.summary_artifact_id);
    const session = sessions.get(child);
    const carried = letters.get(mailbox_message_id);
    letters.delete(mailbox_message_id);
    owed.delete(child);
    if (!session) return;
    session.announces = true;
    if (carried === undefined && again(session, mailbox_message_id)) {
      report('announce/twice', `announcement ${mailbox_message_id} of ${child} occurs twice`);
      return;
    }
    if (carried?.child !== child) {
      report('announce/no-letter', `announcement of ${child} names no mailbox message of it`);
      if (carried === undefined) session.announced += 1; // so that the letters after it keep their numbers
    } else if (carried.trace !== trace_id)
      report('trace/broken', `announcement of ${child} has trace ${trace_id}, its letter ${carried.trace}`);
    if (session.parent !== null && session.parent !== requester_session_id)
      report(
        'announce/wrong-requester',
        `${child} announces to ${requester_session_id}, its parent is ${session.parent}`,
      );
    if (session.told) report('announce/twice', `${child} announces its end twice`);
    ofItsState(session, status);
  }

  function ofItsState(session: KnownSession, status: string): void {
    const { id, state: is } = session;
    const fits = isTerminal(is)
      ? is === status
      : status === 'COMPLETED' && is !== 'ACTIVE' && is !== 'CREATED';
    if (!fits) report('announce/status', `${id} announces ${status} and is ${is}`);
    else if (session.silent)
      report('announce/in-cascade', `${id} announces inside the cascade of its requester`);
    if (isTerminal(is)) session.told = true;
  }

  /** Before the state moves: who ends now, and whether anybody has to hear of it. */
  function owes({ payload: { session_id, to_state } }: Of<'FR-EVT-SESS-002'>): void {
    const session = sessions.get(session_id);
    if (!session || !isTerminal(to_state) || isTerminal(session.state) || session.parent === null) return;
    const requester = sessions.get(session.parent);
    session.silent = to_state === 'CANCELLED' && requester !== undefined && isTerminal(requester.state);
    if (session.announces && !session.silent && requester) owed.set(session_id, here());
  }

  /** No event says who will announce; a requester that waits for children and has only one waits for that one. */
  function waitsForOne({ payload: { session_id, to_state, reason } }: Of<'FR-EVT-SESS-002'>): void {
    const children = sessions.get(session_id)?.work?.children;
    if (to_state !== 'BLOCKED' || reason !== 'children' || children?.size !== 1) return;
    const [only] = children;
    sessions.get(only!)!.announces = true;
  }

  function again({ id, announced }: KnownSession, message_id: string): boolean {
    for (let seq = announced; seq > Math.max(0, announced - LOOK_BACK); seq--)
      if (uuid5(String(seq), id) === message_id) return true;
    return false;
  }

  function stored(id: string): void {
    if (hasArtifact && !hasArtifact(id)) report('announce/no-artifact', `artifact ${id} does not exist`);
  }
}
