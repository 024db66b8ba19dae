/** Changes come in flocks: a checkout, an editor that writes aside and renames. */
const FLOCK_MS = 150;
/** The machine belongs to others at least as long as it belonged to a build. */
const REST = 1;

export interface Refresher {
  /** Something has changed. */
  changed(): void;
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Builds anew when something has changed: one at a time, never twice for one flock of changes, and once more for
 * whatever changes meanwhile. `build` tells what it found itself.
 */
export function refresher(build: () => Promise<void>, now: () => number): Refresher {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let rest = 0;
  const arm = (): void => {
    timer ??= setTimeout(begin, Math.max(FLOCK_MS, rest));
  };
  const begin = (): void => {
    timer = undefined;
    const began = now();
    running = build().finally(() => {
      running = undefined;
      rest = REST * (now() - began);
      if (again && !stopped) arm();
      again = false;
    });
  };
  return {
    changed() {
      if (stopped) return;
      if (running === undefined) arm();
      else again = true;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
