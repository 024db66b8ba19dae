import { eventsOf, type Lookup } from './lookup.ts';
import type { Row } from './rows.ts';
import { clock, dollars, lasted, many, plain, priced, reasonOf, spanWord } from './words.ts';

/** A row, or a span of it, in one sentence: for a screen reader, and for who points at it. */
export function said(lookup: Lookup, rows: readonly Row[], row: number, span: number): string {
  const { lane: at, below, folded } = rows[row]!;
  const lane = lookup.data.lanes[at]!;
  if (span < 0) {
    return [
      `${lane.role} ${lookup.short[at]}`,
      [plain(lane.state), reasonOf(lane)].filter((word) => word !== null).join(': '),
      `${many(lane.spent.tokens, 'token')}, ${priced(lane.spent.cost)}`,
      many(eventsOf(lookup, at).length, 'event'),
      ...(below > 0 ? [`${many(below, 'session')} below${folded ? ', folded' : ''}`] : []),
      `lane ${row + 1} of ${rows.length}`,
    ].join(', ');
  }
  const { spans } = lookup.data;
  const end = spans.end[span] ?? null;
  const [tokens, cost] = [spans.tokens[span] ?? null, spans.cost_usd[span] ?? null];
  return [
    `${spanWord(spans, span)} of ${lane.role} ${lookup.short[at]}`,
    plain(spans.status[span] ?? 'open'),
    `${clock(lookup.zero + spans.start[span]!)}, ${lasted((end ?? lookup.length) - spans.start[span]!)}${end === null ? ' so far' : ''}`,
    ...(tokens === null ? [] : [many(tokens, 'token')]),
    ...(cost === null ? [] : [dollars(cost)]),
    `span ${span - lane.spans.first + 1} of ${lane.spans.count}`,
  ].join(', ');
}
