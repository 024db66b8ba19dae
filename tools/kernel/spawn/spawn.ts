import type { SessionSpawnResponse, SpawnRejectionReason } from '../../generated/index.ts';
import { coverOf } from '../consent/coverage.ts';
import type { Draft, Envelope } from '../draft.ts';
import { identity, isUuid } from '../identity.ts';
import type { SessionRow, TreeRow } from '../rows.ts';
import { roleOf } from '../rules.ts';
import { type RunKey, spanOfRun } from '../schedule/current-run.ts';
import { addJob, childrenCap, fullParent } from '../schedule/enqueue.ts';
import { insertSession } from '../session/create.ts';
import { settle } from '../session/settle.ts';
import { covers, widening } from './capabilities.ts';
import { complete, digestOf, hasEvidence, type SpawnCall, wellFormed } from './request.ts';

export interface Spawn {
  request: SpawnCall;
  /** What the gate says about a requester that is bound to a packet; absent when it is not. */
  admission?: { admitted: boolean; capabilities: readonly string[] };
  /** The run that asks; absent when it is somebody outside. */
  run?: RunKey;
}

/** T2 and T3: check, then create; both in the one transaction that holds the requester's row. */
export function spawn(draft: Draft, { request: asked, admission, run }: Spawn): SessionSpawnResponse {
  const by = run ? spanOfRun(draft, run) : {};
  const request = complete(asked);
  const request_id = request.request_id ?? draft.newId();
  const { requester_session_id } = request;
  const requester = isUuid(requester_session_id) ? draft.get('session', requester_session_id) : undefined;
  if (typeof requester_session_id !== 'string' || typeof request_id !== 'string') {
    return refuse(draft, request, requester, 'invalid_request', by); // no name to keep the answer under
  }
  const key = JSON.stringify([requester_session_id, request_id]);
  const digest = digestOf({ ...request, request_id });
  const known = draft.get('request', key);
  if (known && known.digest === digest) {
    const { accepted, child_session_id, rejection_reason } = known;
    return { accepted, child_session_id, rejection_reason };
  }
  const reason = known ? 'invalid_request' : judge(draft, { ...request, request_id }, requester, admission);
  const response = reason
    ? refuse(draft, request, requester, reason, by)
    : accept(draft, { ...request, request_id }, admission, by);
  if (!known) draft.put('request', { key, digest, ...response });
  return response;
}

/** What the events of a request belong to besides their session: the attempt that asked (4.3.9.18.2). */
type Asker = Pick<Envelope, 'job_id' | 'activity_span_id'>;

/** The first reason of the closed list that applies, in its order (D-21); null = accept. */
function judge(
  draft: Draft,
  request: SpawnCall & { request_id: string },
  requester: SessionRow | undefined,
  admission: Spawn['admission'],
): SpawnRejectionReason | null {
  const { rules } = draft;
  if (!wellFormed(request)) return 'invalid_request';
  if (requester && !roleAllowed(draft, request, requester)) return 'invalid_request';
  if (admission && !admission.admitted) return 'invalid_request';
  if (!requester) return 'requester_not_found';
  if (requester.terminal) return 'requester_terminal';
  if (widening(requester.capability_grants, request.capability_grants ?? []).length > 0) {
    return 'capability_widening';
  }
  if (admission && widening(admission.capabilities, request.capability_grants ?? []).length > 0) {
    return 'capability_widening';
  }
  // The child's depth, before there is a child (INV-SPAWN-001): it follows from the requester's row, not from a claim.
  if (
    requester.spawn_depth + 1 >
    ceiling(rules.limits.max_spawn_depth, requester.max_child_depth, request.max_child_depth)
  ) {
    return 'depth_limit_exceeded';
  }
  // Counted on the row that this transaction holds, so that two requests never win one place (INV-SPAWN-002).
  if (requester.active_children >= childrenCap(draft, requester)) return 'children_cap_reached';
  // To wait for an announcement is to be active: an idle requester needs a place of its own for that (D-23).
  if (request.announce_back && fullParent(draft, requester)) return 'children_cap_reached';
  // Every persistent child may become idle, so each counts from the start: none has to be refused its rest later.
  const most = rules.limits.max_persistent_children;
  if (
    request.spawn_mode === 'SESSION_PERSISTENT' &&
    draft.select('session', 'persistent', requester.session_id, most).length >= most
  ) {
    return 'children_cap_reached';
  }
  const tree = draft.get('tree', requester.root_session_id)!;
  if (tree.descendants >= rules.limits.max_descendants_lifetime) return 'tree_budget_exhausted';
  const live = rules.limits.max_live_sessions;
  if (live !== null && draft.select('session', 'live', 'live', live).length >= live) {
    return 'total_sessions_cap_reached';
  }
  return lacksConsent(draft, request, requester) ? 'consent_missing' : null;
}

/** Where policy wants consent at spawn: the child's id is known before the child is, so a receipt can list it (D-17). */
function lacksConsent(
  draft: Draft,
  { request_id, child_backend_preference }: SpawnCall & { request_id: string },
  { session_id, wp_id, backend }: SessionRow,
): boolean {
  if (!draft.rules.limits.consent_at_spawn || (child_backend_preference ?? backend) !== 'cloud') return false;
  return !coverOf(draft, { session_id: identity.child(session_id, request_id), wp_id });
}

/** The lowest of the ceilings that are set: overrides narrow and never widen (D-20). */
function ceiling(...limits: (number | null | undefined)[]): number {
  return Math.min(...limits.filter((limit): limit is number => typeof limit === 'number'));
}

/** The requester's role is the one on its row; a claimed one has to agree. */
function roleAllowed(draft: Draft, request: SpawnCall, requester: SessionRow): boolean {
  if (request.requester_role !== requester.role) return false;
  const { rules } = draft;
  if (!rules.roles) return true;
  const known = roleOf(rules, request.child_role) !== undefined;
  return known && roleOf(rules, requester.role)?.may_spawn.includes(request.child_role) === true;
}

function accept(
  draft: Draft,
  request: SpawnCall & { request_id: string },
  admission: Spawn['admission'],
  by: Asker,
): SessionSpawnResponse {
  const requester = draft.session(request.requester_session_id);
  const tree = draft.edit('tree', requester.root_session_id) as TreeRow;
  tree.spawn_seq += 1;
  tree.descendants += 1;
  recordRequest(draft, request, requester, by);
  const inherited = requester.capability_grants;
  const lane = roleOf(draft.rules, request.child_role)?.lane ?? 'SUBAGENT';
  const child = insertSession(
    draft,
    {
      role: request.child_role,
      model_id: request.child_model_preference ?? requester.model_id,
      backend: request.child_backend_preference ?? requester.backend,
      parameter_class: requester.parameter_class,
      execution_mode: requester.execution_mode,
      memory_policy: requester.memory_policy,
      wp_id: requester.wp_id,
      mt_id: requester.mt_id,
      work_profile_id: requester.work_profile_id,
      context_window_max: requester.context_window_max,
    },
    {
      session_id: identity.child(requester.session_id, request.request_id),
      parent: requester,
      grants: grantsFor(request, inherited, admission),
      trace_id: requester.trace_id,
      lane: lane === 'PRIMARY' ? 'SUBAGENT' : lane,
      spawn_seq: tree.spawn_seq,
      spawn_span_id: by.activity_span_id ?? null,
      spawn_mode: request.spawn_mode,
      announce_back: request.announce_back,
      task_payload_artifact_id: request.task_payload_artifact_id,
      max_child_depth: ceiling(
        draft.rules.limits.max_spawn_depth,
        requester.max_child_depth,
        request.max_child_depth,
      ),
      max_children: ceiling(requester.max_children, request.max_active_children),
    },
  );
  requester.active_children += 1;
  if (request.announce_back) requester.announcing_children += 1;
  settle(draft, requester);
  draft.emit(
    'FR-EVT-SESS-SPAWN-002',
    { session: requester, actor: 'system', ...by },
    {
      requester_session_id: requester.session_id,
      child_session_id: child.session_id,
      child_role: child.role,
      spawn_depth: child.spawn_depth,
    },
  );
  addJob(draft, child, {});
  return { accepted: true, child_session_id: child.session_id, rejection_reason: null };
}

/** A request that names no grants gets its parent's, as far as the packet allows them (D-26). */
function grantsFor(request: SpawnCall, inherited: string[], admission: Spawn['admission']): string[] {
  const wanted = request.capability_grants ?? [];
  if (wanted.length > 0) return [...new Set(wanted)];
  if (!admission) return inherited;
  return inherited.filter((grant) => covers(admission.capabilities, grant));
}

function recordRequest(draft: Draft, request: SpawnCall, requester: SessionRow, by: Asker): void {
  draft.emit(
    'FR-EVT-SESS-SPAWN-001',
    { session: requester, actor: 'agent', ...by },
    {
      requester_session_id: request.requester_session_id,
      child_role: request.child_role,
      spawn_depth: requester.spawn_depth + 1,
      spawn_mode: request.spawn_mode,
    },
  );
}

/**
 * The answer no, and its evidence. A requester that nobody knows still gets its two events (E10); a request so
 * malformed that the events would be invalid gets the answer alone.
 */
function refuse(
  draft: Draft,
  request: SpawnCall,
  requester: SessionRow | undefined,
  rejection_reason: SpawnRejectionReason,
  by: Asker,
): SessionSpawnResponse {
  const response = { accepted: false, child_session_id: null, rejection_reason };
  if (!hasEvidence(request)) return response;
  const about = requester ?? unknownSession(draft, request.requester_session_id);
  recordRequest(draft, request, about, by);
  draft.emit(
    'FR-EVT-SESS-SPAWN-003',
    { session: about, actor: 'system', ...by },
    {
      requester_session_id: request.requester_session_id,
      rejection_reason,
      spawn_depth: about.spawn_depth + 1,
      active_children_count: about.active_children,
    },
  );
  return response;
}

/** Just enough of a session for the envelope of a rejection that concerns nobody known. */
function unknownSession(draft: Draft, session_id: string): SessionRow {
  return {
    session_id,
    trace_id: draft.newId(),
    model_session_span_id: identity.sessionSpan(session_id),
    wp_id: null,
    spawn_depth: -1,
    active_children: 0,
  } as SessionRow;
}
