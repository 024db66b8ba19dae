import type { Snapshot } from '../snapshot/index.ts';
import { cut } from './cut.ts';

/** What is done within this time needs no word. */
const QUIET_MS = 1000;
/** Between two looks at the line: often enough to see that something happens. */
const STEP_MS = 100;

/** One line on a terminal that says how far the work is, and is gone when it is done. */
export interface Live {
  /** Tells the line of one more file that is read. */
  watch(snapshot: Snapshot): Snapshot;
  /** Says how far other work is; asked as often as one likes, it writes as often as one can read. */
  tell(text: () => string): void;
  /** Takes the line away; it comes back when more is read. */
  end(): void;
}

interface Terminal {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/**
 * The line is written while files are read, since nothing else interrupts a computation. `now` counts
 * milliseconds; the work begins with this call.
 */
export function openLive(stream: Terminal, what: string, now: () => number): Live {
  if (stream.isTTY !== true) return { watch: (snapshot) => snapshot, tell: () => {}, end: () => {} };
  const started = now();
  let shown = started + QUIET_MS - STEP_MS;
  let written = false;
  let files = 0;
  const tell = (text: () => string): void => {
    const time = now();
    if (time - shown < STEP_MS) return;
    shown = time;
    written = true;
    // A line that the terminal folds could not be taken away again.
    const line = cut(
      `${what} · ${text()} · ${((time - started) / 1000).toFixed(1)} s`,
      (stream.columns ?? 80) - 1,
    );
    stream.write(`\r\u001b[K${line}`);
  };
  return {
    tell,
    watch: (snapshot) => ({
      id: snapshot.id,
      list: (globs, problem) => snapshot.list(globs, problem),
      read: (path) => {
        files += 1;
        tell(() => `${files} files read`);
        return snapshot.read(path);
      },
      ...(snapshot.idOf && { idOf: (path) => snapshot.idOf?.(path) }),
    }),
    end: () => {
      if (written) stream.write('\r\u001b[K');
      written = false;
    },
  };
}
