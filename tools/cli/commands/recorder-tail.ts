import { type Gap, openReadOnly } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { queryOf, sessionsOf } from '../recorder/asked.ts';
import { gapsIn, tellGap } from '../recorder/gaps.ts';
import { eventLine } from '../recorder/lines.ts';
import { eventPrinter } from '../reporters/event.ts';

/** Of what is there already, where the call does not say. */
const LAST = 10;

/** Events as they are committed, by whichever process, until Ctrl-C: a line each, or NDJSON where nobody looks. */
export async function run(call: Call): Promise<ExitCode> {
  const conditions = queryOf(call);
  if (conditions.last === undefined && conditions.after_seq === undefined) conditions.last = LAST;
  const file = await existingDatabase(call);
  await using log = await openReadOnly(file);
  const query = { ...conditions, ...(await sessionsOf(call, log)) };
  const lines = call.out.terminal && !call.json;
  const line = eventPrinter(call.out);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    if (lines && !call.quiet) call.out.error(`follows ${file} · Ctrl-C ends`);
    const told = (gap: Gap): void => tellGap(call, file, gap);
    // From a place on, what has gone since is told first; the newest few say nothing of what was before them.
    if (query.after_seq !== undefined && query.last === undefined)
      gapsIn(await log.gaps(), query).forEach(told);
    for await (const stored of log.follow(query, { signal: stop.signal }, told)) {
      // One write a line: whatever stops this process leaves no half of one.
      call.out.raw(`${lines ? line(stored.event) : eventLine(stored)}\n`);
    }
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
  return stop.signal.aborted ? 130 : 0;
}
