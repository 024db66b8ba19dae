import { compareText } from '../../findings/index.ts';
import {
  type Acceptance,
  TRACE_STATES,
  type Trace,
  type TracedClause,
  type TraceLink,
  type TraceState,
} from '../../trace/index.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { columns, count, cut, fold, type Output, pad, visible } from '../output.ts';
import { printFindings, summaryText } from './findings.ts';

const WORDS: Record<TraceState, string> = {
  verified: 'verified',
  failing: 'failing',
  suspect: 'suspect',
  covered: 'covered',
  untraced: 'untraced',
  out_of_scope: 'out of scope',
};

/** Rows of clauses on one screen; `--json` has all. */
const MOST_ROWS = 40;
const MOST_PLACES = 8;

/** What is required and unmet, how each family stands, and the one next command. */
export function printTrace(call: Call, trace: Trace, chosen: readonly TracedClause[]): void {
  const { out } = call;
  const { report, findings } = trace;
  if (findings.length > 0) {
    printFindings(out, findings);
    out.line();
  }
  if (!call.quiet) {
    const narrowed = call.args.length > 0 || (call.values.state ?? []).length > 0;
    if (narrowed) printRows(out, chosen);
    else printFamilies(out, report.clauses);
    printRequired(out, trace);
    printNotes(out, trace);
    out.line();
  }
  if (findings.length > 0 || !call.quiet) for (const line of fold(lastLine(trace), out.limit)) out.line(line);
  const next = nextOf(call, trace, chosen);
  if (next !== undefined && !call.quiet) out.line(`${out.dim('next')}   ${next}`);
}

function printFamilies(out: Output, clauses: readonly TracedClause[]): void {
  const families = [...new Set(clauses.map(({ family }) => family))];
  const used = TRACE_STATES.filter((state) => clauses.some((clause) => clause.state === state));
  const label = (family: string): string => (family === 'AC' ? 'criteria' : family);
  const width = Math.max(8, ...families.map((family) => label(family).length));
  const rows = families.map((family) => {
    const own = clauses.filter((clause) => clause.family === family);
    const numbers = used.map((state) => own.filter((clause) => clause.state === state).length);
    return `${pad(label(family), width)}  ${used.map((state, at) => pad(numbers[at] === 0 ? '·' : String(numbers[at]), WORDS[state].length)).join('  ')}`;
  });
  out.line(out.dim(`${pad('', width)}  ${used.map((state) => WORDS[state]).join('  ')}`));
  for (const row of rows) out.line(row);
}

function printRows(out: Output, clauses: readonly TracedClause[]): void {
  const shown = clauses.slice(0, MOST_ROWS);
  const width = Math.max(0, ...shown.map(({ id }) => columns(id)));
  for (const clause of shown) {
    const before = `${pad(visible(clause.id), width)}  `;
    const word = pad(WORDS[clause.state], 12);
    const room = Math.max(20, out.width - columns(before) - 14);
    out.line(`${before}${paint(out, clause.state)(word)}  ${cut(visible(clause.because), room)}`);
  }
  if (clauses.length > shown.length)
    out.line(out.dim(`… and ${clauses.length - shown.length} more (--json has all)`));
  if (clauses.length === 0) out.line('none');
}

function printRequired(out: Output, { report: { required } }: Trace): void {
  if (required.length === 0) return;
  out.line();
  const width = Math.max(...required.map(({ pattern }) => columns(pattern)));
  for (const { pattern, clauses, unmet } of required) {
    const met = clauses - unmet.length;
    const text = `${met} of ${clauses} verified`;
    out.line(
      `${out.dim('required')}  ${pad(visible(pattern), width)}  ${unmet.length === 0 ? out.green(text) : out.red(text)}`,
    );
  }
}

function printNotes(out: Output, { report: { notes } }: Trace): void {
  for (const note of notes.slice(0, 5))
    for (const line of fold(visible(`note  ${note}`), out.limit)) out.line(out.dim(line));
  if (notes.length > 5) out.line(out.dim(`note  … and ${notes.length - 5} more (--json has all)`));
}

/** `34 of 97 verified · 3 errors, 1 warning · v02.137, 600 files · 1 result file`. */
function lastLine({ report, findings }: Trace): string {
  const { counts, clauses, looked, results, spec } = report;
  const ran = results.reduce((sum, { passed, failed }) => sum + passed + failed, 0);
  return [
    `${counts.verified} of ${count(clauses.length, 'clause')} verified`,
    ...(findings.length > 0 ? [summaryText(findings)] : []),
    `${spec.version}, ${count(looked.code, 'file')} of code, ${looked.tests} of tests`,
    results.length === 0 ? 'no test results' : `${count(ran, 'test')} ran`,
  ].join(' · ');
}

function nextOf(
  call: Call,
  { report, findings }: Trace,
  chosen: readonly TracedClause[],
): string | undefined {
  const worst = findings.find(({ severity }) => severity === 'error');
  const id = worst?.args.id;
  if (worst && report.results.length === 0 && worst.rule === 'trace/not-run')
    return nextCommand(call, 'trace --results FILE');
  if (worst?.rule === 'trace/suspect' && typeof id === 'string')
    return nextCommand(call, `trace ${quoted(id)}`);
  if (worst) return nextCommand(call, `explain ${worst.rule}`);
  const order: TraceState[] = ['failing', 'suspect', 'covered', 'untraced'];
  const open = order.find((state) => chosen.some((clause) => clause.state === state));
  if (open === undefined) return undefined;
  const first = chosen.find(({ state }) => state === open)!;
  return call.args.length > 0 || call.values.state
    ? nextCommand(call, `trace ${quoted(first.id)}`)
    : nextCommand(call, `trace --state ${open}`);
}

/** One clause with everything that answers for it. */
export function printClause(call: Call, { report, findings }: Trace, clause: TracedClause): void {
  const { out } = call;
  out.line(
    `${out.bold(visible(clause.id))}  ${paint(out, clause.state)(WORDS[clause.state])} · ${visible(clause.because)}`,
  );
  for (const line of fold(visible(clause.text), out.width)) out.line(line);
  out.line(
    out.dim(`${visible(clause.file)}:${clause.line}${clause.section === null ? '' : ` · ${clause.section}`}`),
  );
  out.line();
  const link = ({ wp_id: id, file, line }: TraceLink): string => `${id}  ${file}:${line}`;
  part(out, 'stub', clause.stubs.map(link), 'no stub names it');
  part(out, 'refinement', clause.refinements.map(link), 'none');
  part(out, 'packet', clause.packets.map(link), 'none');
  part(
    out,
    'code',
    clause.code.map(({ file, line }) => `${file}:${line}`),
    'no comment names it',
  );
  const tests = [...clause.tests].sort(
    (a, b) => compareText(a.result, b.result) || compareText(a.file, b.file),
  );
  part(
    out,
    'tests',
    tests.map(
      ({ name, file, line, result }) =>
        `${pad(RESULTS[result], 7)}  ${file}${line === null ? '' : `:${line}`}  ${name}`,
    ),
    'no test names it',
  );
  if (findings.length > 0) {
    out.line();
    printFindings(out, findings);
  }
  out.line();
  const spec = clause.section === null ? undefined : nextCommand(call, `spec show ${quoted(clause.id)}`);
  const next =
    clause.state === 'suspect'
      ? nextCommand(call, `trace ${quoted(clause.id)} --accept`)
      : clause.state === 'covered' && report.results.length === 0
        ? nextCommand(call, `trace ${quoted(clause.id)} --results FILE`)
        : (spec ?? nextCommand(call, `wp status ${quoted(clause.id.split('/')[0]!)}`));
  out.line(`${out.dim('next')}   ${next}`);
}

const RESULTS = { passed: 'passed', failed: 'failed', skipped: 'skipped', absent: 'not run' } as const;

function part(out: Output, name: string, rows: readonly string[], none: string): void {
  const shown = rows.slice(0, MOST_PLACES);
  if (shown.length === 0) out.line(`${pad(name, 10)}  ${out.dim(none)}`);
  for (const [at, row] of shown.entries())
    for (const [n, line] of fold(visible(row), out.width - 12).entries())
      out.line(`${pad(at === 0 && n === 0 ? name : '', 10)}  ${line}`);
  if (rows.length > shown.length)
    out.line(`${pad('', 10)}  ${out.dim(`… and ${rows.length - shown.length} more (--json has all)`)}`);
}

function paint(out: Output, state: TraceState): (text: string) => string {
  if (state === 'verified') return out.green;
  if (state === 'failing') return out.red;
  if (state === 'suspect' || state === 'covered') return out.yellow;
  return out.dim;
}

/** What was accepted, and what was not. */
export function printAcceptance(call: Call, file: string, acceptance: Acceptance): void {
  const { out } = call;
  const { accepted, unchanged, dropped, refused } = acceptance;
  const told = (ids: readonly string[]): string =>
    `${ids.slice(0, 5).map(visible).join(', ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}`;
  if (accepted.length > 0) out.line(`accepted  ${told(accepted)}`);
  if (dropped.length > 0) out.line(`dropped   ${told(dropped)} (nothing defines them any more)`);
  if (unchanged.length > 0) out.line(out.dim(`as before ${told(unchanged)}`));
  if (refused.length > 0)
    out.line(`${out.yellow('not accepted')}  ${told(refused)} (no test traces them, or one fails)`);
  const wrote = accepted.length + dropped.length;
  out.line(wrote === 0 ? 'nothing was written' : `${file} written: ${count(wrote, 'line')} changed`);
  if (accepted.length > 0) out.line(`${out.dim('next')}   git add ${quoted(file)}`);
  else if (refused.length > 0)
    out.line(`${out.dim('next')}   ${nextCommand(call, `trace ${quoted(refused[0]!)}`)}`);
}
