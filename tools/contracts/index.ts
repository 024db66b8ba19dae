import type { Finding } from '../findings/index.ts';
import { sortFindings } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import type { Field, Ir } from './ir.ts';
import { readAnswers } from './overlay/answers.ts';
import { readOverlay } from './overlay/overlay.ts';
import { collect, type DialectCount } from './resolve/collect.ts';
import { resolve } from './resolve/resolve.ts';

export { tooDeepAt } from './dialects/typescript-depth.ts';
export {
  type AcceptedBreak,
  acceptedBreaksSchema,
  acceptedInvalid,
  readAcceptedBreaks,
} from './diff/accepted.ts';
export { type Breaking, breaks, type ContractChange, placeOf } from './diff/change.ts';
export { diffContracts } from './diff/diff.ts';
export {
  brokenText,
  contractFindings,
  type JudgedChange,
  type Judgement,
  judgeChanges,
  subjectOf,
} from './diff/judge.ts';
export { CONTRACT_RULES } from './diff/rules.ts';
export { checkGenerated, findStale, type Judged, judgeGenerated, type Stale } from './emit/check.ts';
export type { GeneratedFile } from './emit/file.ts';
export { emit, TARGETS, type Target, targetOf } from './emit/targets.ts';
export { eventsWithoutEnvelope, nothingDefined } from './emit/without-envelope.ts';
export * from './ir.ts';
export { checkOverlay } from './overlay/check-overlay.ts';
export type { DialectCount } from './resolve/collect.ts';
export { CODEGEN_RULES } from './rules.ts';

export interface GenerateOptions {
  overlay?: { path: string; text: string };
  /** Types and FR-EVT ids to keep, with what they reach; everything without it. */
  roots?: readonly string[];
  /** Sections whose definitions win over others of the main body, in order. */
  precedence?: readonly string[];
  /** For those who compare contracts: what prose and mentions say beside the definitions is not judged. */
  definitionsAlone?: boolean;
}

/** What the IR holds; enums that a field spells out belong to their record. */
export interface Counts {
  records: number;
  enums: number;
  aliases: number;
  events: number;
  fields: number;
}

export interface Generated {
  ir: Ir;
  diagnostics: Finding[];
  counts: Counts;
  /** What each dialect defines, whatever was asked for. */
  dialects: DialectCount[];
}

/** Spec blocks → dialects → IR → overlay. Pure: the same spec and overlay give the same IR. */
export function generate(index: SpecIndex, options: GenerateOptions = {}): Generated {
  const collected = collect(index);
  const overlay = options.overlay ? readOverlay(options.overlay, index) : { entries: [], findings: [] };
  const { ir, diagnostics } = resolve(index, collected, readAnswers(overlay.entries), options);
  return {
    ir,
    diagnostics: sortFindings([...overlay.findings, ...diagnostics]),
    counts: count(ir),
    dialects: collected.dialects,
  };
}

function count({ types, events }: Ir): Counts {
  const records = types.filter((node) => node.kind === 'record');
  return {
    records: records.length,
    enums: types.filter((node) => node.kind === 'enum' && node.owner === undefined).length,
    aliases: types.filter((node) => node.kind === 'alias').length,
    events: events.length,
    fields: [...records.map((record) => record.fields), ...events.map((event) => event.payload)].reduce(
      (sum, fields) => sum + countFields(fields),
      0,
    ),
  };
}

function countFields(fields: Field[]): number {
  return fields.reduce(
    (sum, field) => sum + 1 + (field.type.kind === 'object' ? countFields(field.type.fields) : 0),
    0,
  );
}
