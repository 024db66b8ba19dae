import type { ModelSession } from '../../generated/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { SessionRow } from '../rows.ts';
import { providerOf, roleOf } from '../rules.ts';
import { isCapability, widening } from '../spawn/capabilities.ts';
import { openSpan } from './spans.ts';

type Declared = Pick<
  ModelSession,
  'role' | 'model_id' | 'backend' | 'parameter_class' | 'execution_mode' | 'memory_policy'
>;

export type NewSession = Declared &
  Partial<
    Pick<ModelSession, 'wp_id' | 'mt_id' | 'capability_grants' | 'work_profile_id' | 'context_window_max'>
  >;

export interface CreateSession {
  input: NewSession;
  /** What the gate allows; null for a session without a packet. */
  admitted: readonly string[] | null;
}

/** T1: a root session, its tree and its span. */
export function createSession(draft: Draft, { input, admitted }: CreateSession): SessionRow {
  const role = roleOf(draft.rules, input.role);
  if (draft.rules.roles && !role)
    throw new Refused('invalid_request', `session.role: no role is called "${input.role}"`);
  const grants = input.capability_grants ?? admitted ?? role?.capabilities ?? [];
  const malformed = grants.find((grant) => !isCapability(grant));
  if (malformed !== undefined) {
    throw new Refused(
      'invalid_request',
      `session.capability_grants: "${malformed}" is no capability (expected axis or axis:scope)`,
    );
  }
  const wider = admitted ? widening(admitted, grants) : [];
  if (wider.length > 0) {
    throw new Refused('capability_widening', `the packet does not grant ${wider.join(', ')}`);
  }
  const session = insertSession(draft, input, {
    session_id: draft.newId(),
    grants: [...new Set(grants)],
    trace_id: draft.newId(),
    lane: role?.lane ?? 'PRIMARY',
  });
  draft.put('tree', { root_session_id: session.session_id, spawn_seq: 0, descendants: 0 });
  return session;
}

interface Birth {
  session_id: string;
  grants: string[];
  trace_id: string;
  lane: SessionRow['lane'];
  parent?: SessionRow;
  spawn_seq?: number;
  spawn_span_id?: string | null;
  spawn_mode?: SessionRow['spawn_mode'];
  announce_back?: boolean;
  task_payload_artifact_id?: string;
  max_child_depth?: number;
  max_children?: number;
}

/**
 * The one place where a session row comes from. Nothing gives it another id later (INV-SESS-001) or another memory
 * policy (INV-SESS-004): no command has a field for either.
 */
export function insertSession(draft: Draft, input: NewSession, birth: Birth): SessionRow {
  const { parent } = birth;
  // Ids that repeat must not bring a session back to life that has ended (H3).
  if (draft.get('session', birth.session_id))
    throw new Refused('session_exists', `there is a session ${birth.session_id} already`);
  const provider = providerOf(input.model_id, input.backend);
  const session: SessionRow = {
    session_id: birth.session_id,
    parent_session_id: parent?.session_id ?? null,
    spawn_depth: parent ? parent.spawn_depth + 1 : 0,
    state: 'CREATED',
    model_id: input.model_id,
    backend: input.backend,
    parameter_class: input.parameter_class,
    role: input.role,
    wp_id: input.wp_id ?? null,
    mt_id: input.mt_id ?? null,
    target_entity_ids: null,
    work_profile_id: input.work_profile_id ?? null,
    execution_mode: input.execution_mode,
    created_at: draft.time,
    updated_at: parent && parent.updated_at > draft.time ? parent.updated_at : draft.time,
    memory_policy: input.memory_policy,
    context_window_used: null,
    context_window_max: input.context_window_max ?? null,
    consent_receipt_id: null,
    projection_plan_id: null,
    capability_grants: birth.grants,
    capability_token_ids: null,
    checkpoint_artifact_id: null,
    last_checkpoint_at: null,
    root_session_id: parent?.root_session_id ?? birth.session_id,
    spawn_seq: birth.spawn_seq ?? 0,
    spawn_mode: birth.spawn_mode ?? 'SESSION_PERSISTENT',
    announce_back: birth.announce_back ?? false,
    lane: birth.lane,
    provider,
    task_payload_artifact_id: birth.task_payload_artifact_id ?? null,
    trace_id: birth.trace_id,
    model_session_span_id: identity.sessionSpan(birth.session_id),
    spawn_span_id: birth.spawn_span_id ?? null,
    max_child_depth: birth.max_child_depth ?? draft.rules.limits.max_spawn_depth,
    max_children: birth.max_children ?? draft.rules.limits.max_active_children_per_session,
    terminal: null,
    running_job_id: null,
    pause_reason: null,
    pause_requested: null,
    blocked_on: null,
    consent_missing: false,
    revoked_job_ids: [],
    touched: false,
    closing: false,
    outcome: null,
    unread_thread: false,
    active_children: 0,
    announcing_children: 0,
    place_wanted: false,
    counts_active: parent !== undefined,
    counts_announcing: parent !== undefined && birth.announce_back === true,
    job_seq: 0,
    run_epoch: 0,
    wake_epoch: 0,
    cancel_seq: 0,
    announce_seq: 0,
    announced_at: null,
    inbox_seq: 0,
    inbox_announced: 0,
    inbox_cursor: 0,
    inbox_epoch: 0,
    messages_count: 0,
    total_tokens: 0,
    total_cost_usd: null,
    runs: 0,
    last_activity_at: null,
    notice_seq: 0,
    notice_place: 0,
    notice_urgency: 0,
    notice_standing: null,
    announced_tokens: 0,
    announced_cost_usd: null,
    thread_tail_id: '',
    checkpoint_seq: 0,
    checkpoint_epoch: 0,
    checkpoint_messages: 0,
    checkpoint_tokens: 0,
    crash_resumes: [],
  };
  draft.put('session', session);
  openSpan(draft, session, {
    span_id: session.model_session_span_id,
    kind: 'model_session',
    parent_span_id: parent?.model_session_span_id ?? null,
  });
  draft.emit(
    'FR-EVT-SESS-001',
    { session, actor: 'system' },
    {
      session_id: session.session_id,
      model_id: session.model_id,
      backend: session.backend,
      role: session.role,
      wp_id: session.wp_id,
      mt_id: session.mt_id,
      memory_policy: session.memory_policy,
      spawn_depth: session.spawn_depth,
    },
  );
  return session;
}
