import { Facts } from './facts.tsx';
import type { Lookup } from './lookup.ts';
import { clock, dollars, lasted, many, UNPRICED } from './words.ts';

/** A run, an attempt or a tool call. */
export function SpanFacts({ lookup, span }: { lookup: Lookup; span: number }) {
  const { zero, length } = lookup;
  const { spans } = lookup.data;
  const start = spans.start[span]!;
  const end = spans.end[span] ?? null;
  const [tokens, cost] = [spans.tokens[span] ?? null, spans.cost_usd[span] ?? null];
  return (
    <Facts
      facts={[
        ['Span', <code key="id">{spans.span_id[span]}</code>],
        ['Tool', spans.name[span] ?? null],
        ['Job', spans.job_id[span] ? <code key="job">{spans.job_id[span]}</code> : null],
        [
          'Time',
          `${clock(zero + start)} to ${end === null ? 'now' : clock(zero + end)} UTC (${lasted((end ?? length) - start)})`,
        ],
        ['Tokens', tokens === null ? null : many(tokens, 'token')],
        ['Cost', cost === null ? (tokens === null || tokens === 0 ? null : UNPRICED) : dollars(cost)],
      ]}
    />
  );
}
