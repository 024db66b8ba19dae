import { isAbsolute, win32 } from 'node:path';
import { z } from 'zod';
import { CODEGEN_TARGETS, defaultTrace, PLACED_KINDS, PRESETS, SIGNATURE_POLICIES } from './model.ts';

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

const name = z.string().min(1);

/** What git would refuse, or take for an option, is found here and not in the middle of a step. */
const BRANCH = /^(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$))(?:\w[\w./-]*)?\{wp\}[\w./-]*$/;

/** Node also takes an offset, which is the clock of no place: it knows no summer time. */
function isZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
}

const output = z.strictObject({
  target: z.enum(CODEGEN_TARGETS).describe('what is written'),
  out: inside.describe('the folder'),
  roots: z
    .array(name)
    .optional()
    .describe('only what these types and events need; default: codegen.roots; none: everything'),
});

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
      outputs: z.array(output).min(1).optional().describe('what gov codegen writes, and where'),
      out: inside.optional().describe('short for one output of TypeScript into this folder'),
      overlay: inside.optional().describe('the reviewed answers to what the spec leaves open'),
      accepted: inside
        .optional()
        .describe(
          'breaking changes that are wanted; default: spec/accepted-breaks.yaml in the governance folder',
        ),
      precedence: z
        .array(name)
        .default([])
        .describe('sections whose definitions win over others of the main body, the first before the second'),
      roots: z
        .array(name)
        .default([])
        .describe('only what these types and events need, for every output that names none itself'),
    })
    .prefault({}),
  gate: z
    .strictObject({
      signature: z
        .enum(SIGNATURE_POLICIES)
        .default('typed')
        .describe('what signs a packet: the typed form, or an SSH signature over it as well'),
      time_zone: z
        .string()
        .refine(isZone, 'an IANA time zone, for example Europe/Brussels')
        .default('UTC')
        .describe('the zone of the clock that signatures are typed by'),
      signers: inside
        .optional()
        .describe('keys that may sign (OpenSSH); default: allowed_signers in the governance folder'),
      branch: z
        .string()
        .regex(BRANCH, 'a branch name that git takes, with {wp} in it once: feat/{wp}')
        .default('feat/{wp}')
        .describe('the branch of a work packet'),
      worktree: z
        .string()
        .regex(
          /^\.\.\/[\w.-]*\{wp\}[\w.-]*$/,
          'a folder beside the repository with {wp} in it once: ../wt-{wp}',
        )
        .default('../wt-{wp}')
        .describe('the worktree of a work packet, beside the repository'),
    })
    .prefault({}),
  session: z
    .strictObject({
      /** May a session run without a work packet? */
      unbound: z.enum(['allow', 'refuse']).default('refuse'),
    })
    .prefault({}),
  recorder: z
    .strictObject({
      retention: z
        .record(z.string(), z.int().min(1).max(36_500))
        .default({})
        .describe(
          'days that events of a family stay in the session database; never fewer than the spec says',
        ),
    })
    .prefault({}),
  trace: z
    .strictObject({
      code: globs.default(defaultTrace.code).describe('files whose comments name clauses'),
      tests: globs.default(defaultTrace.tests).describe('files whose tests name clauses in their titles'),
      ignore: z
        .array(glob)
        .default(defaultTrace.ignore)
        .describe('what of these files is not looked at; replaces the default'),
      results: z.array(inside).default([]).describe('result files of vitest or jest, in JSON'),
      require: z
        .array(name)
        .default([])
        .describe('globs over ids: every clause that matches must be verified'),
      examples: z
        .array(name)
        .default([])
        .describe('globs over ids that code and tests use as examples: they mean no clause'),
      out_of_scope: z
        .array(
          z.strictObject({
            ids: name.describe('a glob over ids'),
            reason: name.describe('why nothing here answers for them'),
          }),
        )
        .default([])
        .describe('clauses that nothing here answers for'),
    })
    .prefault({}),
});

/** The keys that are known at a path of the configuration. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema;
  for (const key of path) {
    const at = plain(schema);
    schema = typeof key === 'number' ? at?.element : at?.shape?.[key];
  }
  return Object.keys(plain(schema)?.shape ?? {});
}

interface Plain {
  shape?: Record<PropertyKey, unknown>;
  element?: unknown;
  def?: { innerType?: unknown };
}

/** A map or a list, without what says that it may be absent. */
function plain(schema: unknown): Plain | undefined {
  let at = schema as Plain | undefined;
  while (at !== undefined && at.shape === undefined && at.def?.innerType !== undefined)
    at = at.def.innerType as Plain;
  return at;
}
