import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, cut, pad } from '../output.ts';
import type { WpLog } from '../schemas/wp.ts';
import { printFindings } from './findings.ts';

const MOST = 70;

/** One line for each entry, in order; what does not count, and what is not here, says so. */
export function printLog(call: Call, log: LogAnswer): void {
  const { out } = call;
  out.line(out.bold(log.wp_id));
  for (const { type, timestamp, file, line, ...rest } of log.gate_log) {
    const what = [rest.signature, rest.branch, rest.coder].filter(Boolean).join(' ');
    out.line(
      cut(
        `${pad('log', 6)} ${timestamp}  ${pad(type.toLowerCase(), 10)} ${what}  ${file}:${line}`,
        out.limit,
      ),
    );
  }
  for (const entry of log.entries.slice(-MOST)) {
    const { seq, time, kind, actor, role, hash, counts, head, where, data } = entry;
    const state = where !== undefined ? `on ${where}` : counts ? '' : 'does not count';
    const line = `${pad(String(seq), 6)} ${time ?? '-'}  ${pad(kind, 10)} ${actor ?? '-'} (${role ?? '-'})  ${said(data)}`;
    const tail = [hash.slice(0, 12), head ? 'head' : '', state].filter(Boolean).join(' ');
    out.line(
      `${cut(line, Math.max(40, out.limit - tail.length - 2))}  ${counts ? out.dim(tail) : out.yellow(tail)}`,
    );
  }
  if (log.problems.length > 0) {
    out.line();
    printFindings(out, log.problems);
  }
  out.line();
  const recorded = `${count(log.entries.length, 'entry', 'entries')} of the ledger`;
  const events = log.gate_log.length > 0 ? `, ${count(log.gate_log.length, 'event')} of the gate log` : '';
  out.line(log.entries.length + log.gate_log.length === 0 ? 'nothing was recorded' : recorded + events);
  out.line(`${out.dim('next')}   ${nextCommand(call, `wp status ${log.wp_id}`)}`);
}

export type LogAnswer = WpLog;

/** What of an entry says most on one line. */
function said(data: Readonly<Record<string, unknown>>): string {
  const keys = [
    'signature',
    'branch',
    'packet',
    'refinement',
    'stub',
    'intent',
    'blocker',
    'until',
    'reason',
    'undoes',
    'keep',
    'to',
  ];
  return keys.flatMap((key) => (typeof data[key] === 'string' ? [short(String(data[key]))] : [])).join(' ');
}

function short(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text;
}
