/** The two failures of the ingestion contract (11.5.1). */
export type RecorderErrorCode = 'HSK-400-INVALID-EVENT' | 'HSK-500-DB';

export class RecorderError extends Error {
  override name = 'RecorderError';
  readonly code: RecorderErrorCode;
  constructor(code: RecorderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const invalid = (message: string): RecorderError =>
  new RecorderError('HSK-400-INVALID-EVENT', message);
