import { GovError } from '../findings/index.ts';
import { type RejectionCode, rejectionCodes } from '../kernel/index.ts';

export const engineErrorCodes = [
  ...rejectionCodes,
  'aborted',
  'engine_closed',
  'invalid_configuration',
  'invalid_event',
  'store_failed',
  'store_unavailable',
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
