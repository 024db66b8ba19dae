import { sha256 } from '../../text/index.ts';
import type { Field, Prim, Type } from '../ir.ts';
import { patternSample } from './pattern-sample.ts';
import { carried, enforcedBounds, flatFields, type Scope } from './scope.ts';

export type Sample = string | number | boolean | null | Sample[] | { [key: string]: Sample };

/** What a sample is made for. `minimal` has what is required, null where it may be; `full` has everything. */
export interface SampleOptions {
  kind: 'minimal' | 'full';
  scope: Scope;
  /** How many more records may be written: types that hold each other twice would make a sample without end. */
  left: { records: number };
}

/** Of one sample. */
export const MOST_RECORDS = 2000;
const DEEPEST = 100;

/** 2026-01-01 in Unix milliseconds, as the head of a UUID of version 7. */
const MOMENT = '019b76da-a800';
export const TIME = '2026-01-01T00:00:00.000Z';

/** The same name gives the same id in every sample, so that what names one thing twice names one thing. */
export function uuidOf(name: string): string {
  const hex = sha256(name);
  return `${MOMENT}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

const PRIM_SAMPLE: Record<Prim, (name: string) => Sample> = {
  string: (name) => name,
  int: () => 1,
  number: () => 0.5,
  bool: () => true,
  json: () => ({}),
  uuid: uuidOf,
  datetime: () => TIME,
  sha256,
};

/** The object that some fields make, or undefined where one of them can have no value. */
export function objectSample(
  fields: readonly Field[],
  options: SampleOptions,
  within: readonly string[] = [],
): { [key: string]: Sample } | undefined {
  const entries: [string, Sample][] = [];
  for (const field of carried(fields)) {
    const value = fieldSample(field, options, within);
    if (value !== undefined) entries.push([field.name, value]);
    else if (field.presence === 'required') return undefined;
  }
  return Object.fromEntries(entries);
}

/** Undefined: the field is left out, or has to be. */
export function fieldSample(
  field: Field,
  options: SampleOptions,
  within: readonly string[] = [],
): Sample | undefined {
  if (options.kind === 'minimal' && field.presence === 'optional') return undefined;
  if (options.kind === 'minimal' && field.nullable) return null;
  const isText = field.type.kind === 'prim' && field.type.name === 'string';
  const word = isText ? field.open?.[0] : undefined;
  const value = word ?? valueSample(field.type, field.name, options, within);
  const bounded = typeof value === 'number' ? withinBounds(value, field, options.scope) : value;
  return bounded ?? (field.nullable ? null : undefined);
}

function withinBounds(value: number, field: Field, scope: Scope): number | undefined {
  const { min = -Infinity, max = Infinity } = enforcedBounds(field, scope) ?? {};
  if (value >= min && value <= max) return value;
  if (!Number.isInteger(value)) return Number.isFinite(min) ? min : max;
  const whole = value < min ? Math.ceil(min) : Math.floor(max);
  return whole >= min && whole <= max ? whole : undefined;
}

/** `within` are the definitions that the value stands in: one that needs itself has no value. */
function valueSample(
  type: Type,
  name: string,
  options: SampleOptions,
  within: readonly string[],
): Sample | undefined {
  const inner = (of: Type) => valueSample(of, name, options, within);
  switch (type.kind) {
    case 'prim':
      return PRIM_SAMPLE[type.name](name);
    case 'literal':
      return type.value;
    case 'null':
      return null;
    case 'ref':
      return namedSample(type.name, name, options, within);
    case 'array': {
      const element = options.kind === 'full' ? inner(type.of) : undefined;
      return element === undefined ? [] : [element];
    }
    case 'map': {
      const value = options.kind === 'full' ? inner(type.of) : undefined;
      return value === undefined ? {} : { [name]: value };
    }
    case 'union':
      if (options.kind === 'minimal' && type.of.some(({ kind }) => kind === 'null')) return null;
      return type.of.map(inner).find((value) => value !== undefined);
    case 'tuple': {
      const values = type.of.map(inner).filter((value) => value !== undefined);
      return values.length === type.of.length ? values : undefined;
    }
    case 'pattern':
      return patternSample(type.pattern);
    case 'object':
      return objectSample(type.fields, options, within);
    default:
      return {};
  }
}

function namedSample(
  ref: string,
  name: string,
  options: SampleOptions,
  within: readonly string[],
): Sample | undefined {
  const node = options.scope.types.get(ref);
  if (node === undefined) return {};
  if (within.includes(ref) || within.length > DEEPEST || options.left.records <= 0) return undefined;
  options.left.records -= 1;
  const inside = [...within, ref];
  if (node.kind === 'enum') return node.members[0]?.value;
  if (node.kind === 'record') return objectSample(flatFields(node, options.scope), options, inside);
  if (node.nullable && options.kind === 'minimal') return null;
  return valueSample(node.type, name, options, inside) ?? (node.nullable ? null : undefined);
}
