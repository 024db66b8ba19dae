import type { RunOutcome } from '../../kernel/index.ts';
import { EngineError, reasonOf } from '../errors.ts';

/** Why a run was stopped from outside. */
export type StopReason =
  | 'cancelled'
  | 'paused'
  | 'timeout'
  | 'over_budget'
  | 'approval'
  | 'consent'
  | 'shutdown';

export class RunStopped extends Error {
  override name = 'RunStopped';
  readonly why: StopReason;
  constructor(why: StopReason) {
    super(`the run was stopped: ${why}`);
    this.why = why;
  }
}

/** How a run ends that threw, or was stopped; `gate` is the tool call that it stopped to ask about. */
export function outcomeOf(error: unknown, signal: AbortSignal, gate: string): RunOutcome {
  const stopped = signal.aborted ? (signal.reason as RunStopped).why : null;
  switch (stopped) {
    case 'paused':
    case 'shutdown':
    case 'consent': // the job waits for another receipt, and goes on where it was
    case 'cancelled': // fenced already; what is said here changes nothing
      return { outcome: 'interrupted' };
    case 'timeout':
      return { outcome: 'failed', error: 'timeout', retryable: true };
    case 'approval':
      return { outcome: 'awaiting_user', tool_call_id: gate };
    case 'over_budget':
      return { outcome: 'failed', error: 'token_budget_exceeded', retryable: false };
    case null:
      return { outcome: 'failed', error: reasonOf(error), retryable: !(error instanceof EngineError) };
  }
}
