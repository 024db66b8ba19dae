import fc from 'fast-check';
import {
  type EnvelopeNode,
  type EventNode,
  envelopeFields,
  type Field,
  fieldsOf,
  type Ir,
  type Type,
  type TypeNode,
} from '../../tools/contracts/index.ts';

const DEEPEST = 2;

const digits = (count: number, max: number, min = 0) =>
  fc.integer({ min, max }).map((value) => String(value).padStart(count, '0'));
const day = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const time = fc
  .tuple(digits(2, 23), digits(2, 59), digits(2, 59), fc.constantFrom('', '.0', '.123', '.123456789'))
  .map(([hours, minutes, seconds, fraction]) => `${hours}:${minutes}:${seconds}${fraction}`);
const offset = fc
  .tuple(fc.constantFrom('+', '-'), digits(2, 23), digits(2, 59))
  .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`);
const utc = fc.tuple(day, time).map(([date, clock]) => `${date}T${clock}Z`);
const uuid = fc.oneof(
  { weight: 8, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: fc.uuid().map((id) => id.toUpperCase()) },
  fc.constantFrom('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
);

/** Values that the definitions of an IR must take: what an arbitrary of this room makes is valid. */
export class Values {
  private readonly known = new Map<string, fc.Arbitrary<unknown>>();
  private readonly types: ReadonlyMap<string, TypeNode>;
  private readonly ir: Ir;

  constructor(ir: Ir) {
    this.ir = ir;
    this.types = new Map(ir.types.map((node) => [node.name, node]));
  }

  /** An arbitrary for every definition of the JSON Schema, by its name there. */
  all(): Map<string, fc.Arbitrary<unknown>> {
    const { events, envelope } = this.ir;
    return new Map([
      ...this.ir.types.map(({ name }) => [name, this.named(name, DEEPEST)] as const),
      ...events.map((event) => [event.payloadName, this.object(event.payload, DEEPEST)] as const),
      ...events.map((event) => [event.frId, this.event(event, envelope!)] as const),
    ]);
  }

  private event(event: EventNode, envelope: EnvelopeNode): fc.Arbitrary<unknown> {
    const outer = this.object(envelopeFields(envelope, event), DEEPEST, (field) =>
      envelope.utc.includes(field.name) ? utc : this.value(field.type, DEEPEST),
    );
    return fc.tuple(outer, this.object(event.payload, DEEPEST)).map(([shape, payload]) => ({
      [envelope.idField]: event.frId,
      [envelope.discriminator]: event.type,
      ...(shape as object),
      payload,
    }));
  }

  private named(name: string, depth: number): fc.Arbitrary<unknown> {
    const key = `${name} ${depth}`;
    const arbitrary = this.known.get(key) ?? this.node(this.types.get(name), depth - 1);
    this.known.set(key, arbitrary);
    return arbitrary;
  }

  private node(node: TypeNode | undefined, depth: number): fc.Arbitrary<unknown> {
    if (node === undefined) return fc.jsonValue({ maxDepth: 1 });
    if (node.kind === 'enum') return fc.constantFrom(...node.members.map(({ value }) => value));
    if (node.kind === 'record') return this.object(fieldsOf(node, this.types), depth);
    const value = () => this.value(node.type, depth);
    if (!node.nullable) return value();
    return depth < 0 ? fc.constant(null) : fc.oneof(fc.constant(null), value());
  }

  /** Below the depth only what cannot be left out: recursion ends there. */
  private object(
    fields: readonly Field[],
    depth: number,
    of = (field: Field) => this.value(field.type, depth),
  ): fc.Arbitrary<unknown> {
    const carried = fields.filter(
      ({ name, presence }) => name !== '__proto__' && (depth >= 0 || presence === 'required'),
    );
    const arbitraries = carried.map((field): [string, fc.Arbitrary<unknown>] => {
      if (field.nullable && depth < 0) return [field.name, fc.constant(null)];
      const value = this.bounded(field) ?? of(field);
      return [
        field.name,
        field.nullable ? fc.oneof(fc.constant(null), { weight: 2, arbitrary: value }) : value,
      ];
    });
    return fc.record(Object.fromEntries(arbitraries), {
      requiredKeys: carried.filter(({ presence }) => presence === 'required').map(({ name }) => name),
      noNullPrototype: true,
    });
  }

  private bounded({ bounds, type }: Field): fc.Arbitrary<number> | undefined {
    if (bounds === undefined || bounds.confidence === 'inferred') return undefined;
    const { min, max } = bounds;
    const name = this.numeric(type);
    if (name === 'int') return fc.integer({ min: min ?? -(2 ** 31), max: max ?? 2 ** 31 - 1 });
    if (name !== 'number') return undefined;
    return fc.double({ noNaN: true, min: min ?? -1e9, max: max ?? 1e9 });
  }

  private numeric(type: Type): string | undefined {
    if (type.kind === 'prim') return type.name;
    const node = type.kind === 'ref' ? this.types.get(type.name) : undefined;
    return node?.kind === 'alias' && !node.nullable ? this.numeric(node.type) : undefined;
  }

  private value(type: Type, depth: number): fc.Arbitrary<unknown> {
    switch (type.kind) {
      case 'prim':
        return PRIM[type.name];
      case 'literal':
        return fc.constant(type.value);
      case 'null':
        return fc.constant(null);
      case 'ref':
        return this.named(type.name, depth);
      case 'array':
        return depth < 0 ? fc.constant([]) : fc.array(this.value(type.of, depth), { maxLength: 2 });
      case 'union': {
        const flat = type.of.filter(({ kind }) => kind !== 'ref' && kind !== 'object');
        const of = depth < 0 && flat.length > 0 ? flat : type.of;
        return fc.oneof(...of.map((member) => this.value(member, depth)));
      }
      case 'map': {
        const key = fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__');
        if (depth < 0) return fc.constant({});
        return fc.dictionary(key, this.value(type.of, depth), { maxKeys: 2, noNullPrototype: true });
      }
      case 'tuple':
        return fc.tuple(...type.of.map((member) => this.value(member, depth)));
      case 'pattern':
        return fc.stringMatching(new RegExp(type.pattern, 'u'));
      case 'object':
        return this.object(type.fields, depth);
      default:
        return PRIM.json;
    }
  }
}

const PRIM = {
  string: fc.string({ maxLength: 12 }),
  int: fc.oneof(fc.integer(), fc.maxSafeInteger()),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  bool: fc.boolean(),
  json: fc.jsonValue({ maxDepth: 2 }),
  uuid,
  datetime: fc.oneof(
    utc,
    fc.tuple(day, time, offset).map(([date, clock, zone]) => `${date}T${clock}${zone}`),
  ),
  sha256: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
};
