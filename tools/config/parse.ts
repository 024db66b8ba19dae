import { isAbsolute, win32 } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../findings/index.ts';
import { decode, NotUtf8 } from '../text/index.ts';
import { CONFIG_FILE, type Config } from './model.ts';

/** A configuration may come from anybody's branch: it names no place outside the repository. */
const inside = z
  .string()
  .min(1)
  .refine(
    (path) => !isAbsolute(path) && !win32.isAbsolute(path) && !path.split(/[\\/]/).includes('..'),
    'a path inside the repository, without ..',
  );

export const configSchema = z.strictObject({
  codegen: z
    .strictObject({
      /** Folder that `gov codegen` writes. */
      out: inside.default('generated'),
      /** The reviewed answers to what the spec leaves open. */
      overlay: inside.optional(),
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

/** The configuration in a file's bytes. A broken one is a UsageError with its place. */
export function parseConfig(bytes: Uint8Array): Config {
  let text: string;
  try {
    ({ text } = decode(CONFIG_FILE, bytes));
  } catch (error) {
    if (error instanceof NotUtf8) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const { line, col } = lineCounter.linePos(broken.pos[0]);
    throw new UsageError(`${CONFIG_FILE}:${line}:${col}: ${broken.message.split('\n')[0]} (expected YAML)`);
  }
  const parsed = configSchema.safeParse(plain(document) ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  const at = placeOf(document, path as (string | number)[], lineCounter);
  const name = path.join('.') || 'the document';
  const expected = unknown === undefined ? issue.message : `one of: ${knownKeys(issue.path).join(', ')}`;
  throw new UsageError(
    `${CONFIG_FILE}:${at}: Unexpected ${unknown === undefined ? 'value' : 'key'} at ${name}, expected ${expected}`,
  );
}

/** The values. An alias that leads nowhere, or that multiplies without end, shows only here. */
function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(
      `${CONFIG_FILE}:1:1: ${(error as Error).message} (expected YAML without such aliases)`,
    );
  }
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  const known = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], {
    codegen: { out: 0, overlay: 0, include: 0, roots: 0 },
    session: { unbound: 0 },
  });
  return Object.keys((known ?? {}) as object);
}

function placeOf(
  document: ReturnType<typeof parseDocument>,
  path: (string | number)[],
  lines: LineCounter,
): string {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const items = (
      parent as { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] } | undefined
    )?.items;
    const key = items?.find((item) => item.key?.value === path[depth - 1])?.key;
    if (key?.range) {
      const { line, col } = lines.linePos(key.range[0]);
      return `${line}:${col}`;
    }
  }
  return '1:1';
}
