import { type Gap, openReadOnly } from '../../engine/index.ts';
import type { EventQuery, StoredEvent } from '../../recorder/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { positive } from '../load.ts';
import { quoted, repeated } from '../next.ts';
import { queryOf, sessionsOf } from '../recorder/asked.ts';
import { type EventSource, openFiles } from '../recorder/files.ts';
import { gapsIn, tellGap } from '../recorder/gaps.ts';
import { eventLine, refuseBesideSpans, spanLines } from '../recorder/lines.ts';
import { nothingFound } from '../recorder/nothing.ts';
import { nextOn } from '../session/next.ts';
import { showView, viewOfCall } from '../session/recorder-view.ts';

/** Events as NDJSON in the order of the store; `seq` stands beside each. */
export async function run(call: Call): Promise<ExitCode> {
  const view = viewOfCall(call);
  if (view !== null) return showView(call, view);
  positive(call, 'last'); // none would be no answer
  const conditions = queryOf(call);
  if (call.flags.has('spans')) refuseBesideSpans(call);
  const { log, file } = await opened(call);
  await using _ = log;
  const query = { ...conditions, ...(await sessionsOf(call, log)) };
  const spans = call.flags.has('spans') ? spanLines(log, query) : [];
  const gaps = gapsIn(await log.gaps(), query);
  const { printed, next } =
    query.last === undefined
      ? await oldest(call, log, query, teller(call, file, gaps))
      : await newest(call, log, { ...query, last: query.last }, teller(call, file, gaps));
  for await (const line of spans) call.out.raw(`${line}\n`);
  if (call.quiet) return 0;
  if (printed === 0) call.out.error(await nothingFound(log, file, query));
  if (next) call.out.error(`next   ${nextOn(call, `recorder query ${again(call)} ${next}`)}`);
  return 0;
}

/** Files that are named, else a database; with `--archived` its archives belong to it. */
async function opened(call: Call): Promise<{ log: EventSource; file: string }> {
  if (call.args.length > 0) return openFiles(call);
  const file = await existingDatabase(call);
  return { file, log: await openReadOnly(file, { archived: call.flags.has('archived') }) };
}

interface Told {
  printed: number;
  /** Where the next page begins, as options; absent when this is all. */
  next?: string;
}

/** Tells the gaps that stand before a place, each once. */
interface Teller {
  before(seq: number): void;
  /** Forgets those that stand before a place. */
  skip(seq: number): void;
  /** A record that the log could not give: it is heard of before what stands after it. */
  unread(gap: Gap): void;
}

function teller(call: Call, file: string, gaps: readonly Gap[]): Teller {
  const left = [...gaps];
  return {
    before(seq) {
      while (left[0] && left[0].first_seq < seq) tellGap(call, file, left.shift()!);
    },
    skip(seq) {
      while (left[0] && left[0].first_seq < seq) left.shift();
    },
    unread(gap) {
      const at = left.findIndex(({ first_seq }) => first_seq > gap.first_seq);
      left.splice(at < 0 ? left.length : at, 0, gap);
    },
  };
}

/** As they are read; one more than are wanted says whether there is a next page. */
async function oldest(call: Call, log: EventSource, query: EventQuery, gaps: Teller): Promise<Told> {
  const { limit, ...asked } = query;
  let [printed, reached] = [0, 0];
  const wanted = { ...asked, ...(limit !== undefined && { limit: limit + 1 }) };
  for await (const stored of log.readEvents(wanted, gaps.unread)) {
    if (printed === limit) return { printed, next: `--after ${reached}` };
    gaps.before(stored.seq);
    print(call, stored);
    printed += 1;
    reached = stored.seq;
  }
  gaps.before(Number.POSITIVE_INFINITY);
  return { printed };
}

async function newest(
  call: Call,
  log: EventSource,
  query: EventQuery & { last: number },
  gaps: Teller,
): Promise<Told> {
  const found: StoredEvent[] = [];
  for await (const stored of log.readEvents({ ...query, last: query.last + 1 }, gaps.unread))
    found.push(stored);
  const more = found.length > query.last;
  if (more) found.shift();
  const first = found[0]?.seq;
  if (more) gaps.skip(first ?? Number.POSITIVE_INFINITY);
  for (const stored of found) {
    gaps.before(stored.seq);
    print(call, stored);
  }
  gaps.before(Number.POSITIVE_INFINITY);
  return { printed: found.length, ...(more && first !== undefined && { next: `--before ${first}` }) };
}

const print = (call: Call, stored: StoredEvent): void => call.out.raw(`${eventLine(stored)}\n`);

/** The call as it was typed, but for its place. */
function again(call: Call): string {
  const { after, before, last } = call.values;
  const other =
    last === undefined ? before && `--before ${before.at(-1)}` : after && `--after ${after.at(-1)}`;
  const words = [
    ...call.args.map(quoted),
    call.flags.has('archived') && '--archived',
    repeated(call, ['after', 'before']),
    other,
    call.json && '--json',
  ];
  return words.filter(Boolean).join(' ');
}
