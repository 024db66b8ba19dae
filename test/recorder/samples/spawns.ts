// 4.3.9.15.6: sessions that make sessions.
import { child, type Sample, session } from './sample.ts';

export const spawns: readonly Sample[] = [
  {
    id: 'FR-EVT-SESS-SPAWN-001',
    type: 'session.spawn_requested',
    session: 'requester_session_id',
    actor: 'agent',
    rows: [
      ['requester_session_id', 'uuid', session],
      ['child_role', 'text', 'Coder'],
      ['spawn_depth', 'count', 1],
      ['spawn_mode', 'word', 'ONE_SHOT'],
    ],
  },
  {
    id: 'FR-EVT-SESS-SPAWN-002',
    type: 'session.spawn_accepted',
    session: 'requester_session_id',
    actor: 'system',
    rows: [
      ['requester_session_id', 'uuid', session],
      ['child_session_id', 'uuid', child],
      ['child_role', 'text', 'Coder'],
      ['spawn_depth', 'count', 1],
    ],
  },
  {
    id: 'FR-EVT-SESS-SPAWN-003',
    type: 'session.spawn_rejected',
    session: 'requester_session_id',
    actor: 'system',
    rows: [
      ['requester_session_id', 'uuid', session],
      ['rejection_reason', 'text', 'children_cap_reached'],
      ['spawn_depth', 'count', 1],
      ['active_children_count', 'count', 4],
    ],
  },
  {
    id: 'FR-EVT-SESS-SPAWN-004',
    type: 'session.announce_back',
    session: 'child_session_id',
    actor: 'agent',
    rows: [
      ['child_session_id', 'uuid', child],
      ['requester_session_id', 'uuid', session],
      ['status', 'word', 'COMPLETED'],
      ['summary_artifact_id', 'text', 'artifact-summary-1'],
      ['mailbox_message_id', 'text', 'message-1'],
    ],
  },
  {
    id: 'FR-EVT-SESS-SPAWN-005',
    type: 'session.cascade_cancel',
    session: 'root_session_id',
    actor: 'human',
    rows: [
      ['root_session_id', 'uuid', session],
      ['cancelled_session_ids', 'uuids', [session, child]],
      ['reason', 'text', 'stopped by the operator'],
    ],
  },
];
