import type { Finding } from '../findings/index.ts';
import { sortFindings } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { emitEvents } from './emit/events.ts';
import { type GeneratedFile, generatedFile } from './emit/file.ts';
import { emitTypes } from './emit/types.ts';
import type { Field, Ir } from './ir.ts';
import { readAnswers } from './overlay/answers.ts';
import { readOverlay } from './overlay/overlay.ts';
import { type Collected, collect } from './resolve/collect.ts';
import { resolve } from './resolve/resolve.ts';

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
export { checkGenerated } from './emit/check.ts';
export type { GeneratedFile } from './emit/file.ts';
export * from './ir.ts';
export { checkOverlay } from './overlay/check-overlay.ts';
export { CODEGEN_RULES } from './rules.ts';

export interface GenerateOptions {
  overlay?: { path: string; text: string };
  /** Types and FR-EVT ids to keep, with what they reach; everything without it. */
  roots?: readonly string[];
  /** FR-EVT ids of TypeScript events to take in. */
  include?: readonly string[];
}

/** What the schema blocks of the spec define, roots or not; `events` with those that `include` names. */
export interface Counts {
  blocks: number;
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
}

/** Spec blocks → dialects → IR → overlay. Pure: the same spec and overlay give the same IR. */
export function generate(index: SpecIndex, options: GenerateOptions = {}): Generated {
  const include = options.include ?? [];
  const collected = collect(index, include);
  const overlay = options.overlay ? readOverlay(options.overlay, index) : { entries: [], findings: [] };
  const answers = readAnswers(overlay.entries);
  const narrowed = options.roots === undefined ? { include } : { include, roots: options.roots };
  const { ir, diagnostics } = resolve(index, collected, answers, narrowed);
  return { ir, diagnostics: sortFindings([...overlay.findings, ...diagnostics]), counts: count(collected) };
}

/** The files to write, below `out` (default `tools/generated`). Without an envelope there are no events to write. */
export function emit(ir: Ir, options: { out?: string } = {}): GeneratedFile[] {
  const out = options.out ?? 'tools/generated';
  const files = [emitTypes(ir, `${out}/types.ts`)];
  if (ir.envelope && ir.events.length > 0) files.push(emitEvents(ir, ir.envelope, `${out}/events.ts`));
  const names = files.map((file) => file.path.slice(out.length + 1));
  files.push(
    generatedFile(`${out}/index.ts`, ir, names.map((name) => `export * from './${name}';\n`).join('')),
  );
  return files;
}

function count(collected: Collected): Counts {
  const types = collected.types
    .map(({ node }) => node)
    .filter((node) => node.evidence[0]!.dialect === 'yaml');
  const records = types.filter((node) => node.kind === 'record');
  return {
    blocks: collected.yamlBlocks,
    records: records.length,
    enums: types.filter((node) => node.kind === 'enum' && node.owner === undefined).length,
    aliases: types.filter((node) => node.kind === 'alias').length,
    events: collected.events.length,
    fields: records.reduce((sum, record) => sum + countFields(record.fields), 0),
  };
}

function countFields(fields: Field[]): number {
  return fields.reduce(
    (sum, field) => sum + 1 + (field.type.kind === 'object' ? countFields(field.type.fields) : 0),
    0,
  );
}
