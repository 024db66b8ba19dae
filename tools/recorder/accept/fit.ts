// Most events are right, and zod is slow to say so: a schema is read once and becomes plain functions. They accept
// nothing that zod would refuse; what they do not accept, or cannot judge, zod judges, and finds the words for it.
import type { z } from 'zod';

/** What a fit answers instead of a value that it does not accept. */
export const misfit = Symbol('misfit');

/** The value as zod would return it: a copy, its keys in the order of canonical JSON (RFC 8785). */
export type Fit = (value: unknown) => unknown;

/** The definition of a schema or a check, as far as it is read here. */
interface Definition {
  type?: string;
  check?: string;
  format?: string;
  pattern?: RegExp;
  /** The limit of a `greater_than`. */
  value?: unknown;
  inclusive?: boolean;
  checks?: readonly { _zod: { def: Definition } }[];
  values?: readonly unknown[];
  entries?: Readonly<Record<string, unknown>>;
  shape?: Readonly<Record<string, z.core.$ZodType>>;
  catchall?: z.core.$ZodType;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def as unknown as Definition;
const unjudged: Fit = () => misfit;
const only =
  (accepts: (value: unknown) => boolean): Fit =>
  (value) =>
    accepts(value) ? value : misfit;

export function fitOf(schema: z.core.$ZodType): Fit {
  const definition = definitionOf(schema);
  if (definition.type === 'string') return text(definition);
  if (definition.type === 'number') return number(definition);
  // A check that is not known here may refuse anything.
  if (definition.checks && definition.checks.length > 0) return unjudged;
  switch (definition.type) {
    case 'boolean':
      return only((value) => typeof value === 'boolean');
    case 'literal':
      return oneOf(definition.values!);
    case 'enum':
      return oneOf(Object.values(definition.entries!));
    case 'nullable': {
      const judge = fitOf(definition.innerType!);
      return (value) => (value === null ? null : judge(value));
    }
    case 'array':
      return list(fitOf(definition.element!));
    case 'object':
      return object(definition);
    default:
      return unjudged;
  }
}

/** Formats that are a pattern and nothing else. */
const patterned: ReadonlySet<string | undefined> = new Set(['uuid', 'regex']);

function text(definition: Definition): Fit {
  const checks = (definition.checks ?? []).map((check) => check._zod.def);
  const formats = definition.check === undefined ? checks : [definition, ...checks];
  const patterns = formats.map(({ pattern }) => pattern);
  const judged = formats.every(
    ({ check, format, pattern }) =>
      check === 'string_format' && patterned.has(format) && pattern && !pattern.global && !pattern.sticky,
  );
  if (!judged) return unjudged;
  return only((value) => typeof value === 'string' && patterns.every((pattern) => pattern!.test(value)));
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

function oneOf(values: readonly unknown[]): Fit {
  const known = new Set(values);
  return only((value) => known.has(value));
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

function object({ shape, catchall }: Definition): Fit {
  if (!catchall || definitionOf(catchall).type !== 'never') return unjudged;
  const fields = Object.keys(shape!)
    .sort()
    .map((key) => {
      const schema = shape![key]!;
      const { type, innerType } = definitionOf(schema);
      const optional = type === 'optional';
      return { key, optional, judge: fitOf(optional ? innerType! : schema) };
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
