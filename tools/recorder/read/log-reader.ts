import { definitionOf } from '../accept/check.ts';
import { createLogCheck, type LogCheck } from '../conform/check-log.ts';
import type { VerifyOptions, Violation } from '../conform/state.ts';
import { type EventMap, entryOf } from './entries.ts';
import { createLineReader, type RawLine } from './lines.ts';
import { createOrder } from './order.ts';
import { readText, type Told } from './read-text.ts';

/** A violation with its place: `at` is the line, `column` counts from 1. */
export interface LogFault extends Violation {
  column: number;
}

/** What a log consisted of. */
export interface LogReading {
  bytes: number;
  lines: number;
  events: number;
  spans: number;
  gaps: number;
  /** First and last lines of archives. */
  archives: number;
  /** Whether it was read as a piece of a log: because the options say so, or since an archive or a gap begins it. */
  partial: boolean;
  /** How many sessions the log has created. */
  sessions: number;
  /** How often each registered event occurred, by FR-EVT id. */
  ids: Record<string, number>;
}

export interface LogReaderOptions extends VerifyOptions {
  /** For logs whose envelope is another one. */
  map?: EventMap;
}

export interface LogReader {
  push(bytes: Uint8Array): void;
  /** An entry that was no line: `at` is told as its line. */
  entry(value: unknown, at: number): void;
  /** `cut`: the bytes are known to be incomplete, so that half a line at their end is nothing new. */
  end(cut?: boolean): LogReading;
}

/** Bytes of one line; beyond it is no event, and it must not fill the memory. */
export const LONGEST_LINE = 8 * 1024 * 1024;

/**
 * Checks a log as its bytes come. What is kept of it grows by some 24 bytes an event, 100 a session that has ended, and
 * 30 a span that events name; nothing else grows with its length.
 */
export function createLogReader(
  report: (fault: LogFault) => void,
  { map, ...options }: LogReaderOptions = {},
): LogReader {
  const reading: LogReading = {
    bytes: 0,
    lines: 0,
    events: 0,
    spans: 0,
    gaps: 0,
    archives: 0,
    partial: options.partial === true,
    sessions: 0,
    ids: {},
  };
  const ids = new Map<string, number>();
  let check: LogCheck | undefined;
  /** What stands before the first event says whether this is a piece; the rules have to know it from their start. */
  const checking = (): LogCheck =>
    (check ??= createLogCheck((violation) => report({ ...violation, column: 1 }), {
      ...options,
      partial: reading.partial,
    }));
  let place = 0;
  let isCut = false;
  const tell = (rule: string, message: string, column = 1): void =>
    report({ rule, at: place, column, event_id: '', message });
  const order = createOrder(tell);
  if (reading.partial) order.piece();

  const entry = (value: unknown, at: number): void => {
    place = at;
    const found = entryOf(value, map);
    switch (found.kind) {
      case 'event': {
        if (Object.hasOwn(found, 'seq')) order.event(found.seq);
        const id = found.event.fr_event_id;
        if (definitionOf(id)) ids.set(id as string, (ids.get(id as string) ?? 0) + 1);
        reading.events += 1;
        checking().observe(found.event, at);
        return;
      }
      case 'span':
        reading.spans += 1;
        checking().span(found.span, at);
        return;
      case 'gap':
        reading.gaps += 1;
        order.gap(found.first_seq, found.last_seq);
        // What retention purges is of no session, so that the rest is whole.
        if (found.why !== 'purged') reading.partial ||= check === undefined;
        return;
      case 'archive':
        reading.archives += 1;
        order.piece();
        reading.partial ||= check === undefined;
        return;
      case 'none':
        tell('log/not-an-event', `Unexpected ${found.found}, expected an event on each line`);
    }
  };

  const line = (raw: RawLine): void => {
    reading.lines += 1;
    if (!raw.ended && isCut) return;
    const text = readText(raw);
    if (text === undefined) return;
    place = raw.number;
    if ('rule' in text) tell(text.rule, text.message, text.column);
    else entry(text.value, raw.number);
  };

  const lines = createLineReader(LONGEST_LINE, line, (number, length) => {
    reading.lines += 1;
    place = number;
    const told: Told = tooLong(length);
    tell(told.rule, told.message);
  });

  return {
    push(bytes) {
      reading.bytes += bytes.length;
      lines.push(bytes);
    },
    entry,
    end(cut = false) {
      isCut = cut;
      lines.end();
      checking().end();
      reading.sessions = checking().sessions;
      reading.ids = Object.fromEntries([...ids].sort(([a], [b]) => (a < b ? -1 : 1)));
      if (reading.events === 0) {
        place = Math.max(1, reading.lines);
        tell('log/empty', `Unexpected end of a log without events, expected one at least`);
      }
      return reading;
    },
  };
}

const tooLong = (length: number): Told => ({
  rule: 'log/line-too-long',
  column: 1,
  message: `Unexpected line of ${length} bytes, expected ${LONGEST_LINE} at most`,
});
