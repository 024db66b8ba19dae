import { type EventNode, type Evidence, type Ir, refsOf, refsOfNode, type Type } from '../ir.ts';
import { clauseName } from './clause.ts';
import { Anchors, code, plainText, words } from './markdown-text.ts';

export const EVENTS_PAGE = 'events.md';
export const TYPES_PAGE = 'types.md';

export const EVENTS_TITLE = 'Events';
export const TYPES_TITLE = 'Types';
export const CONTENTS = 'Contents';
export const ENVELOPE = 'Envelope';
export const NAMED_ONLY = 'Named, and defined nowhere';

/** Families in the order of their names, each with its events. */
export function families(ir: Ir): [family: string, events: EventNode[]][] {
  return [...groupBy(ir.events, ({ family }) => family)];
}

/** `Map.groupBy`, which Node 20 has not. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Family and event may have one name, and a heading should not. */
export function familyTitle(family: string): string {
  return `Family ${family}`;
}

/** Where each type and each event stands, and who uses it: the links of both pages. */
export class Links {
  private readonly anchors = new Map<string, string>();
  private readonly users = new Map<string, Set<string>>();

  constructor(ir: Ir) {
    const types = new Anchors();
    for (const title of [TYPES_TITLE, CONTENTS]) types.add(title);
    for (const { name } of ir.types) this.anchors.set(name, `${TYPES_PAGE}#${types.add(name)}`);
    const events = new Anchors();
    for (const title of [EVENTS_TITLE, CONTENTS]) events.add(title);
    if (ir.envelope) this.anchors.set(ENVELOPE_KEY, `${EVENTS_PAGE}#${events.add(ENVELOPE)}`);
    for (const [family, members] of families(ir)) {
      this.anchors.set(familyTitle(family), `${EVENTS_PAGE}#${events.add(familyTitle(family))}`);
      for (const { frId } of members) this.anchors.set(frId, `${EVENTS_PAGE}#${events.add(frId)}`);
    }
    for (const node of ir.types) for (const name of refsOfNode(node)) this.use(name, node.name);
    for (const event of ir.events)
      for (const field of event.payload) for (const name of refsOf(field.type)) this.use(name, event.frId);
    for (const field of ir.envelope?.fields ?? [])
      for (const name of refsOf(field.type)) this.use(name, ENVELOPE_KEY);
  }

  private use(name: string, by: string): void {
    const known = this.users.get(name);
    if (known) known.add(by);
    else this.users.set(name, new Set([by]));
  }

  /** A link to a type, an event or a family; the name alone where nothing of it is generated. */
  to(name: string, page: string): string {
    const target = this.anchors.get(name);
    const shown = name === ENVELOPE_KEY ? 'the envelope' : code(name);
    return target === undefined ? shown : `[${shown}](${within(target, page)})`;
  }

  /** The target of a link alone. */
  target(name: string, page: string): string {
    return within(this.anchors.get(name) ?? '', page);
  }

  usedBy(name: string, page: string): string {
    return words([...(this.users.get(name) ?? [])].map((user) => this.to(user, page)));
  }

  /** A type in words, with its links. */
  type(type: Type, page: string): string {
    const of = (inner: Type) => this.type(inner, page);
    switch (type.kind) {
      case 'prim':
        return code(type.name);
      case 'literal':
        return code(JSON.stringify(type.value));
      case 'null':
        return code('null');
      case 'ref':
        return this.to(type.name, page);
      case 'array':
        return `list of ${grouped(type.of) ? `(${of(type.of)})` : of(type.of)}`;
      case 'union':
        return words(
          type.of.map((member) => (member.kind === 'union' ? `(${of(member)})` : of(member))),
          'or',
        );
      case 'map':
        return `map from text to ${grouped(type.of) ? `(${of(type.of)})` : of(type.of)}`;
      case 'tuple':
        return `list of exactly ${words(type.of.map((member) => of(member)))}`;
      case 'pattern':
        return `${code('string')} of the form ${code(type.pattern)}`;
      case 'object':
        return type.fields.length === 0
          ? 'object without fields'
          : `object of ${words(
              type.fields.map(
                (field) =>
                  `${code(`${field.name}${field.presence === 'optional' ? '?' : ''}`)}: ${of(field.type)}${field.nullable ? ' or null' : ''}`,
              ),
            )}`;
      case 'untyped':
        return 'any: the spec gives no type';
      case 'opaque':
        return `any: ${code(type.text)}`;
    }
  }
}

const ENVELOPE_KEY = '(envelope)';

function grouped(type: Type): boolean {
  return type.kind === 'union' || type.kind === 'tuple' || type.kind === 'object';
}

function within(target: string, page: string): string {
  return target.startsWith(`${page}#`) ? target.slice(page.length) : target;
}

/** `FILE:LINE`, as editors and terminals link it. */
export function place({ file, line }: Pick<Evidence, 'file' | 'line'>): string {
  return code(`${file}:${line}`);
}

/** Where a definition stands, and the fingerprint of what it was made from. */
export function origin(node: { section: string; fingerprint: string; evidence: Evidence[] }): string {
  const clause =
    node.section === '' ? 'outside every clause' : `clause ${plainText(clauseName(node.section))}`;
  return `${clause}, ${place(node.evidence[0]!)}, fingerprint ${code(node.fingerprint)}`;
}
