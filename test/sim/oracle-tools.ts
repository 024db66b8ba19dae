// What was executed and what may be executed again, by what was declared, answered and approved (INV-RECOVER-002, D-42).
import type { CommandInput, CommandResult } from '../../tools/kernel/index.ts';

interface Executed {
  run_epoch: number;
  attempt: number;
  /** Nobody may repeat it unseen. */
  asks: boolean;
  answer: 'none' | 'ok' | 'failed';
  approved: boolean;
  /** Tool, version and arguments: a call is the same only with all of them. */
  what: string;
}

type Start = CommandInput<'start_tool'>;

const whatOf = ({ tool_id, tool_version, args_hash }: Start['call']): string =>
  `${tool_id} ${tool_version} ${args_hash}`;

export class Tools {
  /** By session and call. */
  readonly #calls = new Map<string, Executed>();

  started(session_id: string, attempt: number, start: Start, result: CommandResult<'start_tool'>): string[] {
    const { fenced, denied, verdict } = result;
    if (fenced) return [];
    const { tool_call_id, run_epoch, call } = start;
    const name = `${tool_call_id} of ${session_id}`;
    const key = `${session_id} ${tool_call_id}`;
    const before = this.#calls.get(key);
    const found: string[] = [];
    switch (verdict.kind) {
      case 'execute': {
        if (before) found.push(...again(before, attempt, name));
        if (denied.length > 0) return found;
        const asks =
          call.idempotency === 'NON_IDEMPOTENT' ||
          (call.idempotency === 'IDEMPOTENT_WITH_KEY' && call.idempotency_key === null);
        this.#calls.set(key, {
          ...{ run_epoch, attempt, asks, answer: 'none', approved: false },
          what: whatOf(call),
        });
        return found;
      }
      case 'ask':
        if (!before?.asks || before.answer !== 'none' || before.approved)
          found.push(`tools: ${name} is put to a person, who has nothing to decide`);
        return found;
      case 'recorded':
        if (!before || before.answer === 'none') found.push(`tools: ${name} has no answer on record`);
        else if ((before.answer === 'ok') !== (verdict.error === null))
          found.push(`tools: ${name} was answered ${before.answer}, its record says otherwise`);
        return found;
      case 'renamed': {
        const cut = this.#calls.get(`${session_id} ${verdict.tool_call_id}`);
        if (cut?.answer !== 'none' || cut.what !== whatOf(call) || cut.run_epoch === run_epoch)
          found.push(`tools: ${name} is called ${verdict.tool_call_id}, which is another call`);
        return found;
      }
      case 'taken':
        if (!before || before.what === whatOf(call))
          found.push(`tools: ${name} is said to be taken, and is not`);
        return found;
    }
  }

  /** Only the run that began it last answers a call. */
  ended(session_id: string, { tool_call_id, run_epoch, payload }: CommandInput<'end_tool'>): void {
    const call = this.#calls.get(`${session_id} ${tool_call_id}`);
    if (call?.answer !== 'none' || call.run_epoch !== run_epoch) return;
    call.answer = payload.error ? 'failed' : 'ok';
  }

  approved({ session_id, tool_call_id }: CommandInput<'approve'>): void {
    const call = this.#calls.get(`${session_id} ${tool_call_id}`);
    if (call?.answer === 'none') call.approved = true;
  }

  /** What a session has begun and not seen answered. */
  pending(session_id: string): string[] {
    const found: string[] = [];
    for (const [key, { answer }] of this.#calls)
      if (answer === 'none' && key.startsWith(`${session_id} `)) found.push(key.slice(session_id.length + 1));
    return found;
  }
}

function again(before: Executed, attempt: number, name: string): string[] {
  if (before.answer === 'ok') return [`tools: ${name} has succeeded and is executed again`];
  if (before.asks && !(before.answer === 'none' && before.approved))
    return [`tools: ${name} may have had its effect and is executed again without approval`];
  if (before.answer === 'failed' && before.attempt === attempt)
    return [`tools: ${name} has failed in this attempt and is executed again`];
  return [];
}
