import type { FlightRecorderEvent } from '../../generated/index.ts';
import { isTerminal } from '../conform/state.ts';

/** What decides about the events of a session. */
export interface SessionEnd {
  session_id: string;
  /** The session at the top of its tree. */
  root_session_id: string;
  /** Milliseconds since 1970; null = it lives. */
  ended_at: number | null;
  wp_id: string | null;
}

/** A tree goes as a whole: half of one can neither be replayed nor checked. */
export interface TreeEnd {
  /** When the last of its sessions ended; null = one lives. */
  ended_at: number | null;
  /** The work packets that any of its sessions names. */
  packets: ReadonlySet<string>;
}

export interface SessionEnds {
  /** As a store has it; it wins over what events tell. */
  know(session: SessionEnd): void;
  isStored(session_id: string): boolean;
  /** For a log without a store: creation, spawn and change of state say it too. In the order of the log. */
  observe(event: FlightRecorderEvent): void;
  /** undefined = nobody can show that the session has ended. */
  treeOf(session_id: string): TreeEnd | undefined;
}

export function sessionEnds(): SessionEnds {
  const known = new Map<string, SessionEnd>();
  const told = new Map<string, { parent: string | null; ended_at: number | null; wp_id: string | null }>();
  let trees: Map<string, TreeEnd> | null = null;

  /** A log may tell of a circle; then its sessions have no root, and stay. */
  const rootOf = (session_id: string): string | undefined => {
    const passed = new Set<string>();
    for (let id = session_id; ; ) {
      const stored = known.get(id);
      if (stored) return stored.root_session_id;
      const session = told.get(id);
      if (!session || passed.has(id)) return undefined;
      if (session.parent === null) return id;
      passed.add(id);
      id = session.parent;
    }
  };

  const grow = (): Map<string, TreeEnd> => {
    const grown = new Map<string, { ended_at: number | null; packets: Set<string> }>();
    const add = (root: string | undefined, ended_at: number | null, wp_id: string | null): void => {
      if (root === undefined) return;
      const tree = grown.get(root) ?? { ended_at: Number.NEGATIVE_INFINITY, packets: new Set<string>() };
      grown.set(root, tree);
      tree.ended_at = tree.ended_at === null || ended_at === null ? null : Math.max(tree.ended_at, ended_at);
      if (wp_id !== null) tree.packets.add(wp_id);
    };
    for (const session of known.values()) add(session.root_session_id, session.ended_at, session.wp_id);
    for (const [id, session] of told) if (!known.has(id)) add(rootOf(id), session.ended_at, session.wp_id);
    return grown;
  };

  return {
    know(session) {
      known.set(session.session_id, session);
      trees = null;
    },
    isStored: (session_id) => known.has(session_id),
    observe(event) {
      trees = null;
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-001': {
          const { session_id, wp_id, spawn_depth } = event.payload;
          // Below the root it is the answer to the spawn that names the parent; until then nobody knows it.
          const { parent = spawn_depth === 0 ? null : UNKNOWN, ended_at = null } = told.get(session_id) ?? {};
          told.set(session_id, { parent, ended_at, wp_id });
          return;
        }
        case 'FR-EVT-SESS-SPAWN-002': {
          const { requester_session_id: parent, child_session_id: child } = event.payload;
          const { ended_at = null, wp_id = null } = told.get(child) ?? {};
          told.set(child, { parent, ended_at, wp_id });
          return;
        }
        case 'FR-EVT-SESS-002': {
          const session = told.get(event.payload.session_id);
          if (session && isTerminal(event.payload.to_state)) session.ended_at = Date.parse(event.timestamp);
          return;
        }
        default:
      }
    },
    treeOf(session_id) {
      trees ??= grow();
      const root = rootOf(session_id);
      return root === undefined ? undefined : trees.get(root);
    },
  };
}

/** No session has this id. */
const UNKNOWN = '';
