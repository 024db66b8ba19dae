import { describe, expect, it } from 'vitest';
import { chosenOf } from '../../../../tools/report/page/sessions/chosen.ts';
import {
  artifactIdsOf,
  eventsInside,
  spansAround,
  spansWithin,
} from '../../../../tools/report/page/sessions/inside.ts';
import { lookupOf } from '../../../../tools/report/page/sessions/lookup.ts';
import { rowsOf } from '../../../../tools/report/page/sessions/rows.ts';
import { said } from '../../../../tools/report/page/sessions/said.ts';
import {
  dollars,
  hasFinished,
  lasted,
  plain,
  priced,
  pricedShort,
  reasonOf,
  short,
  sumOf,
} from '../../../../tools/report/page/sessions/words.ts';
import { made } from './made.ts';

const { sessions } = made(40, 600);
const lookup = lookupOf(sessions);

describe('words', () => {
  it('a session that was cancelled has not finished', () => {
    const states = ['ACTIVE', 'BLOCKED', 'CANCELLED', 'COMPLETED', 'FAILED'];
    expect(states.filter((state) => hasFinished({ state }))).toEqual(['COMPLETED', 'FAILED']);
  });

  it('say amounts', () => {
    expect([0, 0.0042, 0.11, 12.3].map(dollars)).toEqual(['$0', '$0.0042', '$0.11', '$12.30']);
    expect([830, 14_200, 999_960, 3_100_000].map(short)).toEqual(['830', '14.2k', '1M', '3.1M']);
    expect([350, 41_300, 59_950, 250_000, 7_500_000].map(lasted)).toEqual([
      '350 ms',
      '41.3 s',
      '1 min',
      '4 min 10 s',
      '2 h 05 min',
    ]);
    expect(['AWAITING_USER', 'awaiting_approval', 'wrong branch'].map(plain)).toEqual([
      'awaiting user',
      'awaiting approval',
      'wrong branch',
    ]);
  });

  it('say what a session that stands still waits for, as the commands do', () => {
    const of = (state: string, because: string | null) => reasonOf({ state, because });
    expect(of('BLOCKED', 'consent')).toBe('waits for consent to call a model in the cloud');
    expect(of('BLOCKED', 'gate')).toBe('waits for approval of a tool call, or a validation');
    expect(of('BLOCKED', 'input')).toBe('waits for a message');
    expect(of('BLOCKED', 'SOME_THING')).toBe('waits for some thing');
    expect(of('BLOCKED', 'constructor')).toBe('waits for constructor');
    expect(of('PAUSED', 'budget')).toBe('its budget is used up');
    expect(of('PAUSED', 'crash_recovery')).toBe('the process that ran it has died');
    expect(of('ACTIVE', null)).toBeNull();
  });

  it('never take what has no price for nothing', () => {
    expect(priced({ cost_usd: 0.12, unpriced_runs: 2 })).toBe('$0.12 and 2 runs without a price');
    expect(priced({ cost_usd: null, unpriced_runs: 1 })).toBe('1 run without a price');
    expect(priced({ cost_usd: null, unpriced_runs: 0 })).toBe('no cost');
    expect(pricedShort({ cost_usd: 0.12, unpriced_runs: 2 })).toBe('$0.12+');
    expect(pricedShort({ cost_usd: null, unpriced_runs: 2 })).toBe('no price');
    expect(
      sumOf([
        { runs: 1, tokens: 10, cost: { cost_usd: 0.1, unpriced_runs: 0 } },
        { runs: 2, tokens: 20, cost: { cost_usd: 0.2, unpriced_runs: 1 } },
        { runs: 0, tokens: 0, cost: { cost_usd: null, unpriced_runs: 0 } },
      ]),
    ).toEqual({ runs: 3, tokens: 30, cost: { cost_usd: 0.3, unpriced_runs: 1 } });
  });

  it('say aloud what a row waits for', () => {
    const blocked = structuredClone(sessions);
    Object.assign(blocked.lanes[0]!, { state: 'BLOCKED', because: 'consent' });
    const rows = [{ lane: 0, depth: 0, below: 0, folded: false }];
    expect(said(lookupOf(blocked), rows, 0, -1)).toMatch(
      /^Orchestrator \w{8}…, blocked: waits for consent to call a model in the cloud, [\d,]+ tokens, /,
    );
  });

  it('say a row and a span in a sentence', () => {
    const rows = rowsOf(
      lookup,
      sessions.lanes.map(() => true),
      new Set(),
    );
    expect(said(lookup, rows, 0, -1)).toMatch(
      /^Orchestrator \w{8}…, cancelled, [\d,]+ tokens, .*\$.*, \d+ events, 39 sessions below, lane 1 of 40$/,
    );
    expect(said(lookup, rows, 0, 2)).toMatch(
      /^attempt of Orchestrator \w{8}…, \w+, 2026-11-21 09:00:00\.600, .*, [\d,]+ tokens, \$[\d.]+, span 3 of \d+$/,
    );
  });
});

describe('what the address points at', () => {
  const at = (path: string[], query = '') => chosenOf(lookup, { path, query: new URLSearchParams(query) });
  const lane = sessions.lanes[3]!;
  const span = lane.spans.first + 2;

  it('is found by whole ids and by their beginnings', () => {
    const [session, id] = [lane.session_id.slice(0, 10), sessions.spans.span_id[span]!.slice(0, 10)];
    expect(at([session], `span=${id}&event=7&artifact=x`)).toEqual({
      lane: 3,
      span,
      event: 6,
      artifact: 'x',
      missing: null,
    });
  });

  it('is found by an event alone', () => {
    const [event] = sessions.events.span.flatMap((of, place) => (of === span ? [place] : []));
    expect(at([], `event=${sessions.events.seq[event!]}`)).toMatchObject({ lane: 3, span, event });
  });

  it('is an event of no session that is shown', () => {
    const lone = structuredClone(sessions);
    Object.assign(lone.events.lane, { 0: -1 });
    Object.assign(lone.events.span, { 0: -1 });
    const query = new URLSearchParams(`event=${lone.events.seq[0]}`);
    expect(chosenOf(lookupOf(lone), { path: [], query })).toMatchObject({
      lane: -1,
      event: 0,
      missing: null,
    });
  });

  it('is said to be missing where it is', () => {
    expect(at(['nobody'])).toMatchObject({ lane: -1, missing: 'session nobody' });
    expect(at([lane.session_id], 'span=none')).toMatchObject({ lane: 3, span: -1, missing: 'span none' });
    expect(at([], 'event=9999')).toMatchObject({ lane: -1, missing: 'event 9999' });
  });
});

describe('inside of a span', () => {
  const lane = sessions.lanes[0]!;
  const session = lane.spans.first;
  const { spans, events } = sessions;

  it('lie the events of everything inside of it', () => {
    const run = session + 1;
    const inside = new Set(
      spansWithin(spans, lane.spans, run).flatMap((at) => [at, ...spansWithin(spans, lane.spans, at)]),
    );
    const naive = events.span.flatMap((of, at) => (of === run || inside.has(of) ? [at] : []));
    expect(naive.length).toBeGreaterThan(0);
    expect(eventsInside(lookup, 0, run)).toEqual(naive);
    expect(eventsInside(lookup, 0, -1)).toEqual(events.lane.flatMap((of, at) => (of === 0 ? [at] : [])));
  });

  it('is told with what is around it', () => {
    const call = spans.kind.indexOf(3);
    expect(spansAround(spans, call).map((at) => spans.kind[at])).toEqual([0, 1, 2, 3]);
  });

  it('names artifacts once, and looks no deeper than a payload should be', () => {
    const id = `sha256:${'a'.repeat(64)}`;
    const deep = (levels: number): unknown => (levels === 0 ? id : [deep(levels - 1)]);
    expect(artifactIdsOf({ payload: { a: id, b: [id], c: 'sha256:short' } })).toEqual([id]);
    expect(artifactIdsOf({ artifact: id })).toEqual([]);
    expect(artifactIdsOf({ payload: deep(8) as never })).toEqual([id]);
    expect(artifactIdsOf({ payload: deep(9) as never })).toEqual([]);
  });
});
