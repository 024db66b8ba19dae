import type { Finding, Severity } from '../../findings/index.ts';
import { visible } from '../output.ts';
import { type CheckReport, notesOn, seenText } from './check.ts';
import { summaryText } from './findings.ts';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };
const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Workflow commands, which GitHub shows beside the lines (ten of a kind, so errors come first), then a summary. */
export function githubLines(report: CheckReport): string[] {
  const { findings, baselined } = report.looked;
  const sorted = ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const summary = findings.length === 0 ? 'clean' : summaryText(findings);
  const known = baselined > 0 ? [`${baselined} in the baseline`] : [];
  return [
    ...sorted.map(annotation),
    ...notesOn(report).map((note) => `::notice title=gov check::${data(note)}`),
    // No line of ours begins like a command by accident: the summary holds no text of a document.
    [summary, seenText(report), ...known].join(' · '),
  ];
}

function annotation({ severity, place, rule, message }: Finding): string {
  const properties = {
    file: place.file,
    line: place.line,
    // An end at the start of a line is the end of the one before.
    endLine: Math.max(place.line, place.endColumn === 1 ? place.endLine - 1 : place.endLine),
    col: place.column,
    title: rule,
  };
  const said = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${COMMANDS[severity]} ${said.join(',')}::${data(message)}`;
}

// Line ends have a form of their own there; what else would steer a terminal is shown in the log as it is elsewhere.
function data(text: string): string {
  return visible(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
