import type { FlightRecorderEvent } from '../../generated/index.ts';
import { namedSessions } from '../accept/correlation.ts';
import { eventIdsOf } from './names.ts';
import type { EventQuery } from './query.ts';

/** What a query may ask of the session of an event. None of it changes while a session lives. */
export interface KnownSession {
  role: string;
  model_id: string;
  wp_id: string | null;
  lane: string;
  parent_session_id: string | null;
}

/** The sessions and jobs that a store has rows of; of any other only its events are known. */
export interface Known {
  session(session_id: string): KnownSession | undefined;
  /** The session of a job. */
  job(job_id: string): string | undefined;
}

type Test = (event: FlightRecorderEvent, known: Known) => boolean;

/** What one query asks of an event; where in the order it stands and how many are wanted is the reader's business. */
export function matcher(query: EventQuery): Test {
  const tests = testsOf(query);
  return (event, known) => tests.every((test) => test(event, known));
}

function testsOf(query: EventQuery): Test[] {
  const { model_session_id, tree, role, model_id, wp_id, lane, job_id, actor, trace_id } = query;
  const tests: Test[] = [];
  const ids = eventIdsOf(query);
  if (ids) tests.push((event) => ids.has(event.fr_event_id));
  if (actor !== undefined) tests.push((event) => event.actor === actor);
  if (trace_id !== undefined) tests.push((event) => event.trace_id === trace_id);
  const from = Date.parse(query.from ?? '');
  const to = Date.parse(query.to ?? '');
  if (query.from !== undefined) tests.push((event) => Date.parse(event.timestamp) >= from);
  if (query.to !== undefined) tests.push((event) => Date.parse(event.timestamp) < to);
  if (model_session_id !== undefined) tests.push((event) => concerns(event, model_session_id));
  if (tree !== undefined)
    tests.push((event, known) => sessionsOf(event).some((id) => isBelow(id, tree, known)));
  if (role !== undefined) tests.push((event, known) => factsOf(event, known)?.role === role);
  if (model_id !== undefined)
    tests.push((event, known) => (factsOf(event, known) ?? event).model_id === model_id);
  if (wp_id !== undefined) tests.push((event, known) => (factsOf(event, known) ?? event).wp_id === wp_id);
  if (lane !== undefined)
    tests.push((event, known) => (payloadOf(event).lane ?? factsOf(event, known)?.lane) === lane);
  if (job_id !== undefined) tests.push((event, known) => ofJob(event, job_id, known));
  return tests;
}

/** Stored events of a later version may have any payload at all. */
const payloadOf = (event: FlightRecorderEvent): Record<string, unknown> =>
  (event.payload ?? {}) as unknown as Record<string, unknown>;

const sessionsOf = (event: FlightRecorderEvent): string[] =>
  event.model_session_id === undefined
    ? namedSessions(event)
    : [event.model_session_id, ...namedSessions(event)];

const concerns = (event: FlightRecorderEvent, id: string): boolean =>
  event.model_session_id === id || namedSessions(event).includes(id);

const factsOf = ({ model_session_id }: FlightRecorderEvent, known: Known): KnownSession | undefined =>
  model_session_id === undefined ? undefined : known.session(model_session_id);

/** Rows that were edited by hand may lead round in a circle: none is looked at twice. */
function isBelow(id: string, top: string, known: Known): boolean {
  const seen = new Set<string>();
  for (
    let at: string | null | undefined = id;
    at && !seen.has(at);
    at = known.session(at)?.parent_session_id
  ) {
    if (at === top) return true;
    seen.add(at);
  }
  return false;
}

function ofJob(event: FlightRecorderEvent, job_id: string, known: Known): boolean {
  if (event.job_id !== job_id && payloadOf(event).job_id !== job_id) return false;
  const session = known.job(job_id);
  return session === undefined || concerns(event, session);
}
