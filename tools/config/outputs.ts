import { posix } from 'node:path';
import { type CodegenOutput, defaultConfig } from './model.ts';
import type { Pathed } from './problem.ts';

interface Written {
  outputs?: { target: CodegenOutput['target']; out: string; roots?: string[] | undefined }[] | undefined;
  out?: string | undefined;
  roots: string[];
}

/** The outputs that `outputs` or its short form `out` asks for; without either, the default one. */
export function outputsOf({ outputs, out, roots }: Written): CodegenOutput[] {
  const usual = defaultConfig.codegen.outputs[0]!;
  const asked = outputs ?? [{ target: usual.target, out: out ?? usual.out }];
  return asked.map((each) => ({
    target: each.target,
    out: outputFolder(each.out),
    roots: each.roots ?? roots,
  }));
}

/** A folder in the one way in which it can be compared. */
export function outputFolder(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/+$/, '');
}

/** What is generated is no document: among the governed ones it would be judged as one. */
export function isGoverned(out: string, folder: string): boolean {
  return out === folder || out.startsWith(`${folder}/`);
}

/** What no schema of one value can see. Looked for in the values as they stand, whatever else is wrong. */
export function outputProblems(values: unknown): Pathed[] {
  const { layout, codegen } = (values ?? {}) as { layout?: unknown; codegen?: unknown };
  const { outputs, out } = (codegen ?? {}) as { outputs?: unknown; out?: unknown };
  const said = (layout as { folder?: unknown } | null | undefined)?.folder;
  const folder = typeof said === 'string' ? said : defaultConfig.layout.folder;
  const problems: Pathed[] = [];
  if (outputs !== undefined && out !== undefined) {
    const text = 'Unexpected codegen.out beside codegen.outputs, expected one of the two';
    problems.push({ path: ['codegen', 'out'], text });
  }
  const seen = new Map<string, string>();
  const note = (at: Pick<CodegenOutput, 'target' | 'out'>, path: PropertyKey[]): void => {
    const name = path.join('.');
    const place = outputFolder(at.out);
    if (isGoverned(place, folder)) {
      const text = `Unexpected value at ${name}.out, expected a folder outside ${folder}, which holds governed documents`;
      problems.push({ path: [...path, 'out'], text });
    }
    const key = JSON.stringify([at.target, place]);
    const first = seen.get(key);
    seen.set(key, first ?? name);
    if (first === undefined) return;
    const text = `Unexpected second output of ${at.target} into ${place} at ${name}, expected one; the first is ${first}`;
    problems.push({ path, text });
  };
  if (typeof out === 'string') note({ target: 'typescript', out }, ['codegen']);
  if (Array.isArray(outputs)) {
    for (const [at, each] of outputs.entries()) if (isOutput(each)) note(each, ['codegen', 'outputs', at]);
  }
  return problems;
}

function isOutput(value: unknown): value is Pick<CodegenOutput, 'target' | 'out'> {
  const { target, out } = (value ?? {}) as { target?: unknown; out?: unknown };
  return typeof target === 'string' && typeof out === 'string';
}
