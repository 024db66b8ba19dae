import { type Finding, linePlace, type Place, type Severity } from '../findings/index.ts';

/** A diagnostic before the overlay was asked; `key` is what an overlay entry must answer. */
export interface Diagnostic {
  key?: string;
  /** The definitions that it is about: where roots are given and reach none, it is nobody's concern. */
  owner?: string | readonly string[];
  /** No answer of the overlay helps: what would be generated does not compile. */
  firm?: true;
  finding: Finding;
}

/** Where the overlay answers, and the reason it gives. */
export interface Answer {
  place: Place;
  why: string;
}

interface Details {
  args?: Record<string, unknown>;
  expected?: string;
  found?: string;
  related?: { place: Place; note: string }[];
}

export function finding(
  rule: string,
  severity: Severity,
  at: { file: string; line: number },
  message: string,
  details: Details = {},
): Finding {
  const { args = {}, ...rest } = details;
  return { rule: `codegen/${rule}`, severity, place: linePlace(at.file, at.line), message, args, ...rest };
}

/** Keys under which an overlay entry answers a diagnostic. */
export const answerKey = {
  define: (name: string) => `define:${name}`,
  prefer: (name: string) => `prefer:${name}`,
  payload: (frId: string, item: string) => `payload:${frId}.${item}`,
  correlation: (frId: string) => `correlation:${frId}`,
  envelope: () => 'envelope',
  casing: (name: string) => `casing:${name}`,
  /** `Type.field`, or the name of an enum. */
  default: (name: string) => `default:${name}`,
};

/** An answer to whatever a rule reports of a line of the spec. */
export interface Settled extends Answer {
  rule: string;
  line: Place;
}

/** What the overlay answers stays visible, as information that names the answer. */
export function settle(
  diagnostics: readonly Diagnostic[],
  { places, settled }: { places: ReadonlyMap<string, Answer>; settled: readonly Settled[] },
): Finding[] {
  return diagnostics.map(({ key, firm, finding: raw }) => {
    if (firm) return raw;
    const answer =
      (key === undefined ? undefined : places.get(key)) ??
      settled.find(({ rule, line }) => rule === raw.rule && isAt(raw.place, line));
    if (answer === undefined) return raw;
    return {
      ...raw,
      severity: 'info',
      message: `${raw.message}; answered by overlay`,
      related: [...(raw.related ?? []), { place: answer.place, note: answer.why }],
    };
  });
}

/** A word on nothing hides the next question. */
export function needlessWords(diagnostics: readonly Diagnostic[], settled: readonly Settled[]): Diagnostic[] {
  return settled
    .filter(
      ({ rule, line }) => !diagnostics.some(({ finding: raw }) => raw.rule === rule && isAt(raw.place, line)),
    )
    .map(({ rule, line, place }) => {
      const message = `Unexpected answer to ${rule} at line ${line.line}, expected one to what is reported there`;
      return { finding: finding('overlay-target', 'error', place, message) };
    });
}

function isAt(place: Place, line: Place): boolean {
  return place.file === line.file && place.line === line.line;
}
