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
  return [
    changeAt(spot, 'contract/type-kind-changed', BOTH, `${a.kind} ${texts[0]}`, `${b.kind} ${texts[1]}`),
  ];
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

/** Did a record that both extend say it? It is told there, once. */
function isInherited(path: string, a: RecordNode, b: RecordNode, sides: Sides): boolean {
  const name = /^[^.[{]*/.exec(path)![0];
  const [from, to] = [ownerOf(name, a, sides.from), ownerOf(name, b, sides.to)];
  const old = from === undefined ? undefined : newName(sides, from);
  const owner = to ?? old;
  if (owner === undefined || owner === b.name || (old !== undefined && to !== undefined && old !== to))
    return false;
  return (
    basesOf(a, sides.from).some((base) => newName(sides, base) === owner) &&
    basesOf(b, sides.to).includes(owner)
  );
}

/** The record that gives a field to another one. */
function ownerOf(name: string, record: RecordNode, side: Side): string | undefined {
  const field: Field | undefined = side.fieldsOf(record).find((each) => each.name === name);
  if (field === undefined) return undefined;
  if (record.fields.includes(field)) return record.name;
  return basesOf(record, side).find((base) => {
    const node = side.types.get(base);
    return node?.kind === 'record' && node.fields.includes(field);
  });
}

/** Every record that a record extends, at whatever remove. */
function basesOf(record: RecordNode, side: Side): string[] {
  const found = new Set<string>();
  const queue = [...(record.extends ?? [])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const base = side.types.get(name);
    if (base?.kind === 'record') queue.push(...(base.extends ?? []));
  }
  return [...found];
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
