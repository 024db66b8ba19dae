import { GovError } from '../../findings/index.ts';
import { redactText } from '../../text/index.ts';

/** The two failures of the ingestion contract (11.5.1). */
export type RecorderErrorCode = 'HSK-400-INVALID-EVENT' | 'HSK-500-DB';

export interface RecorderErrorOptions extends ErrorOptions {
  /** Which event of a batch it was, from 0. */
  index?: number;
}

/** Nothing was stored when one is thrown; the message is one line for a person. */
export class RecorderError extends GovError {
  override name = 'RecorderError';
  readonly code: RecorderErrorCode;
  declare readonly index?: number;
  constructor(code: RecorderErrorCode, message: string, { index, ...options }: RecorderErrorOptions = {}) {
    super(message, options);
    this.code = code;
    if (index !== undefined) this.index = index;
  }
}

/** What is wrong may be a megabyte long, or a secret: errors are shown and logged. */
const MOST_MESSAGE = 400;

export const invalid = (message: string, options?: RecorderErrorOptions): RecorderError =>
  new RecorderError('HSK-400-INVALID-EVENT', brief(redactText(brief(message, 4 * MOST_MESSAGE))), options);

const brief = (text: string, most = MOST_MESSAGE): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** The same failure, which knows the place of its event in a batch. */
export const inBatch = (error: RecorderError, index: number): RecorderError =>
  new RecorderError(error.code, error.message, { cause: error.cause, index });

/** Whatever a store throws, in the words of the contract. */
export function databaseError(error: unknown): RecorderError {
  if (error instanceof RecorderError) return error;
  return new RecorderError('HSK-500-DB', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}

/** A value in an error: quoted and cut short. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(brief(value, 60));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
