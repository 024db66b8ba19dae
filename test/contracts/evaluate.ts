import { createRequire } from 'node:module';
import { transformSync } from 'esbuild';
import type { z } from 'zod';
import type { GeneratedFile, Ir } from '../../tools/contracts/index.ts';

const require = createRequire(import.meta.url);

/** What emitted TypeScript exports, without a file of it being written. */
function evaluate(files: readonly GeneratedFile[]): Record<string, unknown> {
  const sources = new Map(files.map((file) => [`./${file.path.split('/').at(-1)}`, file.text]));
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (name: string): Record<string, unknown> => {
    const source = sources.get(name);
    if (source === undefined) return require(name);
    const known = loaded.get(name);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    const module = { exports };
    loaded.set(name, exports);
    const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
    new Function('module', 'exports', 'require', code)(module, exports, load);
    Object.assign(exports, module.exports);
    for (const key of Object.keys(module.exports)) exports[key] = (module.exports as typeof exports)[key];
    return exports;
  };
  return load('./index.ts');
}

/** The zod schemas of everything that has a definition in the JSON Schema, by its name there. */
export function zodSchemas(ir: Ir, exported: Record<string, unknown>): Map<string, z.ZodType> {
  const events = exported.events as Record<string, { schema: z.ZodType }>;
  return new Map([
    ...ir.types.map(({ name }) => [name, exported[name] as z.ZodType] as const),
    ...ir.events.map(({ payloadName }) => [payloadName, exported[payloadName] as z.ZodType] as const),
    ...ir.events.map(({ frId }) => [frId, events[frId]!.schema] as const),
  ]);
}

export function evaluated(ir: Ir, files: readonly GeneratedFile[]): Map<string, z.ZodType> {
  return zodSchemas(ir, evaluate(files));
}
