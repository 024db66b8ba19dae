// Events as a log holds them, with canonical bodies, made by hand.
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import { type ArchivedRecord, CHAIN_START, chainHash, checkEvent } from '../../../tools/recorder/index.ts';

export const DAY = 86_400_000;
export const NOON = Date.parse('2026-03-01T12:00:00.000Z');

export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const at = (ms: number): string => new Date(ms).toISOString();

let made = 0;

/** An event that the recorder accepts. */
export function sample(
  fr_event_id: string,
  type: string,
  time: number,
  payload: object,
  over: object = {},
): FlightRecorderEvent {
  made += 1;
  return checkEvent({
    ...{ event_id: id(900_000 + made), fr_event_id, type, timestamp: at(time), actor: 'agent' },
    ...{ trace_id: id(1), payload, ...over },
  });
}

export const created = (session: number, time: number, wp_id: string | null = null, depth = 0) =>
  sample(
    'FR-EVT-SESS-001',
    'session.created',
    time,
    {
      ...{ session_id: id(session), model_id: 'local/large', backend: 'local', role: 'Coder', wp_id },
      ...{ mt_id: null, memory_policy: 'SESSION_SCOPED', spawn_depth: depth },
    },
    { model_session_id: id(session), ...(wp_id !== null && { wp_id }) },
  );

export const accepted = (parent: number, child: number, time: number) =>
  sample(
    'FR-EVT-SESS-SPAWN-002',
    'session.spawn_accepted',
    time,
    { requester_session_id: id(parent), child_session_id: id(child), child_role: 'Coder', spawn_depth: 1 },
    { model_session_id: id(parent) },
  );

export const moved = (session: number, to_state: string, time: number) =>
  sample(
    'FR-EVT-SESS-002',
    'session.state_change',
    time,
    { session_id: id(session), from_state: 'ACTIVE', to_state, reason: null },
    { model_session_id: id(session) },
  );

export const inference = (time: number, over: object = {}) =>
  sample(
    'FR-EVT-006',
    'llm_inference',
    time,
    { token_usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    { model_id: 'local/large', ...over },
  );

export const letter = (from: number, thread_id: string, time: number, work_packet_id: string | null = null) =>
  sample(
    'FR-EVT-GOV-MAILBOX-001',
    'gov_mailbox_message_created',
    time,
    {
      ...{ spec_id: null, work_packet_id, governance_mode: 'gov_standard', thread_id, message_id: id(77) },
      ...{
        from_role: 'Coder',
        to_roles: ['Lead'],
        message_type: 'FYI',
        body_ref: `sha256:${'1'.repeat(64)}`,
      },
      ...{ body_sha256: '1'.repeat(64), idempotency_key: 'k' },
    },
    { model_session_id: id(from) },
  );

/** The records of a log, each chained to the one before. */
export function chained(events: readonly FlightRecorderEvent[]): ArchivedRecord[] {
  let previous = CHAIN_START;
  return events.map((event, index) => {
    const body = JSON.stringify(event);
    const hash = chainHash(previous, index + 1, body);
    const record = { seq: index + 1, previous, hash, body };
    previous = hash;
    return record;
  });
}
