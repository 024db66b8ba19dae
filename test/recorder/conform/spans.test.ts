import { describe, expect, it } from 'vitest';
import { check, record } from './recorded.ts';

const { log, spans, ids } = await record();
const accepted = { accepted: true };

/** The spec's own records (4.3.9.18.2): one for each session, one for each run or part of one. */
const bindings = spans.flatMap((span) => {
  const own = spans.find(
    ({ kind, session_id }) => kind === 'model_session' && session_id === span.session_id,
  )!;
  if (span.kind === 'model_session')
    return {
      session_id: span.session_id,
      model_session_span_id: span.span_id,
      parent_model_session_span_id: span.parent_span_id,
    };
  const { span_id: activity_span_id, job_id, model_id, start_time, end_time, token_count, cost_usd } = span;
  return {
    ...{ activity_span_id, model_session_span_id: own.span_id, job_id, model_id },
    ...{ start_time, end_time, token_count, cost_usd },
  };
});

describe('4.3.9.18.2: span lines', () => {
  it('without any nothing is said, whatever the events name', () => {
    expect(log.some((event) => event.activity_span_id !== undefined)).toBe(true);
    expect(check(log, [], accepted)).toEqual([]);
  });

  it('in the shapes of the spec break no rule, and are held against the events too', () => {
    expect(bindings).toHaveLength(spans.length);
    expect(check(log, bindings, accepted)).toEqual([]);
    const fewer = bindings.filter((span) => !('activity_span_id' in span && span.token_count === 90));
    expect(check(log, fewer, accepted).map(({ rule }) => rule)).toEqual([
      'span/unknown',
      'span/totals', // tokens
      'span/totals', // dollars
    ]);
  });

  it('each opened and then closed, in the order of closing, and before their parents', () => {
    const opened = spans.map((span) => ({ ...span, end_time: null, status: null }));
    const closed = spans.filter(({ end_time }) => end_time !== null);
    expect(check(log, [...opened.toReversed(), ...closed], accepted)).toEqual([]);
  });

  it('closed as another one than was opened', () => {
    const at = spans.findIndex(({ kind }) => kind === 'tool_call');
    const opened = { ...spans[at]!, end_time: null, start_time: '2026-02-24T08:59:59.000Z' };
    expect(check(log, [opened, ...spans], accepted)).toMatchObject([
      {
        rule: 'span/reopened',
        message: `span ${opened.span_id} is closed with another kind, owner or beginning than it was opened`,
      },
    ]);
  });

  it('D-31: a session may outlive the one that spawned it, and may not begin before it', () => {
    const of = (id: string) =>
      spans.findIndex(({ kind, session_id }) => kind === 'model_session' && session_id === id);
    const late = spans.with(of(ids.first), {
      ...spans[of(ids.first)]!,
      end_time: '2026-02-25T00:00:00.000Z',
    });
    expect(check(log, late, accepted)).toEqual([]);
    const early = spans.with(of(ids.first), {
      ...spans[of(ids.first)]!,
      start_time: '2026-02-23T00:00:00.000Z',
    });
    expect(check(log, early, accepted).map(({ rule }) => rule)).toEqual(['span/interval']);
  });

  it.each([
    [null, 'a span is one JSON object'],
    ['x', 'a span is one JSON object'],
    [{ activity_span_id: 'a' }, 'model_session_span_id: Invalid input: expected string, received undefined'],
    [{ ...spans[0], start_time: 'yesterday' }, 'start_time: Invalid ISO datetime'],
    [{ ...spans[0], token_count: -1 }, 'token_count: Too small: expected number to be >=0'],
  ])('%j is none', (line, message) => {
    expect(check([], [line])).toEqual([{ rule: 'span/invalid', at: 1, event_id: '', message }]);
  });
});
