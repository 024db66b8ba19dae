import type { Field, RecordNode, TypeNode } from '../ir.ts';
import { BOTH, CONSUMER, type ContractChange, changeAt, NOBODY, PRODUCER, type Spot } from './change.ts';
import { compareFields, compareTyped } from './compare.ts';
import { compareMembers } from './members.ts';
import { newName, type Side, type Sides } from './side.ts';
import { enumText, valueText } from './text.ts';
import { versionKept } from './version.ts';

/** Records, enums and aliases, by name. What a record takes over is told at the record that says it. */
export function compareTypeNodes(sides: Sides): ContractChange[] {
  const { from, to, renamed } = sides;
  const kept = from.ir.types.flatMap((a): [TypeNode, TypeNode][] => {
    const b = to.types.get(newName(sides, a.name));
    return b ? [[a, b]] : [];
  });
  const taken = new Set(kept.map(([, b]) => b.name));
  const isPart = (node: TypeNode): boolean => node.kind === 'enum' && node.owner !== undefined;
  return [
    ...kept.flatMap(([a, b]) => {
      const spot = spotOf(a, b);
      const other = renamed.has(a.name)
        ? [changeAt(spot, 'contract/type-renamed', NOBODY, a.name, b.name)]
        : [];
      return [...other, ...compareNode(spot, a, b, sides)];
    }),
    ...from.ir.types
      .filter((a) => !isPart(a) && !to.types.has(newName(sides, a.name)))
      .map((a) =>
        // What still refers to it may hold anything now.
        changeAt(
          spotOf(a, undefined),
          'contract/type-removed',
          to.referred.has(a.name) ? CONSUMER : BOTH,
          nodeText(a, from),
          null,
        ),
      ),
    ...to.ir.types
      .filter((b) => !isPart(b) && !taken.has(b.name))
      .map((b) =>
        // What referred to it before might hold anything.
        changeAt(
          spotOf(undefined, b),
          'contract/type-added',
          from.referred.has(b.name) ? PRODUCER : NOBODY,
          null,
          nodeText(b, to),
        ),
      ),
  ];
}

function spotOf(a: TypeNode | undefined, b: TypeNode | undefined): Spot {
  const owners = new Set([a, b].flatMap((node) => (node ? [node.name] : [])));
  const { name } = (a ?? b)!;
  return { subject: 'type', name, path: '', from: a?.evidence[0], to: b?.evidence[0], owners };
}

function compareNode(spot: Spot, a: TypeNode, b: TypeNode, sides: Sides): ContractChange[] {
  if (a.kind === 'record' && b.kind === 'record') return compareRecord(spot, a, b, sides);
  if (a.kind === 'enum' && b.kind === 'enum') {
    // An enum that a field spells out is compared where the field is.
    if (a.owner !== undefined && b.owner !== undefined) return [];
    const spelling = a.casing === b.casing ? [] : [casing(spot, a.casing, b.casing)];
    return [...spelling, ...compareMembers(spot, valuesIn(a), valuesIn(b))];
  }
  const texts = [nodeText(a, sides.from), nodeText(b, sides.to)] as const;
  if (a.kind === 'alias' && b.kind === 'alias') {
    const [from, to] = [
      { ...a, text: texts[0] },
      { ...b, text: texts[1] },
    ];
    const found = compareTyped(spot, from, to, sides);
    if (found.length === 0) return [];
    const breaking = {
      producer: found.some((change) => change.breaking.producer),
      consumer: found.some((change) => change.breaking.consumer),
    };
    return [changeAt(spot, 'contract/alias-changed', breaking, ...texts)];
  }
  const kind = (node: TypeNode, text: string): string =>
    node.kind === 'enum' ? text : `${node.kind} ${text}`;
  return [changeAt(spot, 'contract/type-kind-changed', BOTH, kind(a, texts[0]), kind(b, texts[1]))];
}

const valuesIn = (node: TypeNode & { kind: 'enum' }): (string | number)[] =>
  node.members.map(({ value }) => value);

function casing(spot: Spot, before: string | undefined, now: string | undefined): ContractChange {
  const text = (said: string | undefined): string =>
    said === undefined ? 'members as they are written' : 'members in an unstated spelling';
  return changeAt(spot, 'contract/meaning-changed', NOBODY, text(before), text(now));
}

function compareRecord(spot: Spot, a: RecordNode, b: RecordNode, sides: Sides): ContractChange[] {
  const [before, now] = [sides.from.fieldsOf(a), sides.to.fieldsOf(b)];
  const changes = compareFields(spot, before, now, sides);
  const own = changes.filter(({ path }) => !isInherited(path, a, b, sides));
  return [...own, ...versionKept(spot, before, now, changes, sides)];
}

/** Do both take the field, as it was and as it is, from a base that both extend? Then it is told there, once. */
function isInherited(path: string, a: RecordNode, b: RecordNode, { from, to, renamed }: Sides): boolean {
  const name = /^[^.[{]*/.exec(path)![0];
  return (a.extends ?? []).some((base) => {
    const now = newName({ renamed }, base);
    if (!b.extends?.includes(now)) return false;
    return takes(a, base, name, from) && takes(b, now, name, to);
  });
}

function takes(record: RecordNode, base: string, name: string, side: Side): boolean {
  const node = side.types.get(base);
  const fieldIn = (one: RecordNode): Field | undefined =>
    side.fieldsOf(one).find((each) => each.name === name);
  return node?.kind === 'record' && fieldIn(node) === fieldIn(record);
}

/** A definition in short. */
function nodeText(node: TypeNode, side: Side): string {
  if (node.kind === 'alias') return valueText(node, side);
  if (node.kind === 'enum') return enumText(valuesIn(node));
  return `{ ${side
    .fieldsOf(node)
    .map(({ name, presence }) => (presence === 'optional' ? `${name}?` : name))
    .join(', ')} }`;
}
