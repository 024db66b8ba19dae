// What the events alone tell of every session, and the order in which they may come (engine.md 3.6, D-32, D-53).
import { v5 } from 'uuid';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import { sessionTransitions } from '../../tools/kernel/index.ts';
import type { Report } from './fault.ts';

/** A session as its events tell it. */
export interface Told {
  state: keyof typeof sessionTransitions;
  parent: string | null;
  depth: number;
  children: string[];
  /** Announcements, by the mailbox message that carries each. */
  announced: string[];
  /** The announcement that an ending owes and that has not come yet. */
  owes: string | null;
  completed: boolean;
  cascades: number;
  messages: number;
  jobs: number;
  notices: number;
  /** The last message of its thread; '' = none yet. */
  tail: string;
  /** Every state with every last message that this command has led it through, the one it began with included. */
  moments: string[];
}

/** How a moment is written, in a replay and where it is compared with one. */
export const moment = (state: string, tail: string): string => `${state} ${tail}`;

const isAnnouncement = (event: FlightRecorderEvent | null): boolean =>
  event?.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && event.payload.message_type === 'SessionAnnounceBack';

const ended = (state: string): boolean => sessionTransitions[state as Told['state']].length === 0;

/** Whose event it is (D-32): the field of the payload that names the session of the envelope. */
const owner: Record<string, string> = {
  'FR-EVT-SESS-001': 'session_id',
  'FR-EVT-SESS-002': 'session_id',
  'FR-EVT-SESS-003': 'session_id',
  'FR-EVT-SESS-004': 'session_id',
  'FR-EVT-SESS-005': 'session_id',
  'FR-EVT-SESS-SCHED-001': 'session_id',
  'FR-EVT-SESS-SCHED-002': 'session_id',
  'FR-EVT-SESS-SCHED-003': 'session_id',
  'FR-EVT-SESS-SCHED-004': 'session_id',
  'FR-EVT-SESS-SPAWN-001': 'requester_session_id',
  'FR-EVT-SESS-SPAWN-002': 'requester_session_id',
  'FR-EVT-SESS-SPAWN-003': 'requester_session_id',
  'FR-EVT-SESS-SPAWN-004': 'child_session_id',
  'FR-EVT-SESS-SPAWN-005': 'root_session_id',
};

/** Reads a log event by event. Knows nothing of rows, so that rows can be compared with it. */
export class Replay {
  readonly sessions = new Map<string, Told>();
  readonly #ids = new Set<string>();
  readonly #spans = new Map<string, string>();
  readonly #report: Report;
  #before: FlightRecorderEvent | null = null;
  /** The request that is being answered. */
  #asked: { requester: string; depth: number; born: string | null } | null = null;
  /** An accepted child whose first job must follow. */
  #accepted: string | null = null;
  #cascade: { root: string; ids: string[] } | null = null;
  /** Whom this command has touched. */
  readonly #moved = new Set<Told>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** The ids of the cascade that was read last. */
  get cascade(): { root: string; ids: string[] } | null {
    return this.#cascade;
  }

  read(event: FlightRecorderEvent): void {
    this.#envelope(event);
    this.#order(event);
    this.#tell(event);
    this.#before = event;
  }

  /** Between two commands nothing may be owed: an answer, a first job, the letter's announcement. */
  rest(): void {
    const { fr_event_id: last } = this.#before ?? {};
    if (isAnnouncement(this.#before)) this.#report('order', 'a letter is not followed by its announcement');
    if (last === 'FR-EVT-SESS-SCHED-002') this.#report('order', 'a dispatch is not followed by ACTIVE');
    if (this.#asked) this.#report('order', `a request of ${this.#asked.requester} was never answered`);
    if (this.#accepted) this.#report('order', `child ${this.#accepted} was accepted without a job`);
    this.#asked = null;
    this.#accepted = null;
    for (const told of this.#moved) told.moments = [moment(told.state, told.tail)];
    this.#moved.clear();
  }

  #envelope(event: FlightRecorderEvent): void {
    const { event_id, fr_event_id, model_session_id } = event;
    if (this.#ids.has(event_id)) this.#report('event', `event ${event_id} occurs twice`);
    this.#ids.add(event_id);
    if (model_session_id === undefined) {
      this.#report('event', `${fr_event_id} names no session`);
      return;
    }
    const field = owner[fr_event_id];
    const named = field && (event.payload as unknown as Record<string, unknown>)[field];
    if (field && named !== model_session_id)
      this.#report('event', `${fr_event_id} of ${model_session_id} is about ${String(named)}`);
    const known = this.#spans.get(model_session_id);
    const span = known ?? v5(`mss:${model_session_id}`, model_session_id);
    if (!known) this.#spans.set(model_session_id, span);
    if (event.model_session_span_id !== span)
      this.#report('event', `${fr_event_id} of ${model_session_id} has another session's span`);
    const born = fr_event_id === 'FR-EVT-SESS-001';
    const stranger = fr_event_id === 'FR-EVT-SESS-SPAWN-001' || fr_event_id === 'FR-EVT-SESS-SPAWN-003';
    if (!born && !stranger && !this.sessions.has(model_session_id))
      this.#report('event', `${fr_event_id} is about ${model_session_id}, which was never created`);
  }

  /** What has to stand next to what (the table of engine.md 3.6). */
  #order(event: FlightRecorderEvent): void {
    const before = this.#before;
    const wrong = (what: string): void => this.#report('order', `${event.fr_event_id}: ${what}`);
    if (before?.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && isAnnouncement(before)) {
      const follows =
        event.fr_event_id === 'FR-EVT-SESS-SPAWN-004' &&
        event.payload.mailbox_message_id === before.payload.message_id;
      if (!follows) wrong('a letter is followed by its announcement and by nothing else');
    } else if (event.fr_event_id === 'FR-EVT-SESS-SPAWN-004') wrong('no letter stands before it');
    if (before?.fr_event_id === 'FR-EVT-SESS-SCHED-002') {
      const follows =
        event.fr_event_id === 'FR-EVT-SESS-002' &&
        event.payload.to_state === 'ACTIVE' &&
        event.payload.session_id === before.payload.session_id;
      if (!follows) wrong('a dispatch is followed by ACTIVE');
    } else if (event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.to_state === 'ACTIVE') {
      wrong('no dispatch stands before it');
    }
    if (event.fr_event_id === 'FR-EVT-SESS-003') {
      const follows =
        before?.fr_event_id === 'FR-EVT-SESS-002' &&
        before.payload.to_state === 'COMPLETED' &&
        before.payload.session_id === event.payload.session_id;
      if (!follows) wrong('it follows the change to COMPLETED');
    } else if (before?.fr_event_id === 'FR-EVT-SESS-002' && before.payload.to_state === 'COMPLETED') {
      wrong('the change to COMPLETED is followed by FR-EVT-SESS-003');
    }
    this.#spawning(event, wrong);
  }

  /** T2 and T3: asked, born, accepted, first job; or asked, rejected. */
  #spawning(event: FlightRecorderEvent, wrong: (what: string) => void): void {
    const asked = this.#asked;
    switch (event.fr_event_id) {
      case 'FR-EVT-SESS-SPAWN-001': {
        if (asked) wrong(`the request of ${asked.requester} was never answered`);
        const { requester_session_id: requester, spawn_depth: depth } = event.payload;
        this.#asked = { requester, depth, born: null };
        return;
      }
      case 'FR-EVT-SESS-001':
        if (asked) asked.born = event.payload.session_id;
        return;
      case 'FR-EVT-SESS-SPAWN-002':
      case 'FR-EVT-SESS-SPAWN-003': {
        const { requester_session_id, spawn_depth } = event.payload;
        if (asked?.requester !== requester_session_id || asked.depth !== spawn_depth)
          wrong('it answers no request');
        const child = 'child_session_id' in event.payload ? event.payload.child_session_id : null;
        if (asked && asked.born !== child) wrong(`${String(asked.born)} was created, ${String(child)} named`);
        this.#asked = null;
        this.#accepted = child;
        return;
      }
      case 'FR-EVT-SESS-SCHED-001':
        if (this.#accepted === event.payload.session_id) this.#accepted = null;
        return;
      default:
    }
  }

  #tell(event: FlightRecorderEvent): void {
    const told = this.sessions.get(event.model_session_id ?? '');
    switch (event.fr_event_id) {
      case 'FR-EVT-SESS-001': {
        const { session_id, spawn_depth } = event.payload;
        if (told) this.#report('replay', `session ${session_id} is created twice`);
        this.sessions.set(session_id, {
          state: 'CREATED',
          parent: null,
          depth: spawn_depth,
          children: [],
          announced: [],
          owes: null,
          completed: false,
          cascades: 0,
          messages: 0,
          jobs: 0,
          notices: 0,
          tail: '',
          moments: [moment('CREATED', '')],
        });
        return;
      }
      case 'FR-EVT-SESS-002':
        if (told) this.#moves(told, event.payload);
        return;
      case 'FR-EVT-SESS-003':
        if (told?.completed) this.#report('replay', `${event.payload.session_id} completes twice`);
        if (told) told.completed = true;
        return;
      case 'FR-EVT-SESS-004':
        if (told) this.#hears(told, event.payload.message_id);
        return;
      case 'FR-EVT-GOV-MAILBOX-001':
        if (told && !isAnnouncement(event)) this.#notices(told, event.model_session_id!, event.payload);
        return;
      case 'FR-EVT-SESS-SCHED-001':
        if (told && ended(told.state)) this.#report('terminal', `${event.payload.session_id} gets a job`);
        if (told) told.jobs += 1;
        return;
      case 'FR-EVT-SESS-SPAWN-002': {
        const { child_session_id, requester_session_id } = event.payload;
        const child = this.sessions.get(child_session_id);
        if (told && ended(told.state))
          this.#report('terminal', `${requester_session_id} is ${told.state} and spawns`);
        if (child) child.parent = requester_session_id;
        told?.children.push(child_session_id);
        return;
      }
      case 'FR-EVT-SESS-SPAWN-004':
        if (told) this.#announces(told, event.payload);
        return;
      case 'FR-EVT-SESS-SPAWN-005': {
        const { root_session_id: root, cancelled_session_ids: ids } = event.payload;
        const before = this.#before;
        const continues =
          before?.fr_event_id === 'FR-EVT-SESS-SPAWN-005' &&
          before.payload.root_session_id === root &&
          ids.length > 0;
        this.#cascade = { root, ids: continues ? [...(this.#cascade?.ids ?? []), ...ids] : [...ids] };
        if (told && !continues) told.cascades += 1;
        for (const id of ids) {
          const state = this.sessions.get(id)?.state;
          if (state !== 'CANCELLED') this.#report('cascade', `${id} is listed by a cascade and is ${state}`);
        }
        return;
      }
      default:
    }
  }

  #moves(told: Told, change: { session_id: string; from_state: string; to_state: Told['state'] }): void {
    const { session_id, from_state, to_state } = change;
    if (told.state !== from_state)
      this.#report('replay', `${session_id} is ${told.state}, its event says ${from_state}`);
    if (!sessionTransitions[told.state].includes(to_state)) {
      const rule = ended(told.state) ? 'terminal' : 'replay';
      this.#report(rule, `${session_id} goes from ${told.state} to ${to_state}`);
    }
    told.state = to_state;
    this.#passes(told);
    if (!ended(to_state)) return;
    const requester = told.parent === null ? null : this.sessions.get(told.parent);
    // Silent inside the cascade of its own requester; told in every other case (D-28).
    told.owes = !requester || (to_state === 'CANCELLED' && ended(requester.state)) ? null : to_state;
  }

  #hears(told: Told, message_id: string): void {
    told.messages += 1;
    told.tail = message_id;
    this.#passes(told);
  }

  #passes(told: Told): void {
    told.moments.push(moment(told.state, told.tail));
    this.#moved.add(told);
  }

  /** A notice tells the direct requester, under a name that its number gives it, while the child lives (D-30). */
  #notices(
    told: Told,
    child: string,
    letter: { message_id: string; message_type: string; thread_id: string; idempotency_key: string },
  ): void {
    told.notices += 1;
    const { message_id, message_type, thread_id, idempotency_key } = letter;
    if (message_type !== 'FYI') this.#report('notices', `${child} sent a letter of type ${message_type}`);
    if (told.parent !== thread_id)
      this.#report('notices', `${child} tells ${thread_id}, its parent is ${told.parent}`);
    if (ended(told.state)) this.#report('notices', `${child} is ${told.state} and tells of its progress`);
    if (message_id !== v5(`notice:${told.notices}`, child))
      this.#report('notices', `notice ${told.notices} of ${child} has the id ${message_id}`);
    if (idempotency_key !== `notice:v1:${child}:${told.notices}`)
      this.#report('notices', `notice ${told.notices} of ${child} has the key ${idempotency_key}`);
  }

  #announces(
    told: Told,
    letter: {
      child_session_id: string;
      requester_session_id: string;
      mailbox_message_id: string;
      status: string;
    },
  ): void {
    const { child_session_id: child, requester_session_id, mailbox_message_id, status } = letter;
    if (told.parent !== requester_session_id)
      this.#report('announce', `${child} announces to ${requester_session_id}, its parent is ${told.parent}`);
    if (told.announced.includes(mailbox_message_id))
      this.#report('announce', `${child} announces ${mailbox_message_id} twice`);
    told.announced.push(mailbox_message_id);
    if (!ended(told.state)) {
      if (status !== 'COMPLETED') this.#report('announce', `${child} is alive and announces ${status}`);
      return;
    }
    if (told.owes !== status) this.#report('announce', `${child} announces ${status} and owes ${told.owes}`);
    told.owes = null;
  }
}
