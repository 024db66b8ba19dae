import type { FlightRecorderEvent } from '../../generated/index.ts';
import { isTerminal, type LogState, type VerifyOptions } from './state.ts';

interface Rules {
  before(event: FlightRecorderEvent): void;
  after(event: FlightRecorderEvent): void;
  end(): void;
}

/** The rules that join several sessions: asking, answering, announcing, cancelling. */
export function spawnRules(state: LogState, options: VerifyOptions): Rules {
  const asked = new Map<string, number>();
  const letters = new Map<string, string>();
  const keys = new Set<string>();
  const announced = new Set<string>();
  const { sessions, report } = state;
  /** The cascade whose chunks are being read; D-35 lets one operation span several events. */
  let cascade: { root: string; trace: string; ids: Set<string> } | null = null;

  const ask = (requester: string, depth: number, by: number): boolean => {
    const key = `${requester} ${depth}`;
    const open = asked.get(key) ?? 0;
    asked.set(key, open + by);
    return open + by >= 0;
  };

  const closeCascade = (): void => {
    if (!cascade) return;
    for (const id of descendants(state, cascade.root)) {
      const session = sessions.get(id)!;
      if (!isTerminal(session.state)) {
        report('cascade/missed', `session ${id} is ${session.state} after the cascade of ${cascade.root}`);
      }
    }
    for (const id of cascade.ids) {
      if (sessions.get(id)?.state !== 'CANCELLED') {
        report(
          'cascade/not-cancelled',
          `session ${id} is listed by the cascade of ${cascade.root} but not CANCELLED`,
        );
      }
    }
    cascade = null;
  };

  return {
    before(event) {
      const continues =
        event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' &&
        event.payload.root_session_id === cascade?.root &&
        event.trace_id === cascade.trace &&
        event.payload.cancelled_session_ids.length > 0;
      if (!continues) closeCascade();
    },

    after(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-SPAWN-001':
          ask(event.payload.requester_session_id, event.payload.spawn_depth, 1);
          return;
        case 'FR-EVT-SESS-SPAWN-003': {
          const { requester_session_id: requester, spawn_depth } = event.payload;
          if (!ask(requester, spawn_depth, -1))
            report('spawn/not-requested', `a rejection for ${requester} answers no request`);
          return;
        }
        case 'FR-EVT-SESS-SPAWN-002': {
          const { requester_session_id: requester, child_session_id: child, spawn_depth } = event.payload;
          if (!ask(requester, spawn_depth, -1))
            report('spawn/not-requested', `child ${child} was accepted without a request`);
          const parentRow = sessions.get(requester);
          const childRow = sessions.get(child);
          if (!childRow) {
            report('spawn/no-child', `child ${child} was accepted but never created`);
            return;
          }
          if (parentRow && isTerminal(parentRow.state)) {
            report(
              'spawn/requester-terminal',
              `child ${child} was accepted while ${requester} is ${parentRow.state}`,
            );
          }
          if (childRow.depth !== spawn_depth || (parentRow && parentRow.depth + 1 !== spawn_depth)) {
            report(
              'spawn/depth',
              `child ${child} has depth ${childRow.depth}, its requester ${parentRow?.depth}`,
            );
          }
          childRow.parent = requester;
          parentRow?.children.push(child);
          return;
        }
        case 'FR-EVT-GOV-MAILBOX-001': {
          const { idempotency_key, message_id, body_ref } = event.payload;
          if (keys.has(idempotency_key))
            report('announce/twice', `mailbox key ${idempotency_key} occurs twice`);
          keys.add(idempotency_key);
          letters.set(message_id, body_ref);
          checkArtifact(body_ref);
          return;
        }
        case 'FR-EVT-SESS-SPAWN-004': {
          const {
            child_session_id: child,
            requester_session_id,
            mailbox_message_id,
            summary_artifact_id,
            status,
          } = event.payload;
          if (!letters.has(mailbox_message_id))
            report('announce/no-letter', `announcement of ${child} names no mailbox message`);
          if (announced.has(mailbox_message_id))
            report('announce/twice', `announcement ${mailbox_message_id} of ${child} occurs twice`);
          announced.add(mailbox_message_id);
          checkArtifact(summary_artifact_id);
          const session = sessions.get(child);
          if (session && session.parent !== requester_session_id) {
            report(
              'announce/wrong-requester',
              `${child} announces to ${requester_session_id}, its parent is ${session.parent}`,
            );
          }
          if (session && isTerminal(session.state) && session.state !== status) {
            report('announce/status', `${child} announces ${status} and is ${session.state}`);
          }
          return;
        }
        case 'FR-EVT-SESS-SPAWN-005': {
          const { root_session_id: root, cancelled_session_ids } = event.payload;
          cascade ??= { root, trace: event.trace_id, ids: new Set() };
          for (const id of cancelled_session_ids) {
            if (cascade.ids.has(id))
              report('cascade/twice', `session ${id} is listed twice by the cascade of ${root}`);
            cascade.ids.add(id);
          }
          return;
        }
        default:
      }
    },

    end: closeCascade,
  };

  function checkArtifact(id: string): void {
    if (options.hasArtifact && !options.hasArtifact(id))
      report('announce/no-artifact', `artifact ${id} does not exist`);
  }
}

function descendants({ sessions }: LogState, root: string): string[] {
  const found: string[] = [];
  const open = [...(sessions.get(root)?.children ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    found.push(id);
    open.push(...(sessions.get(id)?.children ?? []));
  }
  return found;
}
