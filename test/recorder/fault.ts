import { expect } from 'vitest';
import { checkEvent, RecorderError } from '../../tools/recorder/index.ts';

/** What is said of an event that has to be refused. */
export function fault(event: unknown): string {
  try {
    checkEvent(event);
  } catch (error) {
    expect(error).toBeInstanceOf(RecorderError);
    expect((error as RecorderError).code).toBe('HSK-400-INVALID-EVENT');
    return (error as RecorderError).message;
  }
  throw new Error('the event was accepted');
}
