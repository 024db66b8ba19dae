import { type CostView, type SessionCost, type Spent, sumOf, type TreeNode } from '../../recorder/index.ts';
import type { SessionLane } from '../data/sessions.ts';
import type { Millis } from './moment.ts';
import type { SpanTable } from './spans.ts';

export interface LaneParts {
  /** In the order of their creation. */
  nodes: readonly TreeNode[];
  lane: ReadonlyMap<string, number>;
  spans: SpanTable;
  cost: CostView;
  trace: ReadonlyMap<string, string>;
  messages: ReadonlyMap<string, number>;
  /** Positions of cancels by their ids. */
  cancels: ReadonlyMap<string, number>;
  at: Millis;
}

export function lanesOf(parts: LaneParts): SessionLane[] {
  const { nodes, lane, spans, at } = parts;
  const costs = new Map(parts.cost.sessions.map((cost) => [cost.session_id, cost]));
  const below = spentBelow(nodes, lane);
  const lanes: SessionLane[] = [];
  for (const [position, node] of nodes.entries()) {
    const parent = lane.get(node.parent_session_id ?? '') ?? null;
    const own = spans.own.get(node.session_id)!;
    lanes.push({
      session_id: node.session_id,
      parent,
      root: parent === null ? position : lanes[parent]!.root,
      role: node.role,
      model_id: node.model_id,
      wp_id: node.wp_id,
      spawn_depth: node.spawn_depth,
      state: node.state,
      because: node.because,
      trace_id: parts.trace.get(node.session_id)!,
      start: spans.columns.start[own.first]!,
      end: spans.columns.end[own.first]!,
      spent: spentOf(node),
      spent_below: below[position]!,
      spans: own,
      cancelled: node.cancelled === null ? null : (parts.cancels.get(node.cancelled.op_id) ?? null),
      passed_over: node.passed_over.flatMap(({ op_id }) => parts.cancels.get(op_id) ?? []),
      announcements: node.announcements.map((told) => ({
        at: at(told.at),
        to: lane.get(told.to_session_id) ?? -1,
        message_id: told.message_id,
        status: told.status,
        summary_artifact_id: told.summary_artifact_id,
        read_at: told.read_at === null ? null : at(told.read_at),
      })),
      messages: parts.messages.get(node.session_id)!,
      budgets: budgetsOf(costs.get(node.session_id)!),
    });
  }
  return lanes;
}

const spentOf = ({ runs, tokens, cost }: Spent): Spent => ({ runs, tokens, cost });

/** Children come after their parents, so that from the last to the first every sum is whole when it is passed on. */
function spentBelow(nodes: readonly TreeNode[], lane: ReadonlyMap<string, number>): Spent[] {
  const sums = nodes.map(spentOf);
  for (const [position, { parent_session_id }] of [...nodes.entries()].reverse()) {
    const parent = lane.get(parent_session_id ?? '');
    if (parent !== undefined) sums[parent] = sumOf([sums[parent]!, sums[position]!]);
  }
  return sums;
}

/** Only budgets that have warned are known to a reader, and a budget warns of an amount that is known. */
const budgetsOf = ({ budgets }: SessionCost): SessionLane['budgets'] =>
  budgets.flatMap(({ budget_type, used, budget, crossed }) =>
    used === null ? [] : [{ budget_type, used, threshold: budget, warned: crossed.length > 0 }],
  );
