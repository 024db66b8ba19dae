import { isAbsolute, win32 } from 'node:path';
import { z } from 'zod';
import { PLACED_KINDS, PRESETS } from './model.ts';

/** A configuration may come from anybody's branch: it names no place outside the repository. */
const leadsIn = (path: string): boolean =>
  !isAbsolute(path) && !win32.isAbsolute(path) && !path.split(/[\\/]/).includes('..');

const inside = z.string().min(1).refine(leadsIn, 'a path inside the repository, without ..');

/** A folder as snapshots write it. */
const folder = inside.refine(
  (path) => !/^\.\/|\/\/|\/$|\\|^\.$/.test(path),
  'a folder below the root, with forward slashes and none at its end',
);

const glob = z
  .string()
  .min(1)
  .refine((text) => leadsIn(text) && !text.startsWith('!'), 'a glob inside the repository, without .. or !');

const globs = z.array(glob).min(1);

export const configSchema = z.strictObject({
  layout: z
    .strictObject({
      preset: z
        .enum(PRESETS)
        .optional()
        .describe('the layout of upstream in February or in June; default: both'),
      folder: folder.default('.GOV').describe('the governance folder'),
      globs: z
        .strictObject(Object.fromEntries(PLACED_KINDS.map((kind) => [kind, globs.optional()])))
        .default({})
        .describe('where documents of a kind stand instead, below the governance folder'),
    })
    .prefault({}),
  check: z
    .strictObject({
      rules: z
        .record(z.string(), z.enum(['off', 'info', 'warning', 'error']))
        .default({})
        .describe('what a rule weighs here; gov explain lists the rules'),
      ignore: z.array(glob).default([]).describe('documents that are not judged'),
      baseline: inside
        .optional()
        .describe('the baseline file; default: baseline.json in the governance folder'),
    })
    .prefault({}),
  codegen: z
    .strictObject({
      /** Folder that `gov codegen` writes. */
      out: inside.default('generated'),
      /** The reviewed answers to what the spec leaves open. */
      overlay: inside.optional(),
      accepted: inside
        .optional()
        .describe(
          'breaking changes that are wanted; default: spec/accepted-breaks.yaml in the governance folder',
        ),
      /** Events that are defined outside the pseudo-schema blocks and are wanted all the same. */
      include: z.array(z.string().min(1)).default([]),
      /** Generate only what these names need; everything when empty. */
      roots: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
  session: z
    .strictObject({
      /** May a session run without a work packet? */
      unbound: z.enum(['allow', 'refuse']).default('refuse'),
    })
    .prefault({}),
});

/** The keys that are known at a path of the configuration. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema;
  for (const key of path) schema = shapeOf(schema)?.[key];
  return Object.keys(shapeOf(schema) ?? {});
}

function shapeOf(schema: unknown): Record<PropertyKey, unknown> | undefined {
  let at = schema as { shape?: Record<PropertyKey, unknown>; def?: { innerType?: unknown } } | undefined;
  while (at !== undefined && at.shape === undefined && at.def?.innerType !== undefined)
    at = at.def.innerType as typeof at;
  return at?.shape;
}
