// Which processes are registered, by the commands alone: whose runs are orphans follows from it (D-41).
import type { CommandInput, Recovery, View } from '../../tools/kernel/index.ts';

/** A run as the oracle knows it: of which session, and which process dispatched it. */
export interface Dispatched {
  session_id: string;
  job_id: string;
  boot_id: string;
}

export class Boots {
  readonly #view: View;
  readonly #registered = new Set<string>();

  constructor(view: View) {
    this.#view = view;
  }

  register(boot_id: string): void {
    this.#registered.add(boot_id);
  }

  leave(boot_id: string): void {
    this.#registered.delete(boot_id);
  }

  /** Dead are those that somebody has seen dead, and those that never came or have left; never the one that asks. */
  gone({ boot_id, dead = [] }: CommandInput<'recover'>): (other: string) => boolean {
    const registered = new Set(this.#registered);
    return (other) => other !== boot_id && (dead.includes(other) || !registered.has(other));
  }

  /** Recovery takes every run of a dead process and none of any other (FM-22, FM-23). */
  recovered(
    input: CommandInput<'recover'>,
    { recovered }: Recovery,
    runs: Iterable<Dispatched>,
    found: string[],
  ): void {
    const gone = this.gone(input);
    const expected = [...runs].filter(({ boot_id }) => gone(boot_id)).map(({ job_id }) => job_id);
    const taken = recovered.map(({ job_id }) => job_id);
    if ([...expected].sort().join() !== [...taken].sort().join())
      found.push(`recovery: ${taken.length} runs were taken, ${expected.length} are of dead processes`);
    for (const { session_id, message_thread_tail_id, checkpoint_artifact_id } of recovered) {
      const row = this.#view.get('session', session_id);
      if (row?.state !== 'PAUSED' || row.pause_reason !== 'crash_recovery')
        found.push(`recovery: ${session_id} was recovered and is ${row?.state} (${row?.pause_reason})`);
      if (
        row?.thread_tail_id !== message_thread_tail_id ||
        row.checkpoint_artifact_id !== checkpoint_artifact_id
      )
        found.push(`recovery: the report of ${session_id} tells another thread or checkpoint than is stored`);
    }
    for (const other of input.dead ?? []) if (other !== input.boot_id) this.#registered.delete(other);
  }

  /** The rows of processes are those that came and have neither left nor been seen dead. */
  faults(found: string[]): void {
    const stored = this.#view.select('boot', 'all', 'all').map(({ boot_id }) => boot_id);
    const known = [...this.#registered];
    if (stored.sort().join() !== known.sort().join())
      found.push(`boots: ${stored.join(', ')} are stored, ${known.join(', ')} are registered`);
  }
}
