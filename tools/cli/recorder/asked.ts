// What the options of a call ask for. A name that nothing can have is refused here, with the one that may be meant.
import { UsageError } from '../../findings/index.ts';
import { FlightRecorderActor, ModelRunJobLane } from '../../generated/index.ts';
import { type EventQuery, familyFault, typeFault } from '../../recorder/index.ts';
import type { Call } from '../command.ts';
import { positive, value } from '../load.ts';
import { visible } from '../output.ts';
import { openSessions, sessionNamed } from '../session/open.ts';
import { timesOf } from '../time.ts';
import type { EventSource } from './files.ts';

/** All but the sessions that are named: that can be said before a database is opened. */
export function queryOf(call: Call): EventQuery {
  const limit = positive(call, 'limit');
  const [after_seq, before_seq, last] = ['after', 'before', 'last'].map((name) => whole(call, name));
  const query = {
    type: all(call, 'type', typeFault),
    family: all(call, 'family', familyFault),
    role: value(call, 'role'),
    model_id: value(call, 'model'),
    wp_id: value(call, 'wp'),
    lane: among(call, 'lane', ModelRunJobLane.options, (text) => text.toUpperCase()),
    job_id: value(call, 'job'),
    actor: among(call, 'actor', FlightRecorderActor.options, (text) => text.toLowerCase()),
    trace_id: value(call, 'trace'),
    ...timesOf(call),
    after_seq,
    before_seq,
    limit,
    last,
  };
  if (limit !== undefined && last !== undefined)
    throw new UsageError(`--limit ${limit} and --last ${last} exclude each other`);
  if (before_seq !== undefined && before_seq <= (after_seq ?? 0))
    throw new UsageError(`--before ${before_seq}: expected a place after ${after_seq ?? 0}`);
  return given(query);
}

/** The sessions that are named, as fields of the query. */
export async function sessionsOf(call: Call, log: EventSource): Promise<EventQuery> {
  return given({
    model_session_id: await session(call, log, 'session'),
    tree: await session(call, log, 'tree'),
  });
}

const given = (query: object): EventQuery =>
  Object.fromEntries(Object.entries(query).filter(([, asked]) => asked !== undefined));

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whole ids are looked for in the log itself: there may be events of sessions that have no row here. */
async function session(call: Call, log: EventSource, name: string): Promise<string | undefined> {
  const text = value(call, name);
  if (text === undefined) return undefined;
  const id = text.toLowerCase();
  // A file knows no names, and only what it says of a session.
  if (call.args.length > 0 && UUID.test(id)) return id;
  if (call.args.length > 0)
    throw new UsageError(`--${name} ${visible(text)}: expected a whole id: names are in a session database`);
  if (UUID.test(id)) for await (const _ of log.readEvents({ model_session_id: id, limit: 1 })) return id;
  return sessionNamed(await openSessions(call), text).session_id;
}

function all(call: Call, name: string, faultOf: (text: string) => string | null): string[] | undefined {
  const texts = call.values[name];
  for (const text of texts ?? []) {
    const fault = faultOf(text);
    if (fault !== null) throw new UsageError(`--${name} ${visible(text)}: expected ${fault}`);
  }
  return texts && [...texts];
}

function among<Name extends string>(
  call: Call,
  name: string,
  known: readonly Name[],
  spelled: (text: string) => string,
): Name | undefined {
  const text = value(call, name);
  if (text === undefined) return undefined;
  const found = known.find((each) => each === spelled(text));
  if (found === undefined)
    throw new UsageError(`--${name} ${visible(text)}: expected one of ${known.join(', ')}`);
  return found;
}

/** A place, or how many; none is an answer too. */
function whole(call: Call, name: string): number | undefined {
  const text = value(call, name);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number))
    throw new UsageError(`--${name} ${visible(text)}: expected a whole number from 0`);
  return number;
}
