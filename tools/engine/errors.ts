import { GovError } from '../findings/index.ts';
import { type RejectionCode, rejectionCodes } from '../kernel/index.ts';

export const engineErrorCodes = [
  ...rejectionCodes,
  'aborted',
  'engine_closed',
  'invalid_configuration',
  'invalid_event',
  'store_busy',
  'store_failed',
  'store_unavailable',
  'thread_denied',
  'unsupported',
] as const;

export type EngineErrorCode = RejectionCode | (typeof engineErrorCodes)[number];

/** Every failure of the engine; `code` is closed, the message is one line for a person. */
export class EngineError extends GovError {
  override name = 'EngineError';
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const aborted = (signal: AbortSignal, message = 'the call was aborted'): EngineError =>
  new EngineError('aborted', message, { cause: signal.reason });

/** A reason becomes part of events, which are small; what a provider answers can be a page. */
const MOST_REASON = 1_000;

export const brief = (reason: string): string =>
  reason.length > MOST_REASON ? `${reason.slice(0, MOST_REASON)}…` : reason;

/** Of what was thrown, which is anything at all: a runner, a tool or a port may throw what has no text of its own. */
export function reasonOf(thrown: unknown): string {
  try {
    return brief(thrown instanceof Error ? String(thrown.message) : String(thrown));
  } catch {
    return 'something without a text was thrown';
  }
}

/** The answer of a call, unless its signal aborts first: a gate or a busy file may let it wait for long. */
export function unlessAborted<Result>(
  signal: AbortSignal | undefined,
  working: Promise<Result>,
): Promise<Result> {
  if (!signal) return working;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(aborted(signal));
    signal.addEventListener('abort', stop, { once: true });
    working.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
