// Events as a busy engine writes them, of every id of the catalogue, scattered over many sessions: what
// bench/recorder.mjs feeds the recorder with. The same number gives the same event, so that nothing need be kept; keys
// come in canonical order, so that a long log is quickly made.

const START = Date.parse('2026-02-24T09:00:00Z');
const roles = ['Orchestrator', 'Coder', 'Validator', 'Reviewer'];
const models = ['local/large', 'local/small', 'cloud/frontier-2026-01', 'cloud/fast'];
const lanes = ['PRIMARY', 'SUBAGENT', 'BACKGROUND', 'VALIDATION'];
const at = (list, n) => list[n % list.length];
const hex = (n, digits) => n.toString(16).padStart(digits, '0');

/** Digits that look like chance, and are none. */
const mixed = (n) => {
  let x = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};
const uuid7 = (ms, n, kind) => {
  const time = hex(ms, 12);
  const [high, low] = [mixed(n), mixed(n + 0x51ed270b)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(high & 0xfff, 3)}-8${hex(kind, 3)}-${hex(n, 8)}${hex(low & 0xffff, 4)}`;
};
const hashes = Array.from({ length: 4_096 }, (_, n) =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((part) => hex(mixed(n * 8 + part), 8)).join(''),
);
const sha256 = (n) => at(hashes, mixed(n));

export const sessionId = (s) => uuid7(START + s * 7, s, 1);
const jobId = (n) => uuid7(START + n, n, 2);

/** How often a kind comes; most of a log are messages, changes of state and what the scheduler does. */
const kinds = [
  ['FR-EVT-SESS-004', 'session.message', 8],
  ['FR-EVT-006', 'llm_inference', 4],
  ['FR-EVT-007', 'tool_call', 4],
  ['FR-EVT-SESS-002', 'session.state_change', 4],
  ['FR-EVT-SESS-SCHED-001', 'session_scheduler.enqueue', 3],
  ['FR-EVT-SESS-SCHED-002', 'session_scheduler.dispatch', 3],
  ['FR-EVT-SESS-001', 'session.created', 1],
  ['FR-EVT-SESS-003', 'session.completed', 1],
  ['FR-EVT-SESS-005', 'session.budget_warning', 1],
  ['FR-EVT-SESS-SCHED-003', 'session_scheduler.rate_limited', 1],
  ['FR-EVT-SESS-SCHED-004', 'session_scheduler.cancelled', 1],
  ['FR-EVT-SESS-SPAWN-001', 'session.spawn_requested', 1],
  ['FR-EVT-SESS-SPAWN-002', 'session.spawn_accepted', 1],
  ['FR-EVT-SESS-SPAWN-003', 'session.spawn_rejected', 1],
  ['FR-EVT-SESS-SPAWN-004', 'session.announce_back', 1],
  ['FR-EVT-SESS-SPAWN-005', 'session.cascade_cancel', 1],
  ['FR-EVT-GOV-MAILBOX-001', 'gov_mailbox_message_created', 1],
  ['FR-EVT-GOV-MAILBOX-002', 'gov_mailbox_exported', 1],
  ['FR-EVT-GOV-MAILBOX-003', 'gov_mailbox_transcribed', 1],
  ['FR-EVT-WF-RECOVERY', 'workflow_recovery', 1],
].flatMap(([id, type, often]) => Array.from({ length: often }, () => [id, type]));

const payloads = {
  'FR-EVT-006': (n) => ({
    latency_ms: n % 30_000,
    prompt_hash: sha256(n),
    response_hash: sha256(n + 1),
    token_usage: {
      completion_tokens: n % 700,
      prompt_tokens: n % 9000,
      total_tokens: (n % 9000) + (n % 700),
    },
  }),
  'FR-EVT-007': (n, _session, time) => ({
    actor: { agent_id: `agent-${n % 40}`, kind: 'agent', model_id: at(models, n) },
    args_hash: sha256(n),
    args_ref: `sha256:${sha256(n)}`,
    capability_ids: ['fs.read', 'fs.write'],
    error:
      n % 9 === 0 ? { code: 'EEXIST', kind: 'io', message: `file ${n} exists, nothing was written` } : null,
    idempotency: 'IDEMPOTENT',
    ok: n % 9 !== 0,
    resources_touched: { files: [`src/part-${n % 900}/module-${n % 77}.ts`] },
    result_hash: sha256(n + 2),
    result_ref: `sha256:${sha256(n + 2)}`,
    side_effect: at(['READ', 'WRITE', 'EXECUTE'], n),
    timing: { duration_ms: n % 4000, ended_at: time, started_at: time },
    tool_call_id: uuid7(START + n, n, 3),
    tool_id: at(['fs.read', 'fs.write', 'shell.exec', 'git.diff'], n),
    tool_version: '1.4.2',
    transport: 'local',
  }),
  'FR-EVT-GOV-MAILBOX-001': (n) => ({
    body_ref: `sha256:${sha256(n)}`,
    body_sha256: sha256(n),
    from_role: at(roles, n),
    governance_mode: 'gov_standard',
    idempotency_key: `key-${n}`,
    message_id: `message-${n}`,
    message_type: 'FYI',
    spec_id: 'master-spec',
    thread_id: `thread-${n % 5000}`,
    to_roles: [at(roles, n + 1)],
    work_packet_id: `WP-${n % 500}-session-engine`,
  }),
  'FR-EVT-GOV-MAILBOX-002': (n) => ({
    export_manifest_sha256: sha256(n),
    export_root: 'docs/ROLE_MAILBOX/',
    message_count: n % 900,
    thread_count: n % 50,
  }),
  'FR-EVT-GOV-MAILBOX-003': (n) => ({
    message_id: `message-${n}`,
    target_ref: `refinements/WP-${n % 500}.md`,
    target_sha256: sha256(n),
    thread_id: `thread-${n % 5000}`,
    transcription_target_kind: 'refinement',
  }),
  'FR-EVT-SESS-001': (n, session_id) => ({
    backend: 'local',
    memory_policy: 'SESSION_SCOPED',
    model_id: at(models, n),
    mt_id: null,
    role: at(roles, n),
    session_id,
    spawn_depth: n % 4,
    wp_id: `WP-${n % 500}-session-engine`,
  }),
  'FR-EVT-SESS-002': (n, session_id) => ({
    from_state: 'CREATED',
    reason: n % 3 ? null : 'dispatched after a change of plan',
    session_id,
    to_state: 'ACTIVE',
  }),
  'FR-EVT-SESS-003': (n, session_id) => ({
    duration_ms: n % 900_000,
    messages_count: n % 300,
    session_id,
    total_cost_usd: (n % 900) / 100,
    total_tokens: n % 90_000,
  }),
  'FR-EVT-SESS-004': (n, session_id) => ({
    content_hash: sha256(n),
    message_id: uuid7(START + n, n, 4),
    role: at(['USER', 'ASSISTANT', 'TOOL_CALL', 'TOOL_RESULT'], n),
    session_id,
    token_count: n % 3000,
  }),
  'FR-EVT-SESS-005': (n, session_id) => ({
    budget_type: 'session_tokens',
    current_value: 80_000 + (n % 500),
    session_id,
    threshold_value: 80_000,
  }),
  'FR-EVT-SESS-SCHED-001': (n, session_id) => ({
    concurrency_group: null,
    job_id: jobId(n),
    lane: at(lanes, n),
    priority: n % 10,
    session_id,
  }),
  'FR-EVT-SESS-SCHED-002': (n, session_id) => ({
    job_id: jobId(n),
    lane: at(lanes, n),
    queue_wait_ms: n % 8000,
    session_id,
  }),
  'FR-EVT-SESS-SCHED-003': (n, session_id) => ({
    attempt: n % 5,
    backoff_ms: 500 * (1 + (n % 8)),
    job_id: jobId(n),
    provider: 'cloud',
    session_id,
  }),
  'FR-EVT-SESS-SCHED-004': (n, session_id) => ({
    cancelled_by: 'operator',
    job_id: jobId(n),
    reason: `operator stopped batch ${n}`,
    session_id,
  }),
  'FR-EVT-SESS-SPAWN-001': (n, requester_session_id) => ({
    child_role: at(roles, n),
    requester_session_id,
    spawn_depth: n % 4,
    spawn_mode: 'ONE_SHOT',
  }),
  'FR-EVT-SESS-SPAWN-002': (n, requester_session_id, _time, other) => ({
    child_role: at(roles, n),
    child_session_id: other,
    requester_session_id,
    spawn_depth: n % 4,
  }),
  'FR-EVT-SESS-SPAWN-003': (n, requester_session_id) => ({
    active_children_count: 4,
    rejection_reason: 'max_children_exceeded',
    requester_session_id,
    spawn_depth: n % 4,
  }),
  'FR-EVT-SESS-SPAWN-004': (n, child_session_id, _time, other) => ({
    child_session_id,
    mailbox_message_id: uuid7(START + n, n, 5),
    requester_session_id: other,
    status: 'COMPLETED',
    summary_artifact_id: `sha256:${sha256(n)}`,
  }),
  'FR-EVT-SESS-SPAWN-005': (_n, root_session_id, _time, other) => ({
    cancelled_session_ids: [root_session_id, other],
    reason: 'the plan was given up',
    root_session_id,
  }),
  'FR-EVT-WF-RECOVERY': (n, _session, time) => ({
    from_state: 'running',
    last_heartbeat_ts: time,
    reason: 'no heartbeat',
    threshold_secs: 30,
    to_state: 'stalled',
    workflow_run_id: uuid7(START + n, n, 6),
  }),
};

/** The event of a number, of one of so many sessions. */
export function eventOf(n, sessions) {
  const [fr_event_id, type] = at(kinds, mixed(n));
  // Every session has its turn, in another order each time: none has its events in a row, all have as many.
  const turn = Math.floor(n / sessions);
  const s = ((n % sessions) * 7919 + turn * 104_729) % sessions;
  const session = sessionId(s);
  const timestamp = new Date(START + n).toISOString();
  const alone = fr_event_id === 'FR-EVT-WF-RECOVERY' || fr_event_id.startsWith('FR-EVT-GOV');
  return {
    actor: fr_event_id === 'FR-EVT-007' ? 'agent' : 'system',
    event_id: uuid7(START + n, n, 7),
    fr_event_id,
    ...(fr_event_id === 'FR-EVT-006' ? { model_id: at(models, n) } : {}),
    ...(alone ? {} : { model_session_id: session }),
    payload: payloads[fr_event_id](n, session, timestamp, sessionId((s + 1) % sessions)),
    timestamp,
    trace_id: sessionId(s % 997),
    type,
    ...(alone ? {} : { wp_id: `WP-${s % 500}-session-engine` }),
  };
}

export const kindCount = new Set(kinds.map(([id]) => id)).size;
