import type { CodegenOutput, Config } from '../../config/index.ts';
import {
  type Counts,
  type DialectCount,
  emit,
  eventsWithoutEnvelope,
  type Generated,
  type GeneratedFile,
  type GenerateOptions,
  generate,
  nothingDefined,
} from '../../contracts/index.ts';
import { compareText, type Finding, sortFindings } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { canonicalJson } from '../../text/index.ts';

/** A file and the output that it is of. */
export interface OutputFile extends GeneratedFile {
  output: CodegenOutput;
}

export interface GeneratedOutputs {
  /** Of the output that holds the most. */
  counts: Counts;
  dialects: readonly DialectCount[];
  diagnostics: Finding[];
  files: OutputFile[];
}

/** What generating takes from the configuration, whatever is written. */
export function generateOptions(
  { precedence }: Config['codegen'],
  overlay: GenerateOptions['overlay'] | undefined,
): Omit<GenerateOptions, 'roots'> {
  return { ...(precedence.length > 0 && { precedence }), ...(overlay && { overlay }) };
}

/** What several outputs write; those with the same roots are generated at once. */
export function generateOutputs(
  index: SpecIndex,
  outputs: readonly CodegenOutput[],
  options: Omit<GenerateOptions, 'roots'>,
): GeneratedOutputs {
  const byRoots = new Map<string, Generated>();
  const files = outputs.flatMap((output) => {
    const key = canonicalJson([...output.roots].sort(compareText));
    const generated = byRoots.get(key) ?? generateRoots(index, output.roots, options);
    byRoots.set(key, generated);
    return emit(generated.ir, output).map((file) => ({ ...file, output }));
  });
  const all = [...byRoots.values()];
  const counts = all
    .map((each) => each.counts)
    .reduce((most, each) => (each.fields > most.fields ? each : most));
  const { dialects } = all[0]!;
  return {
    counts,
    dialects,
    diagnostics: once([...all.flatMap(diagnosticsOf), ...emptyIn(index, all)]),
    files,
  };
}

/** What was asked for by name and is not there is a wrong root, and told as one. */
function emptyIn(index: SpecIndex, all: readonly Generated[]): Finding[] {
  const file = index.files[0]?.path ?? index.source;
  return all
    .filter(({ diagnostics }) => diagnostics.every(({ rule }) => rule !== 'codegen/unknown-root'))
    .flatMap(({ ir }) => nothingDefined(ir, file));
}

/** Also what the files lack; where the spec has two envelopes, that is what is to be answered. */
function diagnosticsOf({ ir, diagnostics }: Generated): Finding[] {
  const twoEnvelopes = diagnostics.some(({ rule }) => rule === 'codegen/envelope-mismatch');
  return twoEnvelopes ? diagnostics : [...diagnostics, ...eventsWithoutEnvelope(ir)];
}

/** No roots mean everything. */
export function generateRoots(
  index: SpecIndex,
  roots: readonly string[],
  options: Omit<GenerateOptions, 'roots'>,
): Generated {
  return generate(index, { ...options, ...(roots.length > 0 && { roots }) });
}

/** What two outputs both need is told once. */
function once(findings: readonly Finding[]): Finding[] {
  return sortFindings([...new Map(findings.map((each) => [canonicalJson(each), each])).values()]);
}
