// One event as a line that a person reads: when, whose, what, and the one thing that matters of it.
import type { FlightRecorderEvent } from '../../engine/index.ts';
import { cut } from '../cut.ts';
import { count, type Output, pad, visible } from '../output.ts';
import { dollars, shortArtifact, tokens } from '../session/words.ts';

/** What a detail needs to say anything. */
const LEAST_DETAIL = 20;

/** The longest type of a session event. */
const TYPE_WIDTH = 'session_scheduler.rate_limited'.length;

/** A line for each event, never wider than the terminal; a day stands above its first line. UTC, as the events have it. */
export function eventPrinter(out: Output): (event: FlightRecorderEvent) => string {
  let day = '';
  return (event) => {
    const { timestamp, model_session_id, type } = event;
    const [date = '', time = ''] = [timestamp.slice(0, 10), timestamp.slice(11, 19)].map(visible);
    const above = date === day ? '' : `${out.dim(date)}\n`;
    day = date;
    const session = pad(model_session_id === undefined ? '' : short(model_session_id), 7);
    const types = Math.max(0, Math.min(TYPE_WIDTH, out.limit - time.length - 13 - LEAST_DETAIL));
    const rest = `${session}  ${pad(visible(type), types)}  ${visible(detailOf(event))}`;
    return `${above}${out.dim(time)}  ${cut(rest.trimEnd(), out.limit - time.length - 2)}`;
  };
}

/** As `session list` prints it where many ids begin alike; no other session is asked whether it looks the same. */
const short = (id: string): string =>
  id.length <= 7 ? visible(id) : visible(`${id.slice(0, 4)}…${id.slice(-2)}`);

const seconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** Events of a later version have a type and a session at least. */
function detailOf(event: FlightRecorderEvent): string {
  try {
    return detail(event) ?? '';
  } catch {
    return '';
  }
}

function detail({ fr_event_id: id, payload }: FlightRecorderEvent): string | undefined {
  switch (id) {
    case 'FR-EVT-006':
      return tokens(payload.token_usage.total_tokens);
    case 'FR-EVT-007':
      return `${payload.tool_id} ${payload.ok ? 'ok' : `failed: ${payload.error?.code ?? 'no code'}`}, ${seconds(payload.timing.duration_ms)}`;
    case 'FR-EVT-GOV-MAILBOX-001':
      return `${payload.message_type} from ${payload.from_role} to ${payload.to_roles.join(', ')}`;
    case 'FR-EVT-GOV-MAILBOX-002':
      return `${count(payload.message_count, 'message')} in ${count(payload.thread_count, 'thread')}`;
    case 'FR-EVT-GOV-MAILBOX-003':
      return `${payload.transcription_target_kind} ${payload.target_ref}`;
    case 'FR-EVT-SESS-001':
      return [
        `${payload.role} on ${payload.model_id}`,
        ...(payload.wp_id === null ? [] : [payload.wp_id]),
      ].join(', ');
    case 'FR-EVT-SESS-002':
      return `${payload.from_state} → ${payload.to_state}${payload.reason === null ? '' : ` (${payload.reason})`}`;
    case 'FR-EVT-SESS-003':
      return [tokens(payload.total_tokens), dollars(payload.total_cost_usd), seconds(payload.duration_ms)]
        .filter((part) => part !== '')
        .join(', ');
    case 'FR-EVT-SESS-004':
      return `${payload.role}${payload.token_count === null ? '' : `, ${tokens(payload.token_count)}`}`;
    case 'FR-EVT-SESS-005':
      return `${payload.budget_type} ${payload.current_value} of ${payload.threshold_value}`;
    case 'FR-EVT-SESS-SCHED-001':
      return `${payload.lane}, priority ${payload.priority}`;
    case 'FR-EVT-SESS-SCHED-002':
      return `${payload.lane}, waited ${seconds(payload.queue_wait_ms)}`;
    case 'FR-EVT-SESS-SCHED-003':
      return `${payload.provider}, again in ${seconds(payload.backoff_ms)}`;
    case 'FR-EVT-SESS-SCHED-004':
      return `by ${payload.cancelled_by}: ${payload.reason}`;
    case 'FR-EVT-SESS-SPAWN-001':
      return `${payload.child_role}, ${payload.spawn_mode}`;
    case 'FR-EVT-SESS-SPAWN-002':
      return `${payload.child_role} ${short(payload.child_session_id)}`;
    case 'FR-EVT-SESS-SPAWN-003':
      return payload.rejection_reason;
    case 'FR-EVT-SESS-SPAWN-004':
      return `${payload.status} to ${short(payload.requester_session_id)}${payload.summary_artifact_id ? `, ${shortArtifact(payload.summary_artifact_id)}` : ''}`;
    case 'FR-EVT-SESS-SPAWN-005':
      return `${count(payload.cancelled_session_ids.length, 'session')}: ${payload.reason}`;
    case 'FR-EVT-WF-RECOVERY':
      return payload.reason;
  }
}
