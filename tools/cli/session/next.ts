import type { Call } from '../command.ts';
import { value } from '../load.ts';
import { nextCommand, quoted } from '../next.ts';

/** The next command on the database of this call. */
export function nextOn(call: Call, words: string): string {
  const db = value(call, 'db');
  return nextCommand(call, db === undefined ? words : `${words} --db ${quoted(db)}`);
}
