/** How bad a finding is. `error` makes a run fail (exit 1). */
export type Severity = 'error' | 'warning' | 'info';

/** A stretch of a file as an editor counts it: lines and columns from 1, the end exclusive. */
export interface Place {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export type Range = Omit<Place, 'file'>;

/** The only way anything reports trouble (DESIGN §3). */
export interface Finding {
  /** Stable, documented, never reused: `anchor/unresolved`. */
  rule: string;
  severity: Severity;
  place: Place;
  /** "Unexpected X, expected Y". */
  message: string;
  args: Record<string, unknown>;
  expected?: string;
  found?: string;
  fix?: { range: Range; text: string }[];
  related?: { place: Place; note: string }[];
}

export interface Summary {
  error: number;
  warning: number;
  info: number;
}

/** A place that covers whole lines; without `endLine`, one line. */
export function linePlace(file: string, line: number, endLine = line): Place {
  return { file, line, column: 1, endLine, endColumn: 1 };
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Deterministic order: file, position, severity, rule, message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      rank[a.severity] - rank[b.severity] ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

export function summarize(findings: readonly Finding[]): Summary {
  const summary: Summary = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) summary[finding.severity] += 1;
  return summary;
}

/** Code-unit order: the same on every machine, which a locale's order is not. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
