import type { ModelRunJobLane } from '../../generated/index.ts';
import type { Draft } from '../draft.ts';
import type { LanesRow } from '../rows.ts';
import { lanes } from '../rules.ts';

const start: Omit<LanesRow, 'key'> = {
  virtual: 0,
  pass: { PRIMARY: 0, SUBAGENT: 0, VALIDATION: 0, BACKGROUND: 0 },
  waiting: [],
};

/**
 * Whose turn it is among lanes that could run something now. Each dispatch moves a lane on by its stride, so
 * that weights hold over any stretch. A lane that had nothing to run joins at the present: it banks nothing,
 * while one that kept waiting keeps what it is owed.
 */
export function nextLane(draft: Draft, candidates: ReadonlySet<ModelRunJobLane>): ModelRunJobLane {
  const row = draft.get('lanes', 'lanes') ?? start;
  const { weights } = draft.rules.scheduler;
  const pass = { ...row.pass };
  const waiting = lanes.filter((lane) => candidates.has(lane));
  for (const lane of waiting) {
    if (!row.waiting.includes(lane)) pass[lane] = Math.max(pass[lane], row.virtual);
  }
  const finish = (lane: ModelRunJobLane): number => pass[lane] + 1 / weights[lane];
  const chosen = [...waiting].sort((a, b) => finish(a) - finish(b))[0]!;
  const virtual = Math.max(row.virtual, pass[chosen]);
  pass[chosen] = finish(chosen);
  draft.put('lanes', { key: 'lanes', virtual, pass, waiting });
  return chosen;
}
