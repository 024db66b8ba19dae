// What a session is called where a person reads or types: a name, or as much of its id as nobody else's has.
import type { SessionSummary } from '../../engine/index.ts';

/** Fewer characters would be taken for a word. */
const LEAST = 4;
const TAIL = 2;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

type Named = Pick<SessionSummary, 'session_id' | 'request_id'>;

export interface Handles {
  /** The name under which a scenario or a request knows the session. */
  nameOf(session_id: string): string | null;
  /** The id, shortened: `5f0e…`, or `019a…c1` where many begin alike. It can be typed as it is printed. */
  shortOf(session_id: string): string;
  /** What a person is shown: the name where it is nobody else's, else the shortened id. */
  labelOf(session_id: string): string;
  /** What a command takes for this session and no other, in letters that one can type. */
  typedOf(session_id: string): string;
  /** Sessions that a text may mean, in the order of their creation. */
  find(text: string): string[];
}

export function handlesOf(sessions: readonly Named[], roots: ReadonlyMap<string, string>): Handles {
  const ids = sessions.map(({ session_id }) => session_id);
  const names = new Map<string, string>();
  for (const { session_id, request_id } of sessions)
    if (request_id !== null && isName(request_id)) names.set(session_id, request_id);
  for (const [name, id] of roots) names.set(id, name);
  const sorted = [...ids].sort();
  const reversed = ids.map(backwards).sort();
  const times = new Map<string, number>();
  for (const name of names.values()) times.set(name, (times.get(name) ?? 0) + 1);
  const ownName = (id: string): string | undefined => {
    const name = names.get(id);
    return name !== undefined && times.get(name) === 1 ? name : undefined;
  };
  const shortOf = (id: string): string => {
    const head = Math.max(LEAST, shared(sorted, id) + 1);
    // The beginning of a UUID of version 7 is a time, which sessions of one run have in common.
    const tail = Math.max(TAIL, shared(reversed, backwards(id)) + 1);
    const shortest = head <= LEAST + tail ? head : LEAST + tail + 1;
    if (shortest + 1 >= id.length) return id;
    return head <= LEAST + tail ? `${id.slice(0, head)}…` : `${id.slice(0, LEAST)}…${id.slice(-tail)}`;
  };
  return {
    nameOf: (id) => names.get(id) ?? null,
    shortOf,
    labelOf: (id) => ownName(id) ?? shortOf(id),
    typedOf: (id) => ownName(id) ?? id,
    find(text) {
      const wanted = text.toLowerCase();
      if (ids.includes(wanted)) return [wanted];
      const called = ids.filter((id) => names.get(id) === text);
      if (called.length > 0) return called;
      const [head = '', tail = '', ...more] = wanted.split(/…|\.\.\./);
      if (head.length < LEAST || more.length > 0) return [];
      return ids.filter((id) => id.startsWith(head) && id.endsWith(tail));
    },
  };
}

/** A request that nobody named has an id made for it: a UUID, or the job's and a number. */
const isName = (request: string): boolean => !UUID.test(request.slice(0, 36)) && request.length <= 40;

const backwards = (text: string): string => [...text].reverse().join('');

/** How many characters the nearest neighbours in the order share with a text. */
function shared(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  const neighbours = [sorted[low - 1], sorted[low + 1]].filter((near) => near !== undefined);
  return Math.max(0, ...neighbours.map((near) => common(near, text)));
}

function common(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
