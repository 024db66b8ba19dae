// 4.3.9.18.4: the life of a session.
import { hash, nullable, type Sample, session } from './sample.ts';

const own = { session: 'session_id', actor: 'system' } as const;

export const sessions: readonly Sample[] = [
  {
    id: 'FR-EVT-SESS-001',
    type: 'session.created',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['model_id', 'text', 'local/large'],
      ['backend', 'word', 'local'],
      ['role', 'text', 'Orchestrator'],
      ['wp_id', 'text', null, nullable],
      ['mt_id', 'text', 'MT-001', nullable],
      ['memory_policy', 'word', 'SESSION_SCOPED'],
      ['spawn_depth', 'count', 0],
    ],
  },
  {
    id: 'FR-EVT-SESS-002',
    type: 'session.state_change',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['from_state', 'word', 'CREATED'],
      ['to_state', 'word', 'ACTIVE'],
      ['reason', 'text', 'dispatched', nullable],
    ],
  },
  {
    id: 'FR-EVT-SESS-003',
    type: 'session.completed',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['total_tokens', 'count', 1200],
      ['total_cost_usd', 'amount', 0.024, nullable],
      ['duration_ms', 'count', 61_000],
      ['messages_count', 'count', 4],
    ],
  },
  {
    id: 'FR-EVT-SESS-004',
    type: 'session.message',
    session: 'session_id',
    actor: 'agent',
    rows: [
      ['session_id', 'uuid', session],
      ['message_id', 'uuid', '0190d6a0-7c1e-7a3b-8f00-0000000000d1'],
      ['role', 'word', 'ASSISTANT'],
      ['content_hash', 'sha256', hash],
      ['token_count', 'count', 310, nullable],
    ],
  },
  {
    id: 'FR-EVT-SESS-005',
    type: 'session.budget_warning',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['budget_type', 'text', 'session_cost_usd'],
      ['current_value', 'amount', 0.81],
      ['threshold_value', 'amount', 0.8],
    ],
  },
];
