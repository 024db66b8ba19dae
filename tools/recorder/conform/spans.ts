import { Column } from './column.ts';
import { IdTable } from './id-table.ts';
import { type SpanLine, spanOf } from './span-line.ts';
import { type KeptSpan, SpanTable } from './span-table.ts';
import { isTerminal, type LogState, type Place, type Rules } from './state.ts';

/** Below which span a span lies (D-38). An activity does not say what it is, and lies below its session's. */
const above: Record<SpanLine['kind'], SpanLine['kind']> = {
  model_session: 'model_session',
  model_run: 'model_session',
  attempt: 'model_run',
  tool_call: 'attempt',
  activity: 'model_session',
};

/** A call that was cut off may still book what it has cost after its session has told its sum (D-14). */
const cutOff: ReadonlySet<string | null> = new Set(['cancelled', 'interrupted']);

/** What FR-EVT-SESS-003 tells of one session. */
interface Told {
  at: number;
  tokens: number;
  cost: number | null;
}

interface Sum {
  firm: number;
  soft: number;
  cost: number;
  softCost: number;
}

/**
 * Spans against each other and against the events: D-38, 4.3.9.18.2. Lines come in any order among the events, so
 * nearly everything is told at the end; without any line nothing is said.
 */
export function spanRules(state: LogState): Rules & { line(line: unknown): void } {
  const { sessions, report, here } = state;
  const spans = new SpanTable();
  /** Activities that events name, each with the place of the first event that does. */
  const named = new IdTable();
  const namedAt = new Column();
  /** Sessions that were created, where, and which span the event of it names: 0, or 1 and the number of its id. */
  const born = new IdTable();
  const bornAt = new Column();
  const bornIn = new Column();
  const theirs = new IdTable();
  /** What was told at completion, by number of the session; -1 = nothing, or no cost. */
  const tokens = new Column();
  const costs = new Column();

  return {
    after(event) {
      const { activity_span_id: activity } = event;
      if (activity !== undefined && named.add(activity)) namedAt.set(named.size - 1, here().at);
      if (event.fr_event_id === 'FR-EVT-SESS-001' && born.add(event.payload.session_id)) {
        const span = event.model_session_span_id;
        if (span !== undefined) theirs.add(span);
        const number = born.size - 1;
        bornAt.set(number, here().at);
        bornIn.set(number, span === undefined ? 0 : theirs.find(span) + 1);
        tokens.set(number, -1);
        costs.set(number, -1);
      }
      if (event.fr_event_id !== 'FR-EVT-SESS-003') return;
      const number = born.find(event.payload.session_id);
      if (number < 0) return;
      tokens.set(number, event.payload.total_tokens);
      costs.set(number, event.payload.total_cost_usd ?? -1);
    },

    line(line) {
      const span = spanOf(line);
      if (typeof span === 'string') {
        report('span/invalid', span);
        return;
      }
      const { span_id: id } = span;
      const known = spans.find(id);
      if (!known) spans.add(span, here().at);
      else if (!Number.isNaN(known.end)) report('span/reopened', `span ${id} occurs after it was closed`);
      else if (span.end_time === null) report('span/reopened', `span ${id} is opened twice`);
      else if (!spans.close(span, here().at))
        report(
          'span/reopened',
          `span ${id} is closed with another kind, owner or beginning than it was opened`,
        );
    },

    end() {
      if (spans.size === 0) return;
      const ofSession = new Map<string, string>();
      const sums = new Map<string, Sum>();
      for (let at = 0; at < spans.size; at++) {
        const span = spans.at(at);
        if (span.kind === 'model_session') only(span, ofSession);
        const parent = span.parent_span_id === null ? undefined : spans.find(span.parent_span_id);
        const owner = span.session_id ?? parent?.session_id ?? null;
        holds(span, parent);
        if (!open(span, owner)) inside(span, parent);
        if (owner !== null) count(sums, owner, span);
      }
      if (state.partial) return;
      unknown();
      for (let number = 0; number < born.size; number++) {
        const id = born.text(number);
        const span = ofSession.get(id);
        const at = bornAt.at(number);
        const saidIn = bornIn.at(number);
        const said = saidIn === 0 ? span : theirs.text(saidIn - 1);
        if (span === undefined) report('span/missing', `session ${id} has no span`, { at, event_id: '' });
        else if (said !== span)
          report('span/unknown', `session ${id} names the span ${said}, its own is ${span}`, {
            at,
            event_id: '',
          });
        const told = tokens.at(number);
        const cost = costs.at(number) < 0 ? null : costs.at(number);
        if (told >= 0) adds(id, { at, tokens: told, cost }, sums.get(id));
      }
    },
  };

  /** Exactly one span for each session. */
  function only(span: KeptSpan, ofSession: Map<string, string>): void {
    const { session_id, span_id } = span;
    if (session_id === null) return;
    if (ofSession.has(session_id))
      report(
        'span/second',
        `session ${session_id} has the spans ${ofSession.get(session_id)} and ${span_id}`,
        of(span),
      );
    else ofSession.set(session_id, span_id);
  }

  function holds(span: KeptSpan, parent: KeptSpan | undefined): void {
    const { span_id: id, kind, session_id } = span;
    const above_id = span.parent_span_id;
    if (!parent) {
      const root = kind === 'model_session' && above_id === null;
      if (root || (state.partial && above_id !== null)) return;
      report(
        'span/no-parent',
        `the ${kind} span ${id} lies in ${above_id ?? 'no span'}, of which no line tells`,
        of(span),
      );
      return;
    }
    const expected = kind === 'model_session' ? sessions.get(session_id!)?.parent : session_id;
    const owned = expected === null || expected === undefined || parent.session_id === expected;
    if (parent.kind !== above[kind] || !owned)
      report(
        'span/wrong-parent',
        `the ${kind} span ${id} lies in the ${parent.kind} span ${parent.span_id} of session ${parent.session_id}`,
        of(span),
      );
  }

  /** A session that has ended leaves no span open. The spec's binding of a session has no times at all. */
  function open(span: KeptSpan, owner: string | null): boolean {
    const session = owner === null ? undefined : sessions.get(owner);
    const isOpen = Number.isNaN(span.end) && !Number.isNaN(span.start);
    if (!isOpen || !session || !isTerminal(session.state)) return false;
    report(
      'span/left-open',
      `the ${span.kind} span ${span.span_id} is open, session ${owner} is ${session.state}`,
      of(span),
    );
    return true;
  }

  /** A child may outlive a session that completed without it (D-31): of session spans only the beginnings compare. */
  function inside(span: KeptSpan, parent: KeptSpan | undefined): void {
    const { kind, span_id: id, start, end } = span;
    if (end < start) report('span/interval', `the ${kind} span ${id} ends before it begins`, of(span));
    else if (parent && start < parent.start)
      report(
        'span/interval',
        `the ${kind} span ${id} begins before ${parent.span_id}, in which it lies`,
        of(span),
      );
    else if (
      parent &&
      kind !== 'model_session' &&
      (end > parent.end || (Number.isNaN(end) && !Number.isNaN(parent.end)))
    )
      report(
        'span/interval',
        `the ${kind} span ${id} outlives ${parent.span_id}, in which it lies`,
        of(span),
      );
  }

  function unknown(): void {
    for (let at = 0; at < named.size; at++) {
      const id = named.text(at);
      if (!spans.find(id))
        report('span/unknown', `activity_span_id ${id} names no span`, { at: namedAt.at(at), event_id: '' });
    }
  }

  /** The attempts add up to what the session has told; one that was cut off may have booked more since. */
  function adds(id: string, { at, tokens, cost }: Told, sum: Sum | undefined): void {
    if (!sum) return;
    const place = { at, event_id: '' };
    if (tokens < sum.firm || tokens > sum.firm + sum.soft)
      report(
        'span/totals',
        `session ${id} reports ${tokens} tokens, its attempts ${sum.firm + sum.soft}`,
        place,
      );
    const all = sum.cost + sum.softCost;
    const close = 1e-6 * Math.max(1, all);
    const known = cost ?? 0;
    if (known < sum.cost - close || known > all + close)
      report('span/totals', `session ${id} reports ${cost} USD, its attempts ${all}`, place);
  }
}

const of = ({ at }: KeptSpan): Place => ({ at, event_id: '' });

function count(sums: Map<string, Sum>, owner: string, span: KeptSpan): void {
  if (span.kind !== 'attempt' && span.kind !== 'activity') return;
  const sum = sums.get(owner) ?? { firm: 0, soft: 0, cost: 0, softCost: 0 };
  sums.set(owner, sum);
  const soft = cutOff.has(span.status);
  sum[soft ? 'soft' : 'firm'] += span.tokens ?? 0;
  sum[soft ? 'softCost' : 'cost'] += span.cost ?? 0;
}
