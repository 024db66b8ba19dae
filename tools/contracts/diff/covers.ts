import type { Field, Literal, Prim, Type } from '../ir.ts';
import type { Side } from './side.ts';

/** Prims whose every value is a string. */
const STRINGS: readonly Prim[] = ['string', 'uuid', 'datetime', 'sha256'];

/** Deeper than any spec nests. What is deeper is not known to be covered. */
const DEEPEST = 64;

interface Question {
  wide: Side;
  narrow: Side;
  /** Do a name of the wide side and one of the narrow side mean one definition? */
  same(wide: string, narrow: string): boolean;
  /** Pairs of definitions and what was found; true while one is looked at, since a record may contain itself. */
  asked: Map<string, boolean>;
}

/**
 * Is every value of `narrow` one of `wide` too? What cannot be shown is denied, so that it is told as a break.
 * A definition that both sides know by one name counts as equal: its own change is told where it is defined.
 */
export function covers(
  wide: Type,
  narrow: Type,
  sides: { wide: Side; narrow: Side; same(wide: string, narrow: string): boolean },
): boolean {
  return fits(wide, narrow, { ...sides, asked: new Map() }, 0);
}

function fits(wide: Type, narrow: Type, question: Question, depth: number): boolean {
  if (depth > DEEPEST) return false;
  const next = (a: Type, b: Type): boolean => fits(a, b, question, depth + 1);
  if (wide.kind === 'opaque' || narrow.kind === 'opaque')
    return wide.kind === 'opaque' && narrow.kind === 'opaque' && wide.text === narrow.text;
  if (isOpen(wide)) return true;
  if (narrow.kind === 'union') return narrow.of.every((member) => next(wide, member));
  if (wide.kind === 'union' && wide.of.some((member) => next(member, narrow))) return true;
  if (wide.kind === 'ref' && narrow.kind === 'ref') {
    if (question.same(wide.name, narrow.name)) return true;
    const pair = `${wide.name} ${narrow.name}`;
    const known = question.asked.get(pair);
    if (known !== undefined) return known;
    question.asked.set(pair, true);
    const found = fitsOpened(wide, narrow, question, next);
    question.asked.set(pair, found);
    return found;
  }
  if (wide.kind === 'ref' || narrow.kind === 'ref') return fitsOpened(wide, narrow, question, next);
  return fitsPlain(wide, narrow, next);
}

/** What nobody defines may hold anything: nothing is known to fit it, nor it anything. */
function fitsOpened(
  wide: Type,
  narrow: Type,
  question: Question,
  next: (wide: Type, narrow: Type) => boolean,
): boolean {
  if (wide.kind === 'ref') {
    const found = opened(wide.name, question.wide);
    return found !== undefined && next(found, narrow);
  }
  const found = narrow.kind === 'ref' ? opened(narrow.name, question.narrow) : narrow;
  return found !== undefined && next(wide, found);
}

function fitsPlain(wide: Type, narrow: Type, next: (wide: Type, narrow: Type) => boolean): boolean {
  switch (wide.kind) {
    case 'prim':
      return fitsPrim(wide.name, narrow);
    case 'literal':
      return narrow.kind === 'literal' && narrow.value === wide.value;
    case 'null':
      return narrow.kind === 'null';
    case 'pattern':
      return narrow.kind === 'pattern' && narrow.pattern === wide.pattern;
    case 'array':
      if (narrow.kind === 'tuple') return narrow.of.every((member) => next(wide.of, member));
      return narrow.kind === 'array' && next(wide.of, narrow.of);
    case 'map':
      if (narrow.kind === 'object') return narrow.fields.every((field) => next(wide.of, withNull(field)));
      return narrow.kind === 'map' && next(wide.of, narrow.of);
    case 'tuple':
      return (
        narrow.kind === 'tuple' &&
        narrow.of.length === wide.of.length &&
        wide.of.every((member, at) => next(member, narrow.of[at]!))
      );
    case 'object':
      return narrow.kind === 'object' && fitsObject(wide.fields, narrow.fields, next);
    default:
      return false;
  }
}

function fitsPrim(wide: Prim, narrow: Type): boolean {
  if (narrow.kind === 'literal')
    return wide === primOf(narrow.value) || (wide === 'number' && isNumber(narrow));
  if (narrow.kind === 'pattern') return wide === 'string';
  if (narrow.kind !== 'prim') return false;
  if (narrow.name === wide) return true;
  return wide === 'string' ? STRINGS.includes(narrow.name) : wide === 'number' && narrow.name === 'int';
}

function fitsObject(
  wide: readonly Field[],
  narrow: readonly Field[],
  next: (wide: Type, narrow: Type) => boolean,
): boolean {
  const known = new Map(narrow.map((field) => [field.name, field]));
  const names = new Set(wide.map(({ name }) => name));
  return (
    narrow.every(({ name }) => names.has(name)) &&
    wide.every((field) => {
      const own = known.get(field.name);
      if (own === undefined) return field.presence === 'optional';
      if (own.presence === 'optional' && field.presence === 'required') return false;
      return next(withNull(field), withNull(own));
    })
  );
}

/** The type of a field with its null. */
function withNull({ type, nullable }: Pick<Field, 'type' | 'nullable'>): Type {
  return nullable ? { kind: 'union', of: [type, { kind: 'null' }] } : type;
}

/** A definition as the type that it stands for. */
function opened(name: string, side: Side): Type | undefined {
  const node = side.types.get(name);
  if (node === undefined) return undefined;
  if (node.kind === 'alias') return withNull(node);
  if (node.kind === 'record') return { kind: 'object', fields: side.fieldsOf(node) };
  return { kind: 'union', of: node.members.map(({ value }) => ({ kind: 'literal', value })) };
}

/** Any JSON fits, null too. */
export function isOpen(type: Type): boolean {
  return type.kind === 'untyped' || (type.kind === 'prim' && type.name === 'json');
}

/** Is it a string of whatever form? */
export function isText(type: Type): boolean {
  return type.kind === 'pattern' || (type.kind === 'prim' && STRINGS.includes(type.name));
}

function primOf(value: Literal): Prim {
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'number';
}

function isNumber({ value }: { value: Literal }): boolean {
  return typeof value === 'number';
}
