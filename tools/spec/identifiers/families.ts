import type { IdentifierForm } from '../model.ts';

/** A kind of identifier that the Master Spec gives to its clauses, events, errors, tests and rules. */
export interface IdentifierFamily {
  name: string;
  what: string;
  /** What an id looks like. The spec holds 187 shapes of PREFIX-NNN, SHA-256 and UTF-8 among them: so a list. */
  pattern: string;
  /** The forms that define an id, best first: where a better one exists, a worse one only repeats it. */
  forms: readonly (readonly IdentifierForm[])[];
}

const WORDS = '[A-Z]+(?:-[A-Z]+)*';

/** In the order in which they are tried: of two that fit, the narrower stands first. */
export const FAMILIES: readonly IdentifierFamily[] = [
  {
    name: 'INV',
    what: 'invariant',
    pattern: String.raw`INV-${WORDS}-\d+`,
    forms: [['bold-bullet', 'heading']],
  },
  { name: 'TRUST', what: 'trust boundary rule', pattern: String.raw`TRUST-\d{3}`, forms: [['bold-bullet']] },
  {
    name: 'CX-MM',
    what: 'multi-model failure code',
    pattern: String.raw`CX-MM-(?:\d{3}|[A-Z]+(?:-[A-Z]+)*(?![A-Za-z]))`,
    forms: [['bullet']],
  },
  {
    name: 'CX',
    what: 'codex rule',
    // `CX-581A-SCOPE` and `CX-635-B1` are rules of their own; `CX-101-106` and `CX-585A-E` are ranges.
    pattern: String.raw`CX-\d+(?:[A-Z]*-[A-Z]{2,}|-[A-Z]\d?(?![A-Za-z0-9])|[A-Z]*)`,
    forms: [['bracket'], ['heading'], ['bullet']],
  },
  {
    name: 'CX-*',
    what: 'codex rule of a named group (DBP, CONC, WT, GATE, WP, VAL)',
    pattern: '(?:CX-[A-Z]+(?:-[A-Z0-9]+)+)',
    forms: [['heading', 'bracket'], ['bullet']],
  },
  {
    name: 'HSK',
    what: 'requirement, trait or error code',
    pattern: '(?:HSK-[A-Z0-9]+(?:-[A-Z0-9]+)*)',
    forms: [['bracket', 'bold-bullet', 'doc-comment', 'error']],
  },
  { name: 'VAL', what: 'validator', pattern: String.raw`VAL-[A-Z]+-\d+`, forms: [['heading']] },
  {
    name: '*-VAL',
    what: 'validator of one part (atelier, micro-task)',
    pattern: String.raw`(?:ATELIER-(?:LENS-)?VAL-(?:[A-Z]+-)?\d{3}|MT-VAL-\d{3})`,
    forms: [['bold-bullet', 'bullet', 'table-cell']],
  },
  {
    name: 'T',
    what: 'conformance test',
    pattern: String.raw`T-${WORDS}-\d+`,
    forms: [['table-cell', 'line']],
  },
  { name: 'AP', what: 'anti-pattern', pattern: String.raw`AP-\d{3}`, forms: [['table-cell']] },
  { name: 'RULE', what: 'authoring rule', pattern: String.raw`RULE-[A-Z]+-\d+`, forms: [['line']] },
  {
    name: 'LM',
    what: 'loom requirement',
    pattern: String.raw`LM-[A-Z]+-\d+`,
    forms: [['bold-bullet', 'bracket']],
  },
  {
    name: 'TERM',
    what: 'terminal requirement',
    pattern: '(?:TERM-[A-Z0-9]+(?:-[A-Z0-9]+)*)',
    forms: [['bold-bullet']],
  },
  { name: 'BL', what: 'governance baseline', pattern: String.raw`BL-\d+`, forms: [['table-cell']] },
  { name: 'EXEC', what: 'execution rule', pattern: String.raw`EXEC-\d+`, forms: [['table-cell']] },
  {
    name: 'G',
    what: 'gate',
    pattern: `G-${WORDS}`,
    forms: [['bullet'], ['table-cell']],
  },
  {
    name: 'DIAG-SCHEMA',
    what: 'diagnostics requirement',
    pattern: String.raw`DIAG-SCHEMA-\d+`,
    forms: [['bold-bullet']],
  },
  { name: 'AC-OPS', what: 'acceptance criterion', pattern: String.raw`AC-OPS-\d+`, forms: [['table-cell']] },
  {
    name: 'FR-EVT',
    what: 'Flight Recorder event',
    // Neither a family (`FR-EVT-DATA`, `FR-EVT-MODEL-*`) nor a placeholder (`FR-EVT-LLM-0xx`).
    pattern: String.raw`FR-EVT-(?:(?:[A-Z]+-)*\d{3}|[A-Z]+(?:-[A-Z]+)+)(?![A-Za-z0-9]|-[A-Za-z0-9*])`,
    forms: [
      ['yaml-event', 'ts-event', 'ts-member'],
      ['ts-interface', 'table-cell'],
      ['heading', 'bold-bullet', 'bullet'],
    ],
  },
];

/** `[ADD v02.137]`, `[UPDATED v02.137]`: a tag is no clause; it marks many, and each of them is a place of it. */
export const TAG_FAMILIES: readonly { name: string; what: string }[] = [
  { name: 'ADD', what: 'version that added a clause' },
  { name: 'UPDATED', what: 'version that changed a clause' },
];

/** One id, without groups: for a pattern that holds it. */
export const IDENTIFIER = `(?<![A-Za-z0-9_-])(?:${FAMILIES.map(({ pattern }) => pattern).join('|')})(?![A-Za-z0-9_])`;

/** What a tag is called where it is an anchor itself: `ADD v02.137`. */
export const TAG = String.raw`(?:${TAG_FAMILIES.map(({ name }) => name).join('|')}) v\d+(?:\.\d+)+`;

const GROUPS = FAMILIES.flatMap(({ pattern }) => pattern.match(/(?<![A-Z[-])[A-Z]+(?=-)/g) ?? []);

/** What may stand before `-*`: `FR-EVT-SESS`, `INV`, `CX-DBP`. */
export const IDENTIFIER_GROUPS = `(?:${[...new Set(GROUPS)].join('|')})(?:-[A-Z0-9]+)*`;

const NAMES = FAMILIES.map(({ pattern }) => `(${pattern})`).join('|');

/** Any id at all; the group that matched tells its family. No id begins or goes on behind a hyphen. */
export function identifierPattern(flags = 'g'): RegExp {
  return new RegExp(
    String.raw`(?<![A-Za-z0-9_-])(?:${NAMES})(?![A-Za-z0-9_])|\[(${TAG_FAMILIES.map(({ name }) => name).join('|')}) (v\d+(?:\.\d+)*)(?=[\s\],;:—–-])`,
    flags,
  );
}

/** The family that an id belongs to by its look. */
export function familyOf(match: RegExpExecArray | RegExpMatchArray): IdentifierFamily | undefined {
  for (let at = 0; at < FAMILIES.length; at++) if (match[at + 1] !== undefined) return FAMILIES[at];
  return undefined;
}
