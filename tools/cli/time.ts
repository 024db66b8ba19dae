import { rfc3339 } from '../artifacts/index.ts';
import { UsageError } from '../findings/index.ts';
import type { Call } from './command.ts';
import { value } from './load.ts';
import { visible } from './output.ts';

/** The time that an option gives, with an offset: a date alone would mean another day elsewhere. Undefined where it is not given. */
export function timeOf(call: Call, name: string): string | undefined {
  const text = value(call, name);
  if (text !== undefined && rfc3339(text) === undefined)
    throw new UsageError(
      `--${name} ${visible(text)}: expected an RFC 3339 time, such as 2026-02-24T09:00:00Z`,
    );
  return text?.toUpperCase();
}

/** `--from` and `--to`, which have to leave some time between them. */
export function timesOf(call: Call): { from?: string; to?: string } {
  const [from, to] = [timeOf(call, 'from'), timeOf(call, 'to')];
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
    throw new UsageError(`--to ${to}: expected a time after --from, which is ${from}`);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
