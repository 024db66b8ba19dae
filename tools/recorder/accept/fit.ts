// Most events are right, and zod is slow to say so: a schema is read once and becomes plain functions. They accept
// nothing that zod would refuse; what they do not accept, or cannot judge, zod judges, and finds the words for it.
import { z } from 'zod';
import { formats } from '../../generated/index.ts';
import { checksOf, type Definition, defined } from './schema.ts';

/** What a fit answers instead of a value that it does not accept. */
export const misfit = Symbol('misfit');

/** The value as zod would return it: a copy, its keys in the order of canonical JSON (RFC 8785). */
export type Fit = (value: unknown) => unknown;

/**
 * Looks at a text that may say anything, and tells whether it may stay as it is. It does not see what leaves no room
 * for a secret: ids, hashes, times, and the words of a list, which it sees once, when the schema is read.
 */
export type Look = (text: string) => boolean;

const unjudged: Fit = () => misfit;
const only =
  (accepts: (value: unknown) => boolean): Fit =>
  (value) =>
    accepts(value) ? value : misfit;

export function fitOf(schema: z.core.$ZodType, look: Look = () => true): Fit {
  const definition = defined(schema);
  if (definition.type === 'string') return text(definition, look);
  if (definition.type === 'number') return number(definition);
  // A check that is not known here may refuse anything.
  if (definition.checks && definition.checks.length > 0) return unjudged;
  switch (definition.type) {
    case 'boolean':
      return only((value) => typeof value === 'boolean');
    case 'literal':
      return oneOf(definition.values!, look);
    case 'enum':
      return oneOf(Object.values(definition.entries!), look);
    case 'nullable': {
      const judge = fitOf(definition.innerType!, look);
      return (value) => (value === null ? null : judge(value));
    }
    case 'array':
      return list(fitOf(definition.element!, look));
    case 'object':
      return object(definition, look);
    default:
      return unjudged;
  }
}

/** Formats that are a pattern and nothing else. */
const patterned: ReadonlySet<string | undefined> = new Set(['uuid', 'regex']);

/** Patterns that nothing but ids, hashes and times match. */
const plain: ReadonlySet<string> = new Set(
  [z.uuid(), formats.datetime, formats.utc, formats.sha256].flatMap((format) =>
    checksOf(defined(format)).map(({ pattern }) => String(pattern)),
  ),
);

function text(definition: Definition, look: Look): Fit {
  const checks = checksOf(definition);
  const judged = checks.every(
    ({ check, format, pattern }) =>
      check === 'string_format' && patterned.has(format) && pattern && !pattern.global && !pattern.sticky,
  );
  if (!judged) return unjudged;
  const patterns = checks.map(({ pattern }) => pattern!);
  const fits = (value: unknown): value is string =>
    typeof value === 'string' && patterns.every((pattern) => pattern.test(value));
  if (patterns.some((pattern) => plain.has(String(pattern)))) return only(fits);
  return only((value) => {
    if (!fits(value)) return false;
    look(value);
    return true;
  });
}

function number(definition: Definition): Fit {
  const { check, format, checks = [] } = definition;
  const isWhole = check === 'number_format' && format === 'safeint';
  let least = Number.NEGATIVE_INFINITY;
  for (const { _zod } of checks) {
    const { check: kind, value, inclusive } = _zod.def;
    if (kind !== 'greater_than' || !inclusive || typeof value !== 'number') return unjudged;
    least = Math.max(least, value);
  }
  if (check !== undefined && !isWhole) return unjudged;
  const isKind = isWhole ? Number.isSafeInteger : Number.isFinite;
  return only((value) => isKind(value) && (value as number) >= least);
}

function oneOf(values: readonly unknown[], look: Look): Fit {
  const known = new Set(values);
  const words = values.filter((value) => typeof value === 'string');
  if (words.every(look)) return only((value) => known.has(value));
  return only((value) => {
    if (typeof value === 'string') look(value);
    return known.has(value);
  });
}

function list(judge: Fit): Fit {
  return (value) => {
    if (!Array.isArray(value)) return misfit;
    const copy: unknown[] = [];
    for (const item of value) {
      const fitted = judge(item);
      if (fitted === misfit) return misfit;
      copy.push(fitted);
    }
    return copy;
  };
}

function object({ shape, catchall }: Definition, look: Look): Fit {
  if (!catchall || defined(catchall).type !== 'never') return unjudged;
  const fields = Object.keys(shape!)
    .sort()
    .map((key) => {
      const schema = shape![key]!;
      const { type, innerType } = defined(schema);
      const optional = type === 'optional';
      return { key, optional, judge: fitOf(optional ? innerType! : schema, look) };
    });
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return misfit;
    const given = value as Record<string, unknown>;
    const copy: Record<string, unknown> = {};
    let found = 0;
    for (const { key, optional, judge } of fields) {
      const item = given[key];
      // Undefined where a key stands is for zod to judge, so it counts as absent and makes the numbers differ.
      if (item === undefined && optional) continue;
      const fitted = judge(item);
      if (fitted === misfit) return misfit;
      copy[key] = fitted;
      found += 1;
    }
    return Object.keys(given).length === found ? copy : misfit;
  };
}
