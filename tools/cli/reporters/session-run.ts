import type { ScenarioResult } from '../../engine/index.ts';
import { count, type Output } from '../output.ts';

const INDENT = ' '.repeat(12);

/** What a scenario did, in five lines, and every rule that it broke. */
export function printRun(out: Output, result: ScenarioResult, milliseconds: number): void {
  const { stats } = result;
  out.line(
    `${INDENT}${count(stats.sessions, 'session')}, ${count(stats.levels, 'level')} · ${milliseconds.toFixed(1)} ms, simulated ${(stats.simulated_ms / 1000).toFixed(0)} s`,
  );
  for (const line of runLines(result)) out.line(INDENT + line);
  printViolations(out, result, 20);
}

export function printViolations(out: Output, { violations }: ScenarioResult, most: number): void {
  for (const { rule, message } of violations.slice(0, most))
    out.line(`${INDENT}${out.red('violation')} ${rule}: ${message}`);
  if (violations.length > most) out.line(`${INDENT}… and ${violations.length - most} more (--json has all)`);
}

/** Shared with `npm start`. */
export function runLines({ stats, events, violations }: ScenarioResult): string[] {
  const refused = Object.entries(stats.refused);
  const total = refused.reduce((sum, [, n]) => sum + n, 0);
  const reasons = refused.length > 0 ? ` (${refused.map(([reason, n]) => `${reason} ${n}`).join(', ')})` : '';
  const { cancelled, skipped } = stats.cascade;
  const lines = [`spawned ${stats.spawned} · refused ${total}${reasons}`];
  const cascade =
    cancelled + skipped > 0
      ? ` · cascade cancel took ${cancelled} of ${cancelled + skipped} (${skipped} had ended)`
      : '';
  lines.push(`announced back ${stats.announced}${cascade}`);
  const signals = [
    ['rate limited', events['FR-EVT-SESS-SCHED-003']],
    ['budget warnings', events['FR-EVT-SESS-005']],
    ['tool calls', events['FR-EVT-007']],
  ].flatMap(([name, n]) => (n === undefined ? [] : [`${name} ${n}`]));
  if (signals.length > 0) lines.push(signals.join(' · '));
  const kinds = Object.keys(events).filter((id) => id.startsWith('FR-EVT-SESS-')).length;
  const verdict =
    violations.length === 0 ? 'every one valid and correlated' : count(violations.length, 'violation');
  lines.push(
    `${count(stats.events_total, 'event')}, ${kinds === 14 ? 'all 14 session kinds' : `${kinds} of 14 session kinds`}, ${verdict}`,
  );
  return lines;
}
