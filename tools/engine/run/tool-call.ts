import type { EventPayloads } from '../../generated/index.ts';
import type { Verdict } from '../../kernel/index.ts';
import { redact } from '../../recorder/index.ts';
import { canonicalJson, sha256 } from '../../text/index.ts';
import type { ToolCall, ToolResult } from '../api.ts';
import type { Core } from '../core.ts';
import { EngineError, reasonOf } from '../errors.ts';
import { artifactId, contentOf } from '../store/artifacts.ts';

/** What a tool call needs of the run it happens in. */
export interface ToolHost {
  readonly key: { job_id: string; run_epoch: number };
  readonly session: { session_id: string; model_id: string };
  readonly signal: AbortSignal;
  /** Stops where the run has been overtaken, or a pause was asked for. */
  obey(boundary: { fenced: boolean; pause: boolean }): void;
  /** Ends the run until somebody approves that the call is executed again. */
  ask(tool_call_id: string): never;
}

/**
 * A tool call from permission to record: span, messages and FR-EVT-007, arguments and result as artifacts. One that
 * was made before is answered from its record, repeated, or put to the operator, as the kernel judges it (D-42).
 */
export async function callTool(
  core: Core,
  run: ToolHost,
  call: ToolCall,
  /** The name by its count; a second one for a count that names another call. */
  nameOf: (taken: number) => string,
): Promise<ToolResult> {
  const said = textOf(call.arguments);
  if (said === null)
    throw new EngineError('invalid_request', 'call.arguments is no JSON, expected an object');
  const args = keep(core, said);
  let taken = 0;
  for (let tool_call_id = nameOf(taken); ; ) {
    const started = core.clock.now();
    const opened = await core.execute('start_tool', {
      ...run.key,
      tool_call_id,
      capability_ids: call.capability_ids ?? [],
      message: { role: 'TOOL_CALL', content_hash: args.hash, content_artifact_id: args.ref, tool_call_id },
      call: {
        tool_id: call.tool_id,
        tool_version: call.tool_version,
        arguments: JSON.parse(said),
        args_ref: args.ref,
        args_hash: args.hash,
        side_effect: call.side_effect,
        idempotency: call.idempotency,
        idempotency_key: call.idempotency_key ?? null,
        named: call.tool_call_id !== undefined,
      },
    });
    if (opened.fenced) run.obey(opened);
    const { verdict } = opened;
    switch (verdict.kind) {
      case 'execute':
        return execute(core, run, { call, tool_call_id, args, started, denied: opened.denied });
      case 'recorded':
        run.obey(opened);
        return recorded(core, tool_call_id, verdict);
      case 'ask':
        return run.ask(tool_call_id);
      case 'renamed':
        tool_call_id = verdict.tool_call_id;
        continue;
      case 'taken':
        taken += 1;
        tool_call_id = nameOf(taken);
    }
  }
}

/** What the tool answered before the process died, or the attempt failed. */
function recorded(
  core: Core,
  tool_call_id: string,
  { result_ref, error }: Extract<Verdict, { kind: 'recorded' }>,
): ToolResult {
  if (error) return { ok: false, tool_call_id, error };
  const text = contentOf(core.artifacts, result_ref);
  if (text === undefined) {
    throw new EngineError('store_failed', `the result of tool call ${tool_call_id} is gone: ${result_ref}`);
  }
  return { ok: true, tool_call_id, value: JSON.parse(text) };
}

interface Begun {
  call: ToolCall;
  tool_call_id: string;
  args: Kept;
  started: number;
  denied: string[];
}

async function execute(core: Core, run: ToolHost, begun: Begun): Promise<ToolResult> {
  const { call, tool_call_id, args, started, denied } = begun;
  const capability_ids = call.capability_ids ?? [];
  const answer: ToolResult =
    denied.length > 0
      ? {
          ok: false,
          tool_call_id,
          error: { code: 'capability_denied', message: `not granted: ${denied.join(', ')}` },
        }
      : await invoke(call, tool_call_id, run.signal);
  const { result, text } = recordable(answer);
  const kept = keep(core, text);
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
    error: result.ok ? null : { ...result.error, kind: 'tool', ...retryable(result.error.code) },
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
    ...(denied[0] === undefined ? {} : { capability_id: denied[0] }),
  });
  run.obey(closed);
  return result;
}

async function invoke(call: ToolCall, tool_call_id: string, signal: AbortSignal): Promise<ToolResult> {
  try {
    return { ok: true, tool_call_id, value: await call.invoke(signal) };
  } catch (error) {
    const message = reasonOf(error);
    return { ok: false, tool_call_id, error: { code: 'tool_failed', message } };
  }
}

/** What was done is done: a result that cannot be recorded is an error of the tool, and no reason to do it again. */
function recordable(answer: ToolResult): { result: ToolResult; text: string } {
  const text = textOf(answer.ok ? (answer.value ?? null) : { error: answer.error.code });
  if (text !== null) return { result: answer, text };
  const code = 'invalid_result';
  const error = { code, message: 'the tool was executed, but what it returned is no JSON' };
  const result: ToolResult = { ok: false, tool_call_id: answer.tool_call_id, error };
  return { result, text: canonicalJson({ error: code }) };
}

const retryable = (code: string): { retryable?: false } =>
  code === 'invalid_result' ? { retryable: false } : {};

/** Canonical JSON after redaction, or null for what has none: BigInt, NaN, a circle. */
function textOf(value: unknown): string | null {
  try {
    return canonicalJson(redact(value));
  } catch {
    return null;
  }
}

interface Kept {
  ref: string;
  hash: string;
}

/** Hashes are taken after redaction, and references lead to the redacted form (11.5.2). */
function keep(core: Core, text: string): Kept {
  const ref = artifactId(text);
  core.artifacts.put(ref, text);
  return { ref, hash: sha256(text) };
}
