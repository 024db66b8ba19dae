import { UsageError } from '../findings/index.ts';
import type { Call } from './command.ts';
import { value } from './load.ts';

/** Date and time with an offset: a date alone would mean another day elsewhere. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The time that an option gives; undefined where it is not given. */
export function timeOf(call: Call, name: string): string | undefined {
  const text = value(call, name);
  if (text !== undefined && !(RFC_3339.test(text) && !Number.isNaN(Date.parse(text))))
    throw new UsageError(`--${name} ${text}: expected an RFC 3339 time, such as 2026-02-24T09:00:00Z`);
  return text;
}
