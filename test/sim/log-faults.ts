// The log of a world and its spans, as anybody's log is checked, and what a replay of it gives.
import type { Reading } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import { createLogCheck } from '../../tools/recorder/index.ts';
import { storedFaults } from './stored.ts';

interface Logged {
  view: Reading;
  log: readonly FlightRecorderEvent[];
  artifacts: { has(id: string): boolean };
}

/** One line for each rule that is broken and each difference between what is stored and what the events tell. */
export function logFaults({ view, log, artifacts }: Logged): string[] {
  const found: string[] = [];
  const check = createLogCheck(({ rule, message }) => found.push(`${rule}: ${message}`), {
    hasArtifact: (id) => artifacts.has(id),
    accepted: true,
  });
  const told = new Map<string, string>();
  let at = 0;
  for (const event of log) {
    check.observe(event, ++at);
    if (event.fr_event_id === 'FR-EVT-SESS-003') told.set(event.payload.session_id, spent(event.payload));
  }
  for (const span of view.all('span')) {
    // A world books what a run has cost whenever it likes; for the log such a run was cut off.
    const late = told.get(span.session_id);
    const isLate = late !== undefined && late !== spent(view.get('session', span.session_id)!);
    check.span(isLate ? { ...span, status: 'interrupted' } : span, ++at);
  }
  check.end();
  storedFaults((rule, message) => found.push(`${rule}: ${message}`), view, log);
  return found;
}

const spent = (totals: { total_tokens: number; total_cost_usd: number | null }): string =>
  `${totals.total_tokens}, ${totals.total_cost_usd}`;
