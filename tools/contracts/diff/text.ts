import type { Default, Field, Type } from '../ir.ts';
import { inlineEnum, type Side } from './side.ts';

/** Deeper than any spec nests, and shallow enough for any stack. */
const DEEPEST = 12;

/** A type as the author of a spec writes it; an enum that a field spells out is spelled out. */
export function typeText(type: Type, side: Side, depth = 0): string {
  if (depth === DEEPEST) return '…';
  const inner = (of: Type): string => typeText(of, side, depth + 1);
  switch (type.kind) {
    case 'prim':
      return type.name;
    case 'literal':
      return JSON.stringify(type.value);
    case 'null':
      return 'null';
    case 'ref': {
      const own = inlineEnum(type, side);
      return own ? enumText(own.members.map(({ value }) => value)) : type.name;
    }
    case 'array': {
      const text = inner(type.of);
      return type.of.kind === 'union' ? `(${text})[]` : `${text}[]`;
    }
    case 'union':
      return type.of.map(inner).join(' | ');
    case 'map':
      return `Record<string, ${inner(type.of)}>`;
    case 'tuple':
      return `[${type.of.map(inner).join(', ')}]`;
    case 'pattern':
      return `string matching ${type.pattern}`;
    case 'object':
      return `{ ${type.fields.map((field) => memberText(field, side, depth + 1)).join(', ')} }`;
    case 'untyped':
      return 'untyped';
    case 'opaque':
      return type.text.replace(/\s+/g, ' ');
  }
}

export function enumText(values: readonly (string | number)[]): string {
  return `enum [${values.join(', ')}]`;
}

function memberText(field: Field, side: Side, depth: number): string {
  return `${field.name}${field.presence === 'optional' ? '?' : ''}: ${valueText(field, side, depth)}`;
}

/** `string | null`. */
export function valueText(
  { type, nullable }: Pick<Field, 'type' | 'nullable'>,
  side: Side,
  depth = 0,
): string {
  return `${typeText(type, side, depth)}${nullable ? ' | null' : ''}`;
}

/** All that a contract says of a field, but for its name: `optional int, default 3, at least 0`. */
export function fieldText(field: Field, side: Side): string {
  const { presence, default: value, bounds, open } = field;
  return [
    `${presence === 'optional' ? 'optional ' : ''}${valueText(field, side)}`,
    ...(open === undefined ? [] : [`open vocabulary${open.length > 0 ? ` (${open.join(', ')})` : ''}`]),
    ...(value === undefined ? [] : [defaultText(value)]),
    ...(bounds?.min === undefined ? [] : [`at least ${bounds.min}`]),
    ...(bounds?.max === undefined ? [] : [`at most ${bounds.max}`]),
  ].join(', ');
}

function defaultText(value: Default): string {
  if (value.kind === 'from') return `default from ${value.record}.${value.field}`;
  return `default ${typeof value.value === 'string' ? JSON.stringify(value.value) : value.value}`;
}

/** What a field means beyond its values: the key it is, what null says, that it is a hard limit. */
export function meaningText({ fk, nullMeaning, hard }: Field): string {
  return [fk && `key of ${fk}`, nullMeaning, hard && 'hard limit'].filter(Boolean).join('; ');
}
