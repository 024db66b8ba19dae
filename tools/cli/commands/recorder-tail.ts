import { openReadOnly } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { queryOf } from '../recorder/asked.ts';
import { eventPrinter } from '../reporters/event.ts';

/** Of what is there already, where the call does not say. */
const LAST = 10;

/** Events as they are committed, by whichever process, until Ctrl-C: a line each, or NDJSON where nobody looks. */
export async function run(call: Call): Promise<ExitCode> {
  const file = await existingDatabase(call);
  await using log = await openReadOnly(file);
  const query = await queryOf(call, log);
  if (query.last === undefined && query.after_seq === undefined) query.last = LAST;
  const lines = call.out.terminal && !call.json;
  const line = eventPrinter(call.out);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    if (lines && !call.quiet) call.out.error(`follows ${file} · Ctrl-C ends`);
    for await (const { seq, event } of log.follow(query, { signal: stop.signal })) {
      // One write a line: whatever stops this process leaves no half of one.
      call.out.raw(`${lines ? line(event) : JSON.stringify({ seq, ...event })}\n`);
    }
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
  return stop.signal.aborted ? 130 : 0;
}
