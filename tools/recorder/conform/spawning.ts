import { type FlightRecorderEvent, SpawnRejectionReason } from '../../generated/index.ts';
import { isTerminal, type KnownSession, type LogState, type Place, type Rules } from './state.ts';

interface Asked {
  requester: string;
  depth: number;
  role: string;
  trace: string;
  place: Place;
  /** The session that was created before the answer came (D-53). */
  child: string | null;
}

/** Who asked, who answered, and who was born of it: INV-SPAWN-001, D-20, D-21, D-33, D-53. */
export function spawnRules(state: LogState): Rules {
  const { sessions, report, here } = state;
  /** Requests without an answer. A payload has no request id, so requester and depth are what joins the two. */
  const open = new Map<string, Asked[]>();
  /** Children of which nobody has said yet that they were accepted. */
  const orphans = new Map<string, Place>();
  const accepted = new Set<string>();
  let last: Asked | null = null;

  const answer = (requester: string, depth: number): Asked | undefined => {
    const key = `${requester} ${depth}`;
    const asked = open.get(key);
    const request = asked?.pop(); // the newest: an answer comes in the transaction of its request
    if (asked?.length === 0) open.delete(key);
    if (request === last) last = null;
    return request;
  };

  return {
    after(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-SPAWN-001': {
          const { requester_session_id: requester, spawn_depth: depth, child_role: role } = event.payload;
          depthOf(event, requester, depth);
          last = { requester, depth, role, trace: event.trace_id, place: here(), child: null };
          const key = `${requester} ${depth}`;
          const asked = open.get(key);
          if (asked) asked.push(last);
          else open.set(key, [last]);
          return;
        }
        case 'FR-EVT-SESS-001': {
          const { session_id, spawn_depth } = event.payload;
          if (spawn_depth === 0 || accepted.delete(session_id)) return;
          if (last && last.child === null && last.depth === spawn_depth && last.trace === event.trace_id)
            last.child = session_id;
          else orphans.set(session_id, here());
          return;
        }
        case 'FR-EVT-SESS-SPAWN-003': {
          const { requester_session_id: requester, spawn_depth, rejection_reason } = event.payload;
          const known: readonly string[] = SpawnRejectionReason.options;
          if (!known.includes(rejection_reason))
            report(
              'spawn/reason',
              `${requester} is refused with ${rejection_reason}, which is no reason of D-21`,
            );
          depthOf(event, requester, spawn_depth);
          const request = answer(requester, spawn_depth);
          if (!request) {
            if (!state.partial)
              report('spawn/not-requested', `a rejection for ${requester} answers no request`);
          } else sameTrace(event, request);
          if (request?.child) orphans.set(request.child, here());
          return;
        }
        case 'FR-EVT-SESS-SPAWN-002':
          accept(event);
          return;
        default:
      }
    },

    end() {
      if (state.partial) return;
      for (const requests of open.values()) {
        for (const { requester, child, place } of requests) {
          const born = child === null ? '' : `, though ${child} was created`;
          report('spawn/unanswered', `a request of ${requester} was never answered${born}`, place);
        }
      }
      for (const [id, place] of orphans)
        report(
          'spawn/not-accepted',
          `session ${id} is below another one, and no spawn of it was accepted`,
          place,
        );
    },
  };

  function accept(event: Extract<FlightRecorderEvent, { fr_event_id: 'FR-EVT-SESS-SPAWN-002' }>): void {
    const {
      requester_session_id: requester,
      child_session_id: child,
      spawn_depth,
      child_role,
    } = event.payload;
    const request = answer(requester, spawn_depth);
    const parent = sessions.get(requester);
    if (!request && parent) report('spawn/not-requested', `child ${child} was accepted without a request`);
    if (request) sameTrace(event, request);
    if (request && request.role !== child_role)
      report('spawn/role', `child ${child} is a ${child_role}, the request was for a ${request.role}`);
    if (request?.child && request.child !== child) orphans.set(request.child, request.place);
    orphans.delete(child);
    const row = sessions.get(child);
    if (!row) {
      if (parent && !state.partial) {
        report('spawn/no-child', `child ${child} was accepted but never created`);
        accepted.add(child);
        state.silence(child);
      }
      return;
    }
    if (row.parent !== null) {
      report('spawn/accepted-twice', `child ${child} was accepted for ${row.parent} before`);
      return;
    }
    row.parent = requester;
    if (!parent) return;
    parent.children.push(child);
    if (isTerminal(parent.state))
      report('spawn/requester-terminal', `child ${child} was accepted while ${requester} is ${parent.state}`);
    if (!isTerminal(row.state)) parent.work?.children.add(child);
    if (row.depth !== spawn_depth || parent.depth + 1 !== spawn_depth)
      report('spawn/depth', `child ${child} has depth ${row.depth}, its requester ${parent.depth}`);
    inherits(row, parent, child_role, event.trace_id);
  }

  function inherits({ id, work }: KnownSession, parent: KnownSession, role: string, trace: string): void {
    if (!work) return;
    if (work.role !== role)
      report('spawn/role', `child ${id} is a ${work.role}, it was accepted as a ${role}`);
    if (parent.work && work.wp_id !== parent.work.wp_id)
      report(
        'spawn/packet',
        `child ${id} works for ${work.wp_id ?? 'no packet'}, its requester for ${parent.work.wp_id ?? 'none'}`,
      );
    if (work.trace !== trace)
      report('trace/broken', `child ${id} is created in trace ${work.trace}, accepted in ${trace}`);
  }

  /** A requester that nobody knows has no depth. */
  function depthOf(event: FlightRecorderEvent, requester: string, depth: number): void {
    const row = sessions.get(requester);
    if (row && row.depth + 1 !== depth)
      report(
        'spawn/depth',
        `${event.fr_event_id} says depth ${depth}, its requester ${requester} has ${row.depth}`,
      );
  }

  function sameTrace({ fr_event_id, trace_id }: FlightRecorderEvent, { requester, trace }: Asked): void {
    if (trace_id !== trace)
      report('trace/broken', `${fr_event_id} of ${requester} has trace ${trace_id}, its request ${trace}`);
  }
}
