import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import { type Spent, sumOf } from '../../../tools/recorder/index.ts';
import type { SessionsData } from '../../../tools/report/index.ts';
import { database } from '../../engine/opened.ts';
import { Coverage } from '../../sim/coverage.ts';
import { playEngine } from '../../sim/engine-play.ts';
import { openEngineWorld } from '../../sim/engine-world.ts';
import { eventsOf, gathered, logOf } from './gathered.ts';

const SEEDS = [16, 32];
const COMMANDS = 150;

async function played(seed: number): Promise<string> {
  const path = database();
  await using store = await openSqliteStore(path);
  await playEngine(await openEngineWorld({ seed, coverage: new Coverage(), store }), COMMANDS);
  return path;
}

describe('a report of a world', () => {
  it.each(SEEDS)('seed %i: says every event once and nests what lies inside another', async (seed) => {
    const path = await played(seed);
    let log: unknown[] = [];
    let costs: { total: Spent; sessions: Spent[] } | undefined;
    const answer = await gathered(path, { texts: false }, async (opened) => {
      log = await logOf(opened);
      costs = await opened.view('cost');
    });
    const { data } = answer;
    expect(eventsOf(answer)).toEqual(log);
    expect(log.length).toBeGreaterThan(100);
    expect(faultsOf(data)).toEqual([]);
    expect(data.lanes.map(({ spent }) => spent)).toEqual(costs!.sessions.map(spentOf));
    expect(data.total).toEqual(spentOf(costs!.total));
    const tops = data.lanes.filter(({ parent }) => parent === null);
    expect(sumOf(tops.map(({ spent_below }) => spent_below))).toEqual(data.total);
  });
});

const spentOf = ({ runs, tokens, cost }: Spent): Spent => ({ runs, tokens, cost });

/** What cannot be: an end outside of its lane, a parent after its child, a time after the last. */
function faultsOf({ lanes, spans, arrows, cancels, events, ...data }: SessionsData): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const last = Date.parse(data.as_of) - Date.parse(data.from);
  const inTime = (at: number | null): boolean => at === null || (at >= 0 && at <= last);
  let next = 0;
  for (const [at, lane] of lanes.entries()) {
    const { parent, root, first, count } = { ...lane, ...lane.spans };
    must(parent === null ? root === at : parent < at && root === lanes[parent]!.root, `lane ${at}: parent`);
    must(first === next && count > 0 && spans.kind[first] === 0, `lane ${at}: spans`);
    must(lane.cancelled === null || lane.state === 'CANCELLED', `lane ${at}: cancelled`);
    must((lane.state === 'CANCELLED') === (lane.cancelled !== null), `lane ${at}: who cancelled it`);
    must(lane.start === spans.start[first] && lane.end === spans.end[first], `lane ${at}: times`);
    next = first + count;
  }
  must(next === spans.span_id.length, 'spans of no lane');
  for (const [span, lane] of spans.lane.entries()) {
    const parent = spans.parent[span]!;
    const { first, count } = lanes[lane]!.spans;
    must(span >= first && span < first + count, `span ${span}: outside of its lane`);
    must(inTime(spans.start[span]!) && inTime(spans.end[span]!), `span ${span}: outside of time`);
    if (parent === -1) must(span === first && spans.depth[span] === 0, `span ${span}: no parent`);
    else {
      must(parent < span && spans.lane[parent] === lane, `span ${span}: parent`);
      must(spans.depth[span] === spans.depth[parent]! + 1, `span ${span}: depth`);
      must(spans.start[span]! >= spans.start[parent]!, `span ${span}: begins before the one around it`);
    }
  }
  for (const [at, { from, to, from_span, to_span, ...arrow }] of arrows.entries()) {
    must(from_span === -1 || spans.lane[from_span] === from, `arrow ${at}: begins in another lane`);
    must(to_span === -1 || spans.lane[to_span] === to, `arrow ${at}: ends in another lane`);
    must(inTime(arrow.at) && inTime(arrow.read_at), `arrow ${at}: outside of time`);
    must(arrow.kind === 'announce' || lanes[to]!.parent === from, `arrow ${at}: not from the parent`);
  }
  for (const [at, { cancelled, skipped }] of cancels.entries()) {
    for (const lane of cancelled) must(lanes[lane]!.cancelled !== null, `cancel ${at}: lane ${lane} lives`);
    for (const lane of skipped)
      must(lanes[lane]!.passed_over.includes(at), `cancel ${at}: lane ${lane} was passed`);
  }
  for (const [at, span] of events.span.entries()) {
    must(inTime(events.at[at]!), `event ${at}: outside of time`);
    must(span === -1 || spans.lane[span] === events.lane[at], `event ${at}: its span is in another lane`);
  }
  return faults;
}
