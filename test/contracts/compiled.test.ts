import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { emit, type GeneratedFile, generate, type Ir } from '../../tools/contracts/index.ts';
import { everyKind, field, irOf, prim, record } from './every-kind.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec } from './spec-fixture.ts';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
const own = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay }).ir;

/** Emitted below the repository, where zod is found, and never written. */
function placed(name: string, ir: Ir): GeneratedFile[] {
  return emit(ir, { out: join(ROOT, 'test', 'contracts', name) });
}

function compile(files: readonly GeneratedFile[]): string[] {
  const texts = new Map(files.map(({ path, text }) => [path.replaceAll('\\', '/'), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  const directories = new Set([...texts.keys()].map((path) => dirname(path)));
  host.directoryExists = (path) => directories.has(path) || (directoryExists?.(path) ?? true);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language, true);
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const name = file?.fileName.split('/').at(-1) ?? '';
    return `${name}:${line} ${typeof messageText === 'string' ? messageText : messageText.messageText}`;
  });
}

/** A file beside the generated ones that uses them; its errors are what a reader of the types would see. */
function using(directory: string, text: string): GeneratedFile {
  return { path: join(ROOT, 'test', 'contracts', directory, 'use.ts'), text };
}

describe('emitted TypeScript', () => {
  it('compiles under strict, noUncheckedIndexedAccess and exactOptionalPropertyTypes', {
    timeout: 60_000,
  }, () => {
    const broken = irOf([record('Broken', [field('a', prim('int'))])]);
    const types = placed('broken', broken)[0]!;
    const faults = compile([
      ...placed('own', own),
      ...placed('every-kind', everyKind),
      // Planted, so that a compiler that finds nothing is found out.
      { ...types, text: types.text.replace('a: z.int()', 'a: z.string()') },
      using(
        'every-kind',
        `import type { AnyValue, Bounds, Child, Code, Grandchild, Narrowed, Shapes, Tree } from './index.ts';
export const child: Child = { id: 'i', kind: 'k', own: 1 };
export const grandchild: Grandchild = child;
export const narrowed: Narrowed = { id: 'i', kind: 'narrow' };
export const tree: Tree = { name: 'root', children: [{ name: 'leaf', children: [], parent: null, 'at-once': {} }], 'at-once': {} };
export const any: AnyValue = { a: [true, 'b', { c: [] }] };
export const code: Code = -1;
export const pair: Shapes['pair'] = ['a', 'low'];
export const least: Bounds['least'] = 1;
export const wide: Narrowed = { id: 'i', kind: 'wide' };
export const absent: Tree = { name: 'root', children: [], 'at-once': {}, parent: undefined };
export const wrong: AnyValue = 7;
`,
      ),
    ]);
    expect(faults).toEqual([
      "types.ts:31 Type 'ZodObject<{ a: ZodString; }, $strict>' does not satisfy the expected type 'ZodType<Broken, unknown, $ZodTypeInternals<Broken, unknown>>'.",
      `use.ts:10 Type '"wide"' is not assignable to type '"narrow"'.`,
      "use.ts:11 Type '{ name: string; children: never[]; 'at-once': {}; parent: undefined; }' is not assignable to type 'Tree' with 'exactOptionalPropertyTypes: true'. Consider adding 'undefined' to the types of the target's properties.",
      "use.ts:12 Type '7' is not assignable to type 'AnyValue'.",
    ]);
  });
});
