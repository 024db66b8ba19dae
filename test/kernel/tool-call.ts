import type { JobRow } from '../../tools/kernel/index.ts';
import { declared, type World } from './world.ts';

const message = { role: 'ASSISTANT' as const, content_hash: 'b'.repeat(64), content_artifact_id: 'x' };
export const callId = '0190a1b2-0000-7000-8000-000000000001';
/** A tool call that a run begins. */
export const begins = (
  key: Pick<JobRow, 'job_id' | 'run_epoch'>,
  over: object = {},
  tool_call_id = callId,
  capability_ids: string[] = [],
) => ({
  ...key,
  tool_call_id,
  capability_ids,
  message: { ...message, role: 'TOOL_CALL' as const, tool_call_id },
  call: declared(over),
});
/** Its answer. */
export const ends = (
  w: Pick<World, 'now'>,
  key: Pick<JobRow, 'job_id' | 'run_epoch'>,
  ok: boolean,
  tool_call_id = callId,
  capability_ids: string[] = [],
) => ({
  ...key,
  tool_call_id,
  ok,
  message: { ...message, role: 'TOOL_RESULT' as const, tool_call_id },
  payload: {
    tool_call_id,
    tool_id: 'fs.write_file',
    tool_version: '1.0.0',
    transport: 'local' as const,
    side_effect: 'WRITE' as const,
    idempotency: 'NON_IDEMPOTENT' as const,
    idempotency_key: null,
    actor: { kind: 'agent' as const, agent_id: 'a', model_id: 'm' },
    ok,
    args_ref: null,
    args_hash: 'a'.repeat(64),
    result_ref: null,
    result_hash: null,
    error: ok ? null : { code: 'tool_failed', message: 'no disk', kind: 'tool' as const },
    timing: {
      started_at: new Date(w.now).toISOString(),
      ended_at: new Date(w.now).toISOString(),
      duration_ms: 0,
    },
    capability_ids,
  },
});
