import type { SessionLane, SessionsData } from '../../data/sessions.ts';
import { SPAN_KINDS, type SpanColumns, type SpanKind } from '../../data/sessions.ts';

type Spent = SessionsData['total'];

/** `350 ms`, `41.3 s`, `4 min 10 s`, `2 h 05 min`, as the commands say it. */
export function lasted(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  // What would round up to a minute is one.
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `$0.0042`, `$12.30`; nothing is `$0`. */
export function dollars(amount: number): string {
  if (amount === 0) return '$0';
  return amount < 0.1 ? `$${Number(amount.toPrecision(2))}` : `$${amount.toFixed(2)}`;
}

/** `830`, `14.2k`, `3.1M`. */
export function short(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 999_950) return `${Number((count / 1_000).toFixed(1))}k`;
  return `${Number((count / 1_000_000).toFixed(1))}M`;
}

export const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

/** What is known, and how much is not, since null is not zero. */
export function priced({ cost_usd, unpriced_runs }: Spent['cost']): string {
  const unknown = unpriced_runs === 0 ? '' : `${many(unpriced_runs, 'run')} without a price`;
  if (cost_usd === null) return unknown === '' ? 'no cost' : unknown;
  return unknown === '' ? dollars(cost_usd) : `${dollars(cost_usd)} and ${unknown}`;
}

/** For a label: an asterisk says that more was used than is priced. */
export function pricedShort({ cost_usd, unpriced_runs }: Spent['cost']): string {
  if (cost_usd === null) return unpriced_runs > 0 ? 'no price' : '$0';
  return `${dollars(cost_usd)}${unpriced_runs > 0 ? '+' : ''}`;
}

/** Amounts are sums of decimal prices: what floating point adds to them is cut off. */
export function sumOf(all: readonly Spent[]): Spent {
  const sum = { runs: 0, tokens: 0, cost: { cost_usd: null as number | null, unpriced_runs: 0 } };
  for (const { runs, tokens, cost } of all) {
    sum.runs += runs;
    sum.tokens += tokens;
    sum.cost.unpriced_runs += cost.unpriced_runs;
    if (cost.cost_usd !== null) sum.cost.cost_usd = (sum.cost.cost_usd ?? 0) + cost.cost_usd;
  }
  if (sum.cost.cost_usd !== null) sum.cost.cost_usd = Math.round(sum.cost.cost_usd * 1e9) / 1e9;
  return sum;
}

const KIND_WORDS: Record<SpanKind, string> = {
  model_session: 'session',
  model_run: 'run',
  attempt: 'attempt',
  tool_call: 'tool call',
};

export const kindOf = (spans: SpanColumns, span: number): SpanKind => SPAN_KINDS[spans.kind[span]!]!;

/** `attempt`, `tool call read_file`. */
export function spanWord(spans: SpanColumns, span: number): string {
  const word = KIND_WORDS[kindOf(spans, span)];
  const name = spans.name[span];
  return name ? `${word} ${name}` : word;
}

/** A constant of the code is put in plain letters: `AWAITING_USER` is read as "awaiting user". */
export const plain = (word: string): string =>
  /^[A-Z_]+$/.test(word) || word.includes('_') ? word.toLowerCase().replaceAll('_', ' ') : word;

/** `2026-12-01 10:04:11.250`, in UTC. */
export const clock = (time: number): string =>
  new Date(time).toISOString().replace('T', ' ').replace('Z', '');

/** Of what used tokens and has no price: null is not zero. */
export const UNPRICED = 'without a price';

/** Whether a session came to its own end: one that was cancelled has not finished what it was for. */
export const hasFinished = ({ state }: Pick<SessionLane, 'state'>): boolean =>
  state === 'COMPLETED' || state === 'FAILED';

/** By what stands in `because`: what somebody has to do, or to wait for. */
const WAITS: Readonly<Record<string, string>> = {
  gate: 'waits for approval of a tool call, or a validation',
  consent: 'waits for consent to call a model in the cloud',
  children: 'waits for its children',
  input: 'waits for a message',
  retry: 'waits to be tried again',
  dispatch: 'waits for a permit',
  merge_conflict: 'waits for a merge conflict to be settled',
};
const PAUSED_BY: Readonly<Record<string, string>> = {
  operator: 'by an operator',
  policy: 'by a policy',
  budget: 'its budget is used up',
  crash_recovery: 'the process that ran it has died',
};

/** What a session that stands still waits for, as the commands say it; null where the state says it all. */
export function reasonOf({ state, because }: Pick<SessionLane, 'state' | 'because'>): string | null {
  if (because === null) return null;
  const words = state === 'PAUSED' ? PAUSED_BY : WAITS;
  if (Object.hasOwn(words, because)) return words[because]!;
  return state === 'BLOCKED' ? `waits for ${plain(because)}` : plain(because);
}
