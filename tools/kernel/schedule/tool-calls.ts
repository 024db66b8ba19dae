// Tool calls as rows: what was begun, what it declared, and what has to become of it when it is made again (D-42).
import type { Json, ToolCall, ToolIdempotency, ToolSideEffect } from '../../generated/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { JobRow, ToolCallRow } from '../rows.ts';

/** What a tool call says of itself before it begins. */
export type DeclaredCall = Pick<
  ToolCallRow,
  'tool_id' | 'tool_version' | 'args_ref' | 'args_hash' | 'side_effect' | 'idempotency' | 'idempotency_key'
> & {
  /** After redaction. */
  arguments: Json;
  /** The caller gave the id. One that only follows from a count may be exchanged for a fresh one. */
  named: boolean;
};

/** What a call may do: begin, take what was answered before, wait for a person, or go by another name. */
export type Verdict =
  | { kind: 'execute' }
  | { kind: 'recorded'; result_ref: string; error: ToolCallRow['error'] }
  | { kind: 'ask' }
  | { kind: 'renamed'; tool_call_id: string }
  | { kind: 'taken' };

/** How a call that is pending after a crash is judged: it may have had part of its effect (INV-RECOVER-002). */
export type ToolJudgement = 'repeat' | 'repeat_with_key' | 'ask_operator';

/** A call that was begun and not answered, with how it is judged. */
export interface PendingToolCall extends ToolCall {
  side_effect: ToolSideEffect;
  idempotency: ToolIdempotency;
  idempotency_key: string | null;
  begun_at: string;
  judgement: ToolJudgement;
  /** Who has approved that it is executed again; null = nobody yet, or nobody needs to. */
  approved_by: string | null;
}

/** A call is its session's: another session may use the same id. */
export const toolCallKey = (session_id: string, tool_call_id: string): string =>
  JSON.stringify([session_id, tool_call_id]);

/** Without its key a call that needs one cannot be repeated under it. */
export function judge({ idempotency, idempotency_key }: ToolCallRow): ToolJudgement {
  if (idempotency === 'IDEMPOTENT') return 'repeat';
  return idempotency === 'IDEMPOTENT_WITH_KEY' && idempotency_key !== null
    ? 'repeat_with_key'
    : 'ask_operator';
}

/** The spec's record of a call. */
export function toolCallRecord(row: ToolCallRow): ToolCall {
  const { tool_call_id, tool_id, tool_version, args_hash } = row;
  return { tool_call_id, tool_id, tool_version, arguments: row.arguments, args_hash };
}

/** What a session has begun and not seen answered, in the order of its beginning. */
export function pendingToolCalls(rows: readonly ToolCallRow[]): PendingToolCall[] {
  return rows.map((row) => ({
    ...toolCallRecord(row),
    side_effect: row.side_effect,
    idempotency: row.idempotency,
    idempotency_key: row.idempotency_key,
    begun_at: row.begun_at,
    judgement: judge(row),
    approved_by: row.approved_by,
  }));
}

/** What a call means that was made before; a call that is new simply begins. */
export function verdict(draft: Draft, job: JobRow, tool_call_id: string, call: DeclaredCall): Verdict {
  const known = draft.get('tool_call', toolCallKey(job.session_id, tool_call_id));
  const isSame = known !== undefined && same(known, call);
  const cut = isSame || call.named ? undefined : cutOff(draft, job, call);
  if (cut) return { kind: 'renamed', tool_call_id: cut.tool_call_id };
  if (!known) return { kind: 'execute' };
  if (!isSame) {
    if (!call.named) return { kind: 'taken' };
    throw new Refused(
      'invalid_request',
      `call.tool_call_id ${tool_call_id} names a call of ${known.tool_id} ${known.tool_version} with arguments ${known.args_hash}, expected the same tool and arguments`,
    );
  }
  if (known.idempotency_key !== call.idempotency_key) {
    throw new Refused(
      'invalid_request',
      `call.idempotency_key is ${JSON.stringify(call.idempotency_key)}, expected ${JSON.stringify(known.idempotency_key)}, with which call ${tool_call_id} was begun`,
    );
  }
  const judgement = judge(known);
  if (known.state === 'pending') {
    return judgement === 'ask_operator' && known.approved_by === null ? { kind: 'ask' } : { kind: 'execute' };
  }
  // A retry may try again what failed, if the tool allows repeating it; a run that goes on after a crash may not.
  const again = known.error !== null && known.attempt !== job.attempt && judgement !== 'ask_operator';
  return again
    ? { kind: 'execute' }
    : { kind: 'recorded', result_ref: known.result_ref!, error: known.error };
}

/**
 * The call that an earlier run of the job left pending, if this is it again. After a pause or a stop counts go on, and
 * calls at one time may come in another order: a name by count alone would have it executed unseen.
 */
const cutOff = (draft: Draft, job: JobRow, call: DeclaredCall): ToolCallRow | undefined =>
  draft
    .select('tool_call', 'pending', job.session_id)
    .find(
      (row) =>
        row.job_id === job.job_id &&
        row.run_epoch !== job.run_epoch &&
        row.idempotency_key === call.idempotency_key &&
        same(row, call),
    );

const same = (known: ToolCallRow, call: DeclaredCall): boolean =>
  known.tool_id === call.tool_id &&
  known.tool_version === call.tool_version &&
  known.args_hash === call.args_hash;

/** The call begins. An approval is used up by it: another crash asks again. */
export function beginCall(draft: Draft, job: JobRow, tool_call_id: string, declared: DeclaredCall): void {
  const { named: _, ...call } = declared;
  draft.put('tool_call', {
    key: toolCallKey(job.session_id, tool_call_id),
    tool_call_id,
    session_id: job.session_id,
    job_id: job.job_id,
    run_epoch: job.run_epoch,
    attempt: job.attempt,
    ...call,
    state: 'pending',
    begun_at: draft.time,
    result_ref: null,
    error: null,
    asked_epoch: null,
    approved_by: null,
  });
}

/** The run that began a call answers it, fenced or not: what a tool did has happened. */
export function answerCall(
  draft: Draft,
  key: string,
  run_epoch: number,
  answer: Pick<ToolCallRow, 'result_ref' | 'error'>,
): void {
  const known = draft.get('tool_call', key);
  if (known?.state !== 'pending' || known.run_epoch !== run_epoch) return;
  const row = draft.edit('tool_call', key)!;
  row.state = 'answered';
  row.arguments = null;
  row.result_ref = answer.result_ref;
  row.error = answer.error;
}
