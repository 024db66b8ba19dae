import type { SpanColumns } from '../../../../tools/report/data/sessions.ts';

interface Draft {
  kind: number;
  depth: number;
  start: number;
  end: number | null;
  status?: string | null;
  parent?: number;
  tokens?: number | null;
  cost_usd?: number | null;
}

/** Columns of spans that say nothing but what is given. */
export function spansWith(drafts: readonly Draft[]): SpanColumns {
  return {
    span_id: drafts.map((_, at) => `span-${at}`),
    lane: drafts.map(() => 0),
    kind: drafts.map(({ kind }) => kind),
    parent: drafts.map(({ parent }) => parent ?? -1),
    depth: drafts.map(({ depth }) => depth),
    start: drafts.map(({ start }) => start),
    end: drafts.map(({ end }) => end),
    status: drafts.map(({ status }) => status ?? null),
    name: drafts.map(() => null),
    job_id: drafts.map(() => null),
    tokens: drafts.map(({ tokens }) => tokens ?? null),
    cost_usd: drafts.map(({ cost_usd }) => cost_usd ?? null),
  };
}
