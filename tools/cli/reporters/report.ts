import type { PageData } from '../../report/index.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { count } from '../output.ts';
import type { ReportPlace } from '../report/place.ts';

/** One line: where it is, how large, and what it shows. */
export function printReport(
  call: Call,
  { place, bytes, page }: { place: ReportPlace; bytes: number; page: PageData },
): void {
  if (call.quiet) return;
  call.out.line(`wrote  ${place.shown} · ${sizeOf(bytes)} · ${contentsOf(page)}`);
  const next = nextOf(call, page);
  if (next === null) return;
  call.out.line();
  call.out.line(`${call.out.dim('next')}   ${next}`);
}

/** `2 work packets, 3 findings, 10 anchors · 9 sessions, 61 events`. */
export function contentsOf({ governance, trace, sessions }: PageData): string {
  const findings = governance?.rules.reduce((sum, rule) => sum + rule.findings.length, 0) ?? 0;
  const tree = [
    ...(governance === null
      ? []
      : [
          count(governance.packets.length, 'work packet'),
          count(findings, 'finding'),
          count(governance.anchors.length, 'anchor'),
        ]),
    ...(trace === null ? [] : [count(trace.clauses.length, 'clause')]),
  ];
  const ran =
    sessions === null
      ? 'no session database'
      : `${count(sessions.lanes.length, 'session')}, ${count(sessions.events.seq.length, 'event')}`;
  return [tree.join(', '), ran].filter((text) => text !== '').join(' · ');
}

/** Without sessions, what brings some; else how it is looked at. */
function nextOf(call: Call, { sessions }: PageData): string | null {
  if (sessions === null) return nextCommand(call, 'session run FILE');
  if (call.flags.has('open')) return null;
  const out = call.values.out?.at(-1);
  return nextCommand(call, out === undefined ? 'report --open' : `report --out ${quoted(out)} --open`);
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Where the report is while it is served. */
export function printServed(call: Call, address: string): void {
  if (!call.quiet) call.out.line(`serves ${address} to this machine alone · Ctrl-C ends`);
}
