import { openReadOnly } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { EventQuery } from '../../recorder/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { positive, value } from '../load.ts';
import { showView, viewOfCall } from '../session/recorder-view.ts';

const TIMES = ['from', 'to'] as const;

/** Events as NDJSON in the order of the store; `seq` stands beside each. */
export async function run(call: Call): Promise<ExitCode> {
  const view = viewOfCall(call);
  if (view !== null) return showView(call, view);
  const query = queryOf(call);
  const file = await existingDatabase(call);
  await using log = await openReadOnly(file);
  let found = 0;
  for await (const { seq, event } of log.readEvents(query)) {
    call.out.raw(`${JSON.stringify({ seq, ...event })}\n`);
    found += 1;
  }
  if (found === 0 && !call.quiet) call.out.error(`no event of ${file} answers this query`);
  return 0;
}

/** Date and time with an offset: a date alone would mean another day elsewhere. */
function isTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

function queryOf(call: Call): EventQuery {
  const text = {
    model_session_id: value(call, 'session'),
    family: value(call, 'family'),
    type: value(call, 'type'),
    role: value(call, 'role'),
    wp_id: value(call, 'wp'),
    from: value(call, 'from'),
    to: value(call, 'to'),
  };
  for (const name of TIMES) {
    if (text[name] !== undefined && !isTime(text[name])) {
      throw new UsageError(
        `--${name} ${text[name]}: expected an RFC 3339 time, such as 2026-02-24T09:00:00Z`,
      );
    }
  }
  const limit = positive(call, 'limit');
  return {
    ...(Object.fromEntries(Object.entries(text).filter(([, given]) => given !== undefined)) as EventQuery),
    ...(limit !== undefined && { limit }),
  };
}
