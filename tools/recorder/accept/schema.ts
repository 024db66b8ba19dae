import type { z } from 'zod';

/** The definition of a schema or a check, as far as it is read here. */
export interface Definition {
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

export const defined = (schema: z.core.$ZodType): Definition => schema._zod.def as unknown as Definition;

/** What a text has to satisfy besides being one. */
export function checksOf(definition: Definition): Definition[] {
  const checks = (definition.checks ?? []).map((check) => check._zod.def);
  return definition.check === undefined ? checks : [definition, ...checks];
}

/** The keys that a value of this schema can have, at any depth; those that a map names are not among them. */
export function keysOf(schema: z.core.$ZodType): Set<string> {
  const { shape = {}, element, innerType } = defined(schema);
  const keys = new Set(Object.keys(shape));
  for (const part of [...Object.values(shape), element, innerType])
    if (part) for (const key of keysOf(part)) keys.add(key);
  return keys;
}
