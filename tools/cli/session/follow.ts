// A run while it goes on: how far it is on a terminal, and Ctrl-C.
import { openReadOnly, type Progress, type ScenarioProgress, type SessionLog } from '../../engine/index.ts';
import type { Output } from '../output.ts';
import { tokens } from './words.ts';

/** Often enough to see that something happens. */
const STEP_MS = 100;
/** Looking may take a hundredth part of the time: a database of many sessions is asked more seldom. */
const SELDOM = 100;

export interface Followed {
  signal: AbortSignal;
  onProgress(progress: ScenarioProgress): void;
  /** How far the run was when it was last heard of. */
  last(): ScenarioProgress | undefined;
  /** Ends the line, and leaves Ctrl-C to whoever had it before. */
  end(): Promise<void>;
}

export function follow(
  out: Output,
  db: string,
  hear: (progress: ScenarioProgress) => void,
  simulated: boolean,
): Followed {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const live = out.live('gov session run');
  let progress: ScenarioProgress | undefined;
  const look = looker(db);
  let counted: Progress | undefined;
  const timer = setInterval(() => {
    live.tell(() => {
      counted = look.at() ?? counted;
      return progressText(progress, counted, simulated);
    });
  }, STEP_MS);
  return {
    signal: stop.signal,
    onProgress(next) {
      progress = next;
      hear(next);
    },
    last: () => progress,
    async end() {
      clearInterval(timer);
      live.end();
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      await look.end();
    },
  };
}

/** `3 ACTIVE, 1 BLOCKED · 12 runs · 4.1k tokens · 41 s simulated` */
export function progressText(
  progress: ScenarioProgress | undefined,
  counted: Progress | undefined,
  simulated: boolean,
): string {
  if (progress === undefined) return 'begins';
  const { states = {}, total_tokens = 0 } = counted ?? {};
  const sessions = Object.entries(states).map(([state, n]) => `${n} ${state}`);
  return [
    ...(sessions.length > 0 ? [sessions.join(', ')] : []),
    `${progress.runs} ${progress.runs === 1 ? 'run' : 'runs'}`,
    tokens(total_tokens),
    ...(simulated ? [`${(progress.elapsed_ms / 1000).toFixed(0)} s simulated`] : []),
  ].join(' · ');
}

/** Looks into the database beside the run; the answer comes for the next line. */
function looker(db: string): { at(): Progress | undefined; end(): Promise<void> } {
  let log: Promise<SessionLog> | undefined;
  let seen: Progress | undefined;
  let looking: Promise<void> | undefined;
  let rest = 0;
  return {
    at() {
      if (looking === undefined && performance.now() >= rest) {
        log ??= openReadOnly(db);
        looking = log
          .then(async (opened) => {
            const began = performance.now();
            seen = await opened.progress();
            rest = performance.now() + SELDOM * (performance.now() - began);
          })
          .catch(() => {}) // a line that says less; whatever is wrong, the run itself reports
          .finally(() => {
            looking = undefined;
          });
      }
      return seen;
    },
    async end() {
      await looking;
      await log?.then((opened) => opened[Symbol.asyncDispose]()).catch(() => {});
    },
  };
}
