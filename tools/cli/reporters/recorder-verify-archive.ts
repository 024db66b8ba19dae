import type { ArchiveProof } from '../../recorder/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, visible, wrap } from '../output.ts';

const RULE = 'log/archive-broken';

/** What is wrong with an archive, or which archive it is. */
export function printArchive(
  call: Call,
  file: string,
  { header, events, sha256, fault }: ArchiveProof,
): void {
  const { out } = call;
  if (call.quiet && !fault) return;
  out.line(visible(file));
  if (fault) {
    const place = `line ${fault.line}`;
    const indent = place.length + RULE.length + 6;
    const [first, ...rest] = wrap(visible(fault.message), Math.max(30, out.width - indent));
    out.line(`  ${place}  ${out.red(RULE)}  ${first}`);
    for (const line of rest) out.line(`${' '.repeat(indent)}${line}`);
    out.line();
    out.line(
      `${out.red('1 fault')} · ${count(events, 'event')} before it ${events === 1 ? 'is' : 'are'} proven`,
    );
    out.line(`next   ${nextCommand(call, `explain ${RULE}`)}`);
    return;
  }
  const { number, runs, continues } = header!;
  const follows = continues === null ? 'the first' : `continues ${continues}`;
  out.line(`${count(events, 'event')} of ${runs[0]![0]}-${runs.at(-1)![1]} · archive ${number} · ${follows}`);
  out.line();
  out.line(`${out.green('clean')} · sha256 ${sha256}`);
  out.line('       gov recorder verify of its database shows that it is the one which was moved there');
}

/** `govkit.recorder-verify@1` of an archive. */
export function archiveReport(file: string, { header, events, sha256, fault }: ArchiveProof) {
  return {
    schema: 'govkit.recorder-verify@1',
    file,
    kind: 'archive',
    number: header?.number ?? null,
    continues: header?.continues ?? null,
    runs: header?.runs ?? [],
    events,
    sha256,
    faults: fault
      ? [{ rule: RULE, what: 'line', line: fault.line, seq: fault.seq ?? null, message: fault.message }]
      : [],
    faults_total: fault ? 1 : 0,
  };
}
