import type { CodegenTarget } from '../../config/index.ts';
import type { Ir } from '../ir.ts';
import type { GeneratedFile } from './file.ts';
import { emitJsonSchema } from './json-schema.ts';
import { emitMarkdown } from './markdown.ts';
import { emitSamples } from './samples.ts';
import { emitTypeScript } from './typescript.ts';

/** One kind of output that `gov codegen` knows. */
export interface Target {
  name: CodegenTarget;
  summary: string;
  /** Folder of a target that is asked for and configured nowhere. */
  out: string;
  emit(ir: Ir, out: string): GeneratedFile[];
}

/** By name; a name that was given up is not given again. */
export const TARGETS: readonly Target[] = [
  {
    name: 'json-schema',
    summary: 'JSON Schema 2020-12 of every type and event',
    out: 'schemas/contracts',
    emit: emitJsonSchema,
  },
  {
    name: 'markdown',
    summary: 'event catalogue and type reference',
    out: 'docs/contracts',
    emit: emitMarkdown,
  },
  {
    name: 'samples',
    summary: 'a minimal and a full sample of every event',
    out: 'schemas/contracts',
    emit: emitSamples,
  },
  {
    name: 'typescript',
    summary: 'types, zod schemas and the registry of events',
    out: 'generated',
    emit: emitTypeScript,
  },
];

export function targetOf(name: CodegenTarget): Target {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no emitter for ${name}`);
  return target;
}

/** The files to write: of `target`, below `out`. */
export function emit(ir: Ir, options: { out?: string; target?: CodegenTarget } = {}): GeneratedFile[] {
  const target = targetOf(options.target ?? 'typescript');
  return target
    .emit(ir, options.out ?? 'tools/generated')
    .map(({ path, text }) => ({ path: path.replace(/^\.\//, ''), text }));
}
