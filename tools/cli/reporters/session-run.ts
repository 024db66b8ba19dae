import type { ScenarioResult } from '../../engine/index.ts';
import { count, fold, type Output } from '../output.ts';

const INDENT = ' '.repeat(12);

/** What a scenario did, in five lines, and every rule that it broke. */
export function printRun(out: Output, result: ScenarioResult, milliseconds: number, simulated = true): void {
  const { stats } = result;
  const time = simulated
    ? `, simulated ${(stats.simulated_ms / 1000).toFixed(0)} s`
    : ', on the system clock';
  printIndented(
    out,
    `${count(stats.sessions, 'session')}, ${count(stats.levels, 'level')} · ${milliseconds.toFixed(1)} ms${time}`,
  );
  printRunLines(out, result);
  printViolations(out, result, 20);
}

export function printViolations(out: Output, { violations }: ScenarioResult, most: number): void {
  for (const { rule, message } of violations.slice(0, most))
    printIndented(out, `${out.red('violation')} ${rule}: ${message}`);
  if (violations.length > most) printIndented(out, `… and ${violations.length - most} more (--json has all)`);
}

/** Shared with `npm start`. */
export function printRunLines(out: Output, result: ScenarioResult): void {
  for (const line of runLines(result)) printIndented(out, line);
}

function printIndented(out: Output, text: string): void {
  for (const [at, line] of fold(text, out.limit - INDENT.length - 2).entries())
    out.line(`${INDENT}${at === 0 ? '' : '  '}${line}`);
}

function runLines({ stats, events, violations }: ScenarioResult): string[] {
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
