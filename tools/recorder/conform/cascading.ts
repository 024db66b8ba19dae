import type { FlightRecorderEvent } from '../../generated/index.ts';
import { isTerminal, type KnownSession, type LogState, type Place, type Rules } from './state.ts';

type Cascaded = Extract<FlightRecorderEvent, { fr_event_id: 'FR-EVT-SESS-SPAWN-005' }>;

/** Ids that one cascade event holds at the most (D-35). */
const CHUNK = 1000;

interface Cascade {
  root: string;
  trace: string;
  reason: string;
  ids: Set<string>;
  place: Place;
}

/** A cascade takes every live descendant, in pre-order, and says so (INV-SPAWN-004, D-31, D-34, D-35). */
export function cascadeRules(state: LogState): Rules {
  const { sessions, report, here } = state;
  /** The cascade whose chunks are being read; D-35 lets one operation span several events. */
  let cascade: Cascade | null = null;
  /** Sessions that were cancelled, and that no cascade has listed yet. */
  const unlisted = new Map<string, Place>();
  /** Sessions that have failed over children that lived, and whose cascade has not come yet. */
  const failed = new Map<string, Place>();

  return {
    before(event) {
      if (cascade && !continues(cascade, event)) close(cascade);
      if (event.fr_event_id === 'FR-EVT-SESS-002') ends(event.payload.session_id, event.payload.to_state);
    },

    after(event) {
      if (event.fr_event_id === 'FR-EVT-SESS-SPAWN-005') chunk(event);
    },

    end() {
      if (cascade) close(cascade);
      if (state.partial) return;
      for (const [id, place] of unlisted) {
        const parent = sessions.get(id)!.parent;
        if (parent === null || !unlisted.has(parent))
          report('cascade/untold', `session ${id} is CANCELLED, and no cascade lists it`, place);
      }
      for (const [id, place] of failed) {
        const alive = walk(id).find((session) => !isTerminal(session.state));
        if (alive)
          report('cascade/missed', `session ${alive.id} is ${alive.state} below ${id}, which FAILED`, place);
      }
    },
  };

  function ends(id: string, to: string): void {
    const session = sessions.get(id);
    if (!session || isTerminal(session.state)) return;
    if (to === 'CANCELLED') unlisted.set(id, here());
    if (to === 'FAILED' && session.work && session.work.children.size > 0) failed.set(id, here());
  }

  function chunk({ trace_id: trace, payload }: Cascaded): void {
    const { root_session_id: root, cancelled_session_ids: listed, reason } = payload;
    if (listed.length > CHUNK)
      report(
        'cascade/chunk',
        `one event of the cascade of ${root} lists ${listed.length} ids, at most ${CHUNK}`,
      );
    if (cascade && cascade.reason !== reason)
      report(
        'cascade/chunk',
        `the cascade of ${root} goes on for the reason ${reason}, before: ${cascade.reason}`,
      );
    cascade ??= { root, trace, reason, ids: new Set(), place: here() };
    failed.delete(root);
    for (const id of listed) {
      const session = state.about(id);
      if (cascade.ids.has(id) || session?.listed)
        report('cascade/twice', `session ${id} is listed by the cascade of ${root} and was listed before`);
      else cascade.ids.add(id);
      if (session) session.listed = true;
      unlisted.delete(id);
    }
  }

  function close({ root, ids, place }: Cascade): void {
    cascade = null;
    for (const id of ids) {
      const session = sessions.get(id);
      if (session && session.state !== 'CANCELLED')
        report(
          'cascade/not-cancelled',
          `session ${id} is listed by the cascade of ${root} and is ${session.state}`,
          place,
        );
    }
    const top = sessions.get(root);
    if (!top) return;
    const below = walk(root);
    for (const { id, state: is } of below)
      if (id !== root && !isTerminal(is) && !ids.has(id))
        report('cascade/missed', `session ${id} is ${is} after the cascade of ${root}`, place);
    inOrder(root, below, ids, place);
    if (isTerminal(top.state)) for (const session of below) session.swept ||= isTerminal(session.state);
  }

  function inOrder(root: string, below: KnownSession[], ids: ReadonlySet<string>, place: Place): void {
    const order = below.map(({ id }) => id).filter((id) => ids.has(id));
    const inside = new Set(order);
    const listed = [...ids].filter((id) => inside.has(id));
    if (listed.length < ids.size)
      for (const id of ids)
        if (!inside.has(id) && isPlaced(id))
          report(
            'cascade/outside',
            `session ${id} is listed by the cascade of ${root} and is not below it`,
            place,
          );
    const at = order.findIndex((id, index) => id !== listed[index]);
    if (at >= 0)
      report(
        'cascade/order',
        `the cascade of ${root} lists ${listed[at]} where ${order[at]} comes in pre-order`,
        place,
      );
  }

  /** A child that nobody has accepted is in no tree, and told of as that. */
  function isPlaced(id: string): boolean {
    const session = sessions.get(id);
    return session?.state === 'CANCELLED' && (session.parent !== null || session.depth === 0);
  }

  /** In pre-order, the root first; trees in which a cascade has found nobody alive are left out. */
  function walk(root: string): KnownSession[] {
    const found: KnownSession[] = [];
    const open = [root];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const session = sessions.get(id);
      if (!session || (session.swept && id !== root)) continue;
      found.push(session);
      for (let at = session.children.length - 1; at >= 0; at--) open.push(session.children[at]!);
    }
    return found;
  }
}

/** The next chunk of a cascade follows without gap, and is not empty. */
function continues({ root, trace }: Cascade, event: FlightRecorderEvent): boolean {
  return (
    event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' &&
    event.payload.root_session_id === root &&
    event.trace_id === trace &&
    event.payload.cancelled_session_ids.length > 0
  );
}
