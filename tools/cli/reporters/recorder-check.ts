import { LOG_READER_RULES, LOG_RULES } from '../../recorder/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, fold, visible } from '../output.ts';
import type { Collected } from '../recorder/collect.ts';
import type { Looked } from '../recorder/read.ts';
import { printFindings } from './findings.ts';

/** Of many rules fewer examples are shown, so that every rule has one and its count. */
const MOST_ALIKE = 3;
const MOST_LINES = 66;

export interface LogReport {
  file: string;
  looked: Looked;
  found: Collected;
  seconds: number;
}

/** What is wrong with a log, what it holds, and the one next command. */
export function printLog(call: Call, report: LogReport): void {
  const { out } = call;
  const { found, looked } = report;
  const isClean = found.findings.length === 0;
  if (!isClean) {
    const mostAlike = Math.max(1, Math.min(MOST_ALIKE, Math.floor(MOST_LINES / found.counts.size) - 1));
    printFindings(out, found.findings, { mostAlike, beyond: beyond(found) });
    out.line();
  }
  if (isClean && call.quiet) return;
  const line = isClean ? `clean · ${heldText(report)}` : `${wrongText(found)} · ${heldText(report)}`;
  for (const [at, part] of fold(visible(line), out.limit).entries())
    out.line(isClean && at === 0 ? part.replace('clean', out.green('clean')) : part);
  if (isClean) return;
  const worst = found.findings.find(({ severity }) => severity === 'error') ?? found.findings[0]!;
  const next = isForeign(looked)
    ? 'gov recorder check FILE --map fr_event_id=WHERE_THE_ID_IS   (no event of this log has a registered id)'
    : nextCommand(call, `explain ${worst.rule}`);
  out.line(`${out.dim('next')}   ${next}`);
}

/** Findings that were counted and not kept. */
export function beyond({ findings, counts }: Collected): Map<string, number> {
  const kept = new Map<string, number>();
  for (const { rule } of findings) kept.set(rule, (kept.get(rule) ?? 0) + 1);
  return new Map([...counts].map(([rule, all]) => [rule, all - kept.get(rule)!]));
}

/** There are events, and not one says which it is. */
const isForeign = ({ events, ids }: Looked): boolean => events > 0 && Object.keys(ids).length === 0;

function heldText({ file, looked, seconds }: LogReport): string {
  const { events, sessions, spans, gaps, ids, partial } = looked;
  const held = [
    ...(partial ? ['a piece'] : []),
    count(events, 'event'),
    count(sessions, 'session'),
    ...(spans > 0 ? [count(spans, 'span')] : []),
    ...(gaps > 0 ? [count(gaps, 'gap')] : []),
    `${Object.keys(ids).length} kinds`,
    count(LOG_READER_RULES.length + LOG_RULES.length, 'rule'),
  ];
  return `${file}: ${held.join(', ')} · ${seconds.toFixed(2)} s`;
}

function wrongText({ summary }: Collected): string {
  return [
    ...(summary.error > 0 ? [count(summary.error, 'error')] : []),
    ...(summary.warning > 0 ? [count(summary.warning, 'warning')] : []),
  ].join(', ');
}
