import type { ChainFault, ChainReport, LogProof, ProvenGap } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { count, pad, visible, wrap } from '../output.ts';

/** More of them would push the end of the answer off the screen; --json has them. */
const MOST_LINES = 40;

export function printVerified(call: Call, file: string, report: LogProof): void {
  const { events, segments, first_seq, last_seq, gaps, head, faults_total } = report;
  const { out } = call;
  if (call.quiet && faults_total === 0) return;
  out.line(visible(file));
  printFaults(call, report);
  if (head.seq === 0 && faults_total === 0) {
    out.line('no session ever was: the log is empty, and there is nothing to prove');
    return;
  }
  const range = first_seq === null ? '' : ` (${first_seq}-${last_seq})`;
  const sealed = count(segments, 'sealed segment');
  const left = gaps.length === 0 ? 'no gap' : count(gaps.length, 'gap');
  out.line(`${count(events, 'event')}${range} · ${sealed} · ${left}`);
  for (const gap of gaps.slice(0, MOST_LINES)) out.line(`  ${visible(gapText(gap))}`);
  if (gaps.length > MOST_LINES) out.line(`  … and ${count(gaps.length - MOST_LINES, 'gap')} more (--json)`);
  out.line();
  printUnproven(call, report);
  const noted = `${head.seq}:${head.hash}`;
  if (faults_total === 0) {
    out.line(`${out.green('clean')} · head ${noted}`);
    const where = call.args[0] ?? call.values.db?.at(-1);
    const from = where === undefined ? '' : ` ${quoted(where)}`;
    printNext(
      call,
      `recorder verify${from} --head ${noted}`,
      'note it elsewhere; later it shows that the log still goes on from here',
    );
    return;
  }
  out.line(`${out.red(count(faults_total, 'fault'))} in ${count(events, 'event')}`);
  printNext(call, `explain ${report.faults[0]!.rule}`);
}

function printNext(call: Call, words: string, why?: string): void {
  call.out.line(`next   ${nextCommand(call, words)}`);
  if (why) call.out.line(`       ${why}`);
}

function printFaults({ out }: Call, { faults, faults_total }: ChainReport): void {
  const shown = faults.slice(0, MOST_LINES);
  const place = Math.max(0, ...shown.map((fault) => placeOf(fault).length));
  const rule = Math.max(0, ...shown.map((fault) => fault.rule.length));
  for (const fault of shown) {
    const [first, ...rest] = wrap(visible(fault.message), Math.max(30, out.width - place - rule - 6));
    out.line(`  ${pad(placeOf(fault), place)}  ${out.red(pad(fault.rule, rule))}  ${first}`);
    for (const line of rest) out.line(`${' '.repeat(place + rule + 6)}${line}`);
  }
  if (faults_total > shown.length)
    out.line(`  … and ${count(faults_total - shown.length, 'fault')} more (--json)`);
  if (shown.length > 0) out.line();
}

const range = (first: number, last: number): string => (first === last ? `${first}` : `${first}-${last}`);

function placeOf({ what, seq, last_seq }: ChainFault): string {
  return `${what} ${range(seq, last_seq)}`;
}

function gapText({ first_seq, last_seq, why, archive, at, unproven }: ProvenGap): string {
  const what = `${why}${archive === null ? '' : ` into ${archive}`}${at === null ? '' : `, ${at}`}`;
  return `gap ${range(first_seq, last_seq)}  ${what} · ${unproven === null ? 'proven' : `not proven: ${unproven}`}`;
}

/** What a clean log says nothing about: somebody may take its absence for a proof. */
function printUnproven({ out }: Call, { gaps, unproven }: LogProof): void {
  if (unproven === 0) return;
  const records = gaps
    .filter((gap) => gap.unproven !== null)
    .reduce((sum, { first_seq, last_seq }) => sum + last_seq - first_seq + 1, 0);
  out.line(
    `${out.yellow('not proven')} · ${count(records, 'event')} in ${count(unproven, 'gap')}: the chain goes around them`,
  );
}
