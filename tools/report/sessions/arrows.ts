import type { Arrow, ArrowEnd } from '../../recorder/index.ts';
import type { SessionArrow } from '../data/sessions.ts';
import type { Millis } from './moment.ts';
import type { SpanTable } from './spans.ts';

/** Those between sessions that are both shown: an arrow to elsewhere has nowhere to go. */
export function arrowsOf(
  arrows: readonly Arrow[],
  lane: ReadonlyMap<string, number>,
  { position, columns }: SpanTable,
  at: Millis,
): SessionArrow[] {
  const spanOf = ({ span_id }: ArrowEnd): number => {
    const span = position.get(span_id ?? '') ?? -1;
    return span >= 0 && columns.depth[span] === 0 ? -1 : span;
  };
  return arrows.flatMap((arrow): SessionArrow[] => {
    const [from, to] = [lane.get(arrow.from.session_id), lane.get(arrow.to.session_id)];
    if (from === undefined || to === undefined) return [];
    const read_at = arrow.kind === 'announce' && arrow.read_at !== null ? at(arrow.read_at) : null;
    const [from_span, to_span] = [spanOf(arrow.from), spanOf(arrow.to)];
    return [{ kind: arrow.kind, at: at(arrow.at), read_at, from, from_span, to, to_span }];
  });
}
