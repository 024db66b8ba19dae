/** Why a run was stopped from outside. */
export type StopReason = 'cancelled' | 'paused' | 'timeout' | 'over_budget' | 'shutdown' | 'consent';

export class RunStopped extends Error {
  override name = 'RunStopped';
  readonly why: StopReason;
  constructor(why: StopReason) {
    super(`the run was stopped: ${why}`);
    this.why = why;
  }
}
