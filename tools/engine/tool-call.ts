import { v5 } from 'uuid';
import type { EventPayloads } from '../generated/index.ts';
import { redact } from '../recorder/index.ts';
import { canonicalJson, sha256 } from '../text/index.ts';
import type { ToolCall, ToolResult } from './api.ts';
import { artifactId } from './artifacts.ts';
import type { Core } from './core.ts';

/** What a tool call needs of the run it happens in. */
export interface ToolHost {
  readonly key: { job_id: string; run_epoch: number };
  readonly session: { session_id: string; model_id: string };
  readonly signal: AbortSignal;
  /** Stops where the run has been overtaken, or a pause was asked for. */
  obey(boundary: { fenced: boolean; pause: boolean }): void;
}

/** A tool call from permission to record: span, messages and FR-EVT-007, arguments and result as artifacts. */
export async function callTool(
  core: Core,
  run: ToolHost,
  call: ToolCall,
  count: number,
): Promise<ToolResult> {
  const tool_call_id = call.tool_call_id ?? v5(`tool:${count}`, run.key.job_id);
  const capability_ids = call.capability_ids ?? [];
  const args = keep(core, call.arguments);
  const started = core.clock.now();
  const opened = await core.execute('start_tool', {
    ...run.key,
    tool_call_id,
    capability_ids,
    message: { role: 'TOOL_CALL', content_hash: args.hash, content_artifact_id: args.ref, tool_call_id },
  });
  if (opened.fenced) run.obey(opened);
  const result: ToolResult =
    opened.denied.length > 0
      ? {
          ok: false,
          tool_call_id,
          error: { code: 'capability_denied', message: `not granted: ${opened.denied.join(', ')}` },
        }
      : await invoke(call, tool_call_id, run.signal);
  const kept = keep(core, result.ok ? (result.value ?? null) : { error: result.error.code });
  const ended = core.clock.now();
  const payload: EventPayloads['FR-EVT-007'] = {
    tool_call_id,
    tool_id: call.tool_id,
    tool_version: call.tool_version,
    transport: call.transport ?? 'local',
    side_effect: call.side_effect,
    idempotency: call.idempotency,
    idempotency_key: call.idempotency_key ?? null,
    actor: { kind: 'agent', agent_id: run.session.session_id, model_id: run.session.model_id },
    ok: result.ok,
    args_ref: args.ref,
    args_hash: args.hash,
    result_ref: kept.ref,
    result_hash: kept.hash,
    error: result.ok ? null : { code: result.error.code, kind: 'tool', message: result.error.message },
    timing: {
      started_at: new Date(started).toISOString(),
      ended_at: new Date(ended).toISOString(),
      duration_ms: Math.max(0, ended - started),
    },
    capability_ids,
  };
  const closed = await core.execute('end_tool', {
    ...run.key,
    tool_call_id,
    ok: result.ok,
    message: { role: 'TOOL_RESULT', content_hash: kept.hash, content_artifact_id: kept.ref, tool_call_id },
    payload,
    ...(opened.denied[0] === undefined ? {} : { capability_id: opened.denied[0] }),
  });
  run.obey(closed);
  return result;
}

async function invoke(call: ToolCall, tool_call_id: string, signal: AbortSignal): Promise<ToolResult> {
  try {
    return { ok: true, tool_call_id, value: await call.invoke(signal) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, tool_call_id, error: { code: 'tool_failed', message } };
  }
}

/** Hashes are taken after redaction, and references lead to the redacted form (11.5.2). */
function keep(core: Core, value: unknown): { ref: string; hash: string } {
  const text = canonicalJson(redact(value));
  const ref = artifactId(text);
  core.artifacts.put(ref, text);
  return { ref, hash: sha256(text) };
}
