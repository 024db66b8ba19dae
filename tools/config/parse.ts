import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { decode, NotUtf8, nearWords } from '../text/index.ts';
import { ConfigError } from './errors.ts';
import { expectedText } from './expected.ts';
import { CONFIG_FILE, type Config } from './model.ts';
import { outputProblems, outputsOf } from './outputs.ts';
import type { Pathed } from './problem.ts';
import { retentionProblems } from './retention.ts';
import { configSchema, knownKeys } from './schema.ts';

/** More problems than these are of one cause, and nobody reads on. */
const MOST_PROBLEMS = 50;

interface Problem {
  line: number;
  column: number;
  text: string;
}

/**
 * The configuration in a file's bytes. A broken one is a {@link ConfigError} with everything that is wrong.
 * `rules` are the ids that `check.rules` may name, `families` what `recorder.retention` may; without them any is taken.
 */
export function parseConfig(
  bytes: Uint8Array,
  rules?: readonly string[],
  families?: readonly { family: string; days: number }[],
): Config {
  const lines = new LineCounter();
  const document = parseDocument(textOf(bytes), { lineCounter: lines, prettyErrors: false });
  refuse(
    document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { line, column: col, text: `${error.message.split('\n')[0]} (expected YAML)` };
    }),
  );
  const values = plain(document) ?? {};
  const parsed = configSchema.safeParse(values);
  const problems = (parsed.error?.issues ?? []).flatMap(problemsOf);
  if (rules) problems.push(...unknownRules(values, rules));
  if (families) problems.push(...retentionProblems(values, families));
  problems.push(...outputProblems(values));
  refuse(problems.map(({ path, text }) => ({ ...placeOf(document, path, lines), text })));
  const { codegen, ...rest } = parsed.data!;
  const { out: _, ...kept } = codegen;
  return { ...rest, codegen: { ...kept, outputs: outputsOf(codegen) } };
}

function textOf(bytes: Uint8Array): string {
  try {
    return decode(CONFIG_FILE, bytes).text;
  } catch (error) {
    if (error instanceof NotUtf8) throw new ConfigError([error.message], { cause: error });
    throw error;
  }
}

/** The values. An alias that leads nowhere, or that multiplies without end, shows only here. */
function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ConfigError([
      `${CONFIG_FILE}:1:1: ${(error as Error).message} (expected YAML without such aliases)`,
    ]);
  }
}

function problemsOf(issue: z.core.$ZodIssue): Pathed[] {
  if (issue.code !== 'unrecognized_keys') {
    const name = issue.path.join('.') || 'the document';
    return [{ path: issue.path, text: `Unexpected value at ${name}, expected ${expectedText(issue)}` }];
  }
  const expected = `one of: ${knownKeys(issue.path).join(', ')}`;
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    return { path, text: `Unexpected key at ${path.join('.')}, expected ${expected}` };
  });
}

/** Looked for in the values as they stand, so that they are told beside whatever else is wrong. */
function unknownRules(values: unknown, rules: readonly string[]): Pathed[] {
  const named = (values as { check?: { rules?: unknown } | null }).check?.rules;
  return Object.keys(typeof named === 'object' && named !== null ? named : {})
    .filter((id) => !rules.includes(id))
    .map((id) => {
      const near = nearWords(id, rules);
      const expected = near.length > 0 ? `one of: ${near.join(', ')}` : 'a rule that gov explain lists';
      return { path: ['check', 'rules', id], text: `Unexpected rule ${id}, expected ${expected}` };
    });
}

/** All of them, in the order of the file. */
function refuse(problems: Problem[]): void {
  if (problems.length === 0) return;
  const sorted = problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const shown = sorted.slice(0, MOST_PROBLEMS);
  const left = sorted.length - shown.length;
  throw new ConfigError([
    ...shown.map(({ line, column, text }) => `${CONFIG_FILE}:${line}:${column}: ${text}`),
    ...(left > 0 ? [`${CONFIG_FILE}: … and ${left} more`] : []),
  ]);
}

function placeOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
  lines: LineCounter,
): { line: number; column: number } {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const { items } = (parent ?? {}) as { items?: Item[] };
    const key = path[depth - 1];
    const item = items?.find((each) => each.key?.value === key);
    // Of a list the item itself is the place.
    const range = item?.key?.range ?? (typeof key === 'number' ? items?.[key]?.range : undefined);
    if (range) {
      const { line, col } = lines.linePos(range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

interface Item {
  key?: { value?: unknown; range?: [number, number, number] };
  range?: [number, number, number];
}
