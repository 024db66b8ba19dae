import type { Expression, TSInterfaceDeclaration, TSType, TSTypeAliasDeclaration } from 'oxc-parser';
import type { CodeBlock, SpecIndex } from '../../spec/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { EnumNode, EventMention, Field, Literal, RecordNode, TypeNode } from '../ir.ts';
import { type EventRead, TypeScriptEvents } from './typescript-events.ts';
import { type Statement, TypeScriptSource } from './typescript-source.ts';
import { literalValue, TypeScriptTypes } from './typescript-types.ts';

export const EVENT_BASE = 'FlightRecorderEventBase';

export interface TypeScriptRead {
  types: TypeNode[];
  /** Interfaces that extend the base of all events, one entry an id; `frId` is empty where no id is said. */
  events: EventRead[];
  /** Interfaces that name an event and bring an envelope of their own. */
  mentions: Omit<EventMention, 'archived'>[];
  diagnostics: Diagnostic[];
}

/** Reads the declarations of a block: interfaces, aliases, enums, and namespaces of constants. */
export function readTypeScriptBlock(block: CodeBlock, index: SpecIndex): TypeScriptRead {
  return new TypeScriptReader(block, index).read();
}

class TypeScriptReader {
  private readonly types: TypeNode[] = [];
  private readonly source: TypeScriptSource;
  private readonly events: TypeScriptEvents;

  constructor(block: CodeBlock, index: SpecIndex) {
    this.source = new TypeScriptSource(block);
    this.events = new TypeScriptEvents(this.source, index);
  }

  read(): TypeScriptRead {
    let previousEnd = 0;
    for (const statement of this.source.body) {
      this.statement(statement, previousEnd);
      previousEnd = statement.end;
    }
    const { events, mentions } = this.events.read();
    return { types: this.types, events, mentions, diagnostics: this.source.diagnostics };
  }

  private statement(outer: Statement, previousEnd: number): void {
    const node = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
    const doc = this.source.docAbove(previousEnd, outer);
    if (node?.type === 'TSTypeAliasDeclaration') this.alias(node, outer, previousEnd, doc);
    if (node?.type === 'TSInterfaceDeclaration') this.interface(node, outer, previousEnd, doc);
    if (node?.type === 'TSEnumDeclaration') {
      const members = numbered(node.body.members);
      const docs = documented(this.source, node.body.members, node.body.start + 1);
      this.enum(node.id.name, members, docs, outer, doc);
    }
    if (node?.type === 'TSModuleDeclaration' && node.id.type === 'Identifier' && node.body)
      this.namespace(node.id.name, node.body.body as readonly Statement[], outer, doc);
  }

  private interface(node: TSInterfaceDeclaration, outer: Statement, previousEnd: number, doc: string): void {
    const { name } = node.id;
    const bases = node.extends.map(({ expression }) =>
      expression.type === 'Identifier' ? expression.name : this.source.textOf(expression),
    );
    const types = this.typesOf(name, node, outer);
    const [first] = node.body.body;
    if (bases.length === 0 && node.body.body.length === 1 && first?.type === 'TSIndexSignature') {
      const type = types.object(node.body.body, node.body.start + 1);
      this.types.push({ ...this.source.definition(name, outer, doc), kind: 'alias', type, nullable: false });
      return;
    }
    const fields = types.fields(node.body.body, node.body.start + 1);
    if (bases.includes(EVENT_BASE)) this.events.event({ name, fields, node: outer, previousEnd });
    else this.record(name, bases, fields, outer, previousEnd, doc);
  }

  private record(
    name: string,
    bases: string[],
    fields: Field[],
    outer: Statement,
    previousEnd: number,
    doc: string,
  ): void {
    const node: RecordNode = {
      ...this.source.definition(name, outer, doc),
      kind: 'record',
      ...(bases.length > 0 && { extends: bases }),
      fields,
    };
    this.types.push(node);
    this.events.standalone({ name, fields, node: outer, previousEnd });
  }

  private alias(node: TSTypeAliasDeclaration, outer: Statement, previousEnd: number, doc: string): void {
    const { name } = node.id;
    const types = this.typesOf(name, node, outer);
    const joined = node.typeAnnotation.type === 'TSIntersectionType' ? node.typeAnnotation.types : undefined;
    const parts = joined && this.intersection(joined, types);
    if (parts) {
      const isEvent = parts.bases.includes(EVENT_BASE);
      if (isEvent) this.events.event({ name, fields: parts.fields, node: outer, previousEnd });
      else this.record(name, parts.bases, parts.fields, outer, previousEnd, doc);
      return;
    }
    const { type, nullable } = types.type(node.typeAnnotation);
    if (type.kind === 'object' && !nullable)
      return void this.record(name, [], type.fields, outer, previousEnd, doc);
    const members = type.kind === 'union' ? wordsOf(type.of) : undefined;
    if (members === undefined || nullable) {
      this.types.push({ ...this.source.definition(name, outer, doc), kind: 'alias', type, nullable });
      return;
    }
    const union = node.typeAnnotation as TSType & { types: TSType[] };
    const docs = union.types.map((member) => this.source.trailing(member));
    this.events.vocabulary(name, union.types, members);
    this.enum(name, members, docs, outer, doc);
  }

  /** `A & B & { own }` is a record that extends A and B; of anything else it is none. */
  private intersection(
    parts: readonly TSType[],
    types: TypeScriptTypes,
  ): { bases: string[]; fields: Field[] } | undefined {
    const bases: string[] = [];
    const fields: Field[] = [];
    for (const part of parts) {
      if (part.type === 'TSTypeReference' && part.typeName.type === 'Identifier' && !part.typeArguments)
        bases.push(part.typeName.name);
      else if (part.type === 'TSTypeLiteral') fields.push(...types.fields(part.members, part.start + 1));
      else return undefined;
    }
    return { bases, fields };
  }

  /** `namespace Kind { export const Text: 1 = 1; … }`: the constants are the members of an enum. */
  private namespace(name: string, body: readonly Statement[], outer: Statement, doc: string): void {
    const constants = body.map((statement) => {
      const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      const declared = inner?.type === 'VariableDeclaration' ? inner.declarations[0] : undefined;
      return { node: statement, value: declared?.init ? literalValue(declared.init) : undefined };
    });
    const members = constants.map(({ value }) => value);
    if (!members.every((value) => typeof value === 'string' || typeof value === 'number')) return;
    const docs = documented(
      this.source,
      constants.map(({ node }) => node),
      outer.start,
    );
    if (members.length > 0) this.enum(name, members, docs, outer, doc);
  }

  private enum(
    name: string,
    values: readonly (Literal | undefined)[],
    docs: readonly string[],
    outer: Statement,
    doc: string,
  ): void {
    const members: EnumNode['members'] = [];
    values.forEach((value, at) => {
      if (typeof value === 'string' || typeof value === 'number')
        members.push({ value, doc: docs[at] ?? '' });
    });
    if (members.length < values.length) {
      const message = `Unexpected member of ${name}, expected a string or a number`;
      this.source.report(outer.start, 'unsupported-type', message, name);
      return;
    }
    this.types.push({ ...this.source.definition(name, outer, doc), kind: 'enum', members });
  }

  private typesOf(
    name: string,
    node: TSInterfaceDeclaration | TSTypeAliasDeclaration,
    outer: Statement,
  ): TypeScriptTypes {
    const generics = node.typeParameters?.params.map((parameter) => parameter.name.name) ?? [];
    if (generics.length > 0) {
      const message = `Unexpected type parameter ${generics.join(', ')} of ${name}, expected none; it is read as any JSON`;
      this.source.report(outer.start, 'unsupported-type', message, name);
    }
    return new TypeScriptTypes(this.source, name, generics);
  }
}

/** Of an enum: what is written, else the count from the member before it. */
function numbered(members: readonly { initializer: Expression | null }[]): (Literal | undefined)[] {
  let next = 0;
  return members.map(({ initializer }) => {
    const value = initializer === null ? next : literalValue(initializer);
    if (typeof value === 'number') next = value + 1;
    return value;
  });
}

function wordsOf(types: readonly { kind: string; value?: Literal }[]): (string | number)[] | undefined {
  const values = types.map((type) => (type.kind === 'literal' ? type.value : undefined));
  return values.every((value) => typeof value === 'string' || typeof value === 'number')
    ? (values as (string | number)[])
    : undefined;
}

function documented(
  source: TypeScriptSource,
  nodes: readonly { start: number; end: number }[],
  from: number,
): string[] {
  let previousEnd = from;
  return nodes.map((node) => {
    const doc = source.trailing(node) || source.docAbove(previousEnd, node);
    previousEnd = node.end;
    return doc;
  });
}
