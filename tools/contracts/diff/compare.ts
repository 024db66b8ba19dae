import type { Field, Type } from '../ir.ts';
import {
  BOTH,
  type Breaking,
  below,
  CONSUMER,
  type ContractChange,
  changeAt,
  NOBODY,
  PRODUCER,
  type Spot,
} from './change.ts';
import { covers, isOpen, isText } from './covers.ts';
import { matchParts } from './match.ts';
import { compareMembers } from './members.ts';
import { inlineEnum, newName, type Sides, valuesOf } from './side.ts';
import { fieldText } from './text.ts';
import { compareValues } from './values.ts';

/** Deeper than any spec nests; what lies deeper is compared as a whole. */
const DEEPEST = 32;

/** Two lists of fields: of a record, a payload, the envelope or an object within them. */
export function compareFields(
  spot: Spot,
  from: readonly Field[],
  to: readonly Field[],
  sides: Sides,
  depth = 0,
): ContractChange[] {
  const at = (a: Field | undefined, b: Field | undefined): Spot => ({
    ...spot,
    path: below(spot.path, (a ?? b)!.name),
    from: a?.evidence[0],
    to: b?.evidence[0],
  });
  const alike = (a: Field, b: Field): boolean =>
    a.presence === b.presence &&
    compareTyped(at(a, b), shown(a, sides, 'from'), shown(b, sides, 'to'), sides, depth).length === 0;
  const { kept, renamed, removed, added } = matchParts(from, to, ({ name }) => name, alike);
  return [
    ...kept.flatMap(([a, b]) => compareField(at(a, b), a, b, sides, depth)),
    ...renamed.flatMap(([a, b]) => {
      const breaking = a.presence === 'required' ? BOTH : PRODUCER;
      const texts = [named(a, sides, 'from'), named(b, sides, 'to')] as const;
      return [
        changeAt(at(a, b), 'contract/field-renamed', breaking, ...texts),
        ...compareValues(at(a, b), a, b, sides),
      ];
    }),
    ...removed.map((a) => {
      const breaking = a.presence === 'required' ? BOTH : PRODUCER;
      return changeAt(at(a, undefined), 'contract/field-removed', breaking, fieldText(a, sides.from), null);
    }),
    ...added.map((b) => {
      const text = fieldText(b, sides.to);
      return b.presence === 'required'
        ? changeAt(at(undefined, b), 'contract/field-added-required', PRODUCER, null, text)
        : changeAt(at(undefined, b), 'contract/field-added-optional', NOBODY, null, text);
    }),
  ];
}

function named(field: Field, sides: Sides, side: 'from' | 'to'): string {
  return `${field.name}: ${fieldText(field, sides[side])}`;
}

function compareField(spot: Spot, a: Field, b: Field, sides: Sides, depth: number): ContractChange[] {
  return [
    ...compareTyped(spot, shown(a, sides, 'from'), shown(b, sides, 'to'), sides, depth),
    ...compareValues(spot, a, b, sides),
  ];
}

/** A type with its null, and what it is printed as, whatever part of it differs. */
interface Shown {
  type: Type;
  nullable: boolean;
  open: boolean;
  text: string;
}

function shown(field: Field, sides: Sides, side: 'from' | 'to'): Shown {
  const { type, nullable, open } = field;
  return { type, nullable, open: open !== undefined, text: fieldText(field, sides[side]) };
}

/** A null among the members of a union is the null of the whole. */
function splitNull(value: Shown): Shown {
  const { type } = value;
  if (type.kind !== 'union' || type.of.every(({ kind }) => kind !== 'null')) return value;
  const rest = type.of.filter(({ kind }) => kind !== 'null');
  const [only] = rest;
  return { ...value, nullable: true, type: rest.length === 1 && only ? only : { kind: 'union', of: rest } };
}

export function compareTyped(
  spot: Spot,
  from: Pick<Shown, 'type' | 'nullable' | 'text'> & { open?: boolean },
  to: Pick<Shown, 'type' | 'nullable' | 'text'> & { open?: boolean },
  sides: Sides,
  depth = 0,
): ContractChange[] {
  const [a, b] = [splitNull({ open: false, ...from }), splitNull({ open: false, ...to })];
  const changes: ContractChange[] = [];
  // Where any JSON may stand, null may.
  if (!isOpen(a.type) && !isOpen(b.type) && a.nullable !== b.nullable) {
    const [rule, breaking] = b.nullable
      ? (['contract/nullable-added', CONSUMER] as const)
      : (['contract/nullable-removed', PRODUCER] as const);
    changes.push(changeAt(spot, rule, breaking, a.text, b.text));
  }
  return [...changes, ...compareTypes(spot, a, b, sides, depth)];
}

function compareTypes(spot: Spot, a: Shown, b: Shown, sides: Sides, depth: number): ContractChange[] {
  const [x, y] = [a.type, b.type];
  const [own, other] = [inlineEnum(x, sides.from), inlineEnum(y, sides.to)];
  const isSame = x.kind === 'ref' && y.kind === 'ref' && newName(sides, x.name) === y.name;
  // A named definition is compared where it is defined; an enum that the field spells out is part of the field.
  if (isSame && !(own && other && spot.owners.has(own.owner ?? ''))) return [];
  if (!(x.kind === 'literal' && y.kind === 'literal')) {
    const [before, now] = [valuesOf(x, sides.from), valuesOf(y, sides.to)];
    if (before && now) return compareMembers(spot, before, now);
  }
  if (depth < DEEPEST) {
    const inner = compareInner(spot, a, b, sides, depth + 1);
    if (inner) return inner;
  }
  return related(spot, a, b, sides);
}

/** Both are built alike: what differs is told of the part that differs. */
function compareInner(
  spot: Spot,
  a: Shown,
  b: Shown,
  sides: Sides,
  depth: number,
): ContractChange[] | undefined {
  const [x, y] = [a.type, b.type];
  const part = (path: string, from: Type, to: Type): ContractChange[] => {
    const whole = { nullable: false, open: false };
    const at = { ...spot, path: below(spot.path, path) };
    return compareTyped(at, { ...a, ...whole, type: from }, { ...b, ...whole, type: to }, sides, depth);
  };
  if (x.kind === 'array' && y.kind === 'array') return part('[]', x.of, y.of);
  if (x.kind === 'map' && y.kind === 'map') return part('{}', x.of, y.of);
  if (x.kind === 'object' && y.kind === 'object')
    return compareFields(spot, x.fields, y.fields, sides, depth);
  if (x.kind === 'tuple' && y.kind === 'tuple' && x.of.length === y.of.length)
    return x.of.flatMap((each, at) => part(`[${at}]`, each, y.of[at]!));
  return undefined;
}

/** Two types that are built otherwise: which of them takes the values of the other? */
function related(spot: Spot, a: Shown, b: Shown, sides: Sides): ContractChange[] {
  const [x, y] = [a.type, b.type];
  const { from, to } = sides;
  const accepted = covers(y, x, {
    wide: to,
    narrow: from,
    same: (now, before) => newName(sides, before) === now,
  });
  const known = covers(x, y, {
    wide: from,
    narrow: to,
    same: (before, now) => newName(sides, before) === now,
  });
  if (accepted && known) return [];
  const breaking: Breaking = { producer: !accepted, consumer: !known };
  return [changeAt(spot, ruleOf(a, b, sides, breaking), breaking, a.text, b.text)];
}

function ruleOf(a: Shown, b: Shown, sides: Sides, { producer, consumer }: Breaking): string {
  const [x, y] = [a.type, b.type];
  if (x.kind === 'literal' && y.kind === 'literal') return 'contract/literal-changed';
  if (b.open && valuesOf(x, sides.from) !== undefined) return 'contract/vocabulary-opened';
  if (a.open && valuesOf(y, sides.to) !== undefined) return 'contract/vocabulary-closed';
  if (isText(x) && isText(y)) return 'contract/format-changed';
  if (producer && consumer) return 'contract/field-retyped';
  return producer ? 'contract/field-narrowed' : 'contract/field-widened';
}
