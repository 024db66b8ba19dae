import type { Finding } from '../../findings/index.ts';
import type { WpStatus } from '../../gate/index.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { count, cut, fold, pad, visible } from '../output.ts';
import { printFindings } from './findings.ts';
import { settledText } from './gate.ts';
import { overruledText } from './overruled.ts';

/** What a change makes of the gates that it touches. */
export interface GatesOfChange {
  all: readonly WpStatus[];
  /** As it was asked for: `origin/main`. */
  since: string;
  base: { commit: string; overruled: readonly string[] };
  findings: readonly Finding[];
}

/** A screen of them; the ones that fail come first. */
const MOST = 60;

/** One line for each work packet that the change touches, and why it has to be open; then the one next command. */
export function printGatesOfChange(call: Call, { all, since, base, findings }: GatesOfChange): void {
  const { out } = call;
  if (findings.length > 0) {
    printFindings(out, findings);
    out.line();
  }
  const failing = all.filter(({ ready, demanded }) => !ready && demanded !== undefined);
  const shown = [...failing, ...all.filter((status) => !failing.includes(status))].slice(0, MOST);
  const width = Math.min(Math.max(0, ...shown.map(({ wp_id }) => wp_id.length)), out.limit - 30);
  for (const status of shown) {
    const failed = failing.includes(status);
    const gate = status.ready ? out.green('open  ') : failed ? out.red('closed') : out.yellow('closed');
    const why = failed ? `, and ${status.demanded}` : '';
    const rest = cut(`${settledText(status)}${why}`, Math.max(12, out.limit - width - 10));
    out.line(`${pad(cut(status.wp_id, width), width)}  ${gate}  ${rest}`);
  }
  if (shown.length < all.length) out.line(`… and ${all.length - shown.length} more (--json has all)`);
  if (all.length > 0) out.line();
  const what = `${count(all.length, 'work packet')} changed since ${base.commit.slice(0, 7)}`;
  const wrong = failing.length > 0 ? `, ${failing.length} closed that must be open` : '';
  const lost =
    findings.length > 0 ? `, ${count(findings.length, 'entry', 'entries')} of the ledger lost` : '';
  out.line(`${what}${wrong}${lost}`);
  const notes = [overruledText(base.overruled, 'the merge base'), ...(all[0]?.unproven ?? [])];
  for (const note of notes)
    for (const part of note === undefined ? [] : fold(visible(note), out.limit)) out.line(out.dim(part));
  const first = failing[0];
  if (findings.length > 0)
    out.line(`${out.dim('next')}   ${nextCommand(call, 'explain ledger/entry-changed')}`);
  else if (first !== undefined)
    out.line(`${out.dim('next')}   ${nextCommand(call, `wp status ${first.wp_id} --base ${quoted(since)}`)}`);
}
