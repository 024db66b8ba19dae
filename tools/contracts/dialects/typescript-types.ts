import type { TSSignature, TSTemplateLiteralType, TSTupleElement, TSType, TSTypeReference } from 'oxc-parser';
import type { Evidence, Field, Literal, Type } from '../ir.ts';
import { mine } from './comment.ts';
import type { TypeScriptSource } from './typescript-source.ts';

/** Names that the spec uses as formats and defines nowhere. */
const BUILT_IN: Record<string, Type> = {
  UUID: { kind: 'prim', name: 'uuid' },
  Timestamp: { kind: 'prim', name: 'datetime' },
  ISO8601Timestamp: { kind: 'prim', name: 'datetime' },
  SHA256Hash: { kind: 'prim', name: 'sha256' },
};

/** What a hole of a template literal may hold, as a regular expression. */
const HOLES: Partial<Record<TSType['type'], string>> = {
  TSStringKeyword: '[\\s\\S]*',
  TSNumberKeyword: '-?\\d+(?:\\.\\d+)?',
  TSBooleanKeyword: '(?:true|false)',
};

/** How deep a type is followed: whoever nests deeper can give the inner levels a name. */
const DEEPEST = 24;

/** Turns the TypeScript types of one definition into IR types; what the IR cannot carry becomes `opaque`. */
export class TypeScriptTypes {
  private readonly source: TypeScriptSource;
  private readonly owner: string;
  /** Names of the type parameters: open until somebody fills them in. */
  private readonly generics: ReadonlySet<string>;
  private depth = 0;
  private saidTooDeep = false;

  constructor(source: TypeScriptSource, owner: string, generics: readonly string[] = []) {
    this.source = source;
    this.owner = owner;
    this.generics = new Set(generics);
  }

  fields(signatures: readonly TSSignature[], from: number): Field[] {
    const fields: Field[] = [];
    let previousEnd = from;
    for (const signature of signatures) {
      const above = this.source.docAbove(previousEnd, signature);
      previousEnd = signature.end;
      const name = nameOf(signature);
      if (
        signature.type !== 'TSPropertySignature' ||
        name === undefined ||
        signature.typeAnnotation === null
      ) {
        const message = `Unexpected member ${shortened(this.source.textOf(signature))} of ${this.owner}, expected a property with a type`;
        this.source.report(signature.start, 'unsupported-type', message, this.owner);
        continue;
      }
      const doc = this.source.trailing(signature) || above;
      const [written, mayBeAbsent] = withoutUndefined(signature.typeAnnotation.typeAnnotation);
      const { type, nullable } = this.type(written);
      const { format, badDefault, ...mined } = mine(doc, type, nullable);
      if (badDefault !== undefined) {
        const message = `Unexpected default "${badDefault}" of ${this.owner}.${name}, expected a value of its type`;
        this.source.report(signature.start, 'default-unreadable', message, this.owner);
      }
      const stated = this.source.evidence(signature.start);
      const evidence: Evidence[] =
        format === undefined ? [stated] : [stated, { ...stated, confidence: 'mined' }];
      fields.push({
        name,
        type: format === undefined ? type : { kind: 'prim', name: format },
        presence: signature.optional || mayBeAbsent ? 'optional' : 'required',
        nullable,
        ...mined,
        doc,
        evidence,
      });
    }
    return fields;
  }

  /** `T | null` is a nullable T; only a null among several others stays inside the union. */
  type(node: TSType): { type: Type; nullable: boolean } {
    if (node.type === 'TSParenthesizedType') return this.type(node.typeAnnotation);
    if (node.type !== 'TSUnionType') return { type: this.plain(node), nullable: false };
    const nullable = node.types.some((member) => member.type === 'TSNullKeyword');
    const rest = node.types.filter((member) => member.type !== 'TSNullKeyword');
    if (rest.length === 1) return { type: this.plain(rest[0]!), nullable };
    return { type: { kind: 'union', of: rest.map((member) => this.plain(member)) }, nullable };
  }

  private plain(node: TSType): Type {
    if (this.depth === DEEPEST) return this.tooDeep(node);
    this.depth += 1;
    const type = this.within(node);
    this.depth -= 1;
    return type;
  }

  private tooDeep(node: TSType): Type {
    const message = `Unexpected type more than ${DEEPEST} levels deep in ${this.owner}, expected the inner levels as a type with a name; they are read as any JSON`;
    if (!this.saidTooDeep) this.source.report(node.start, 'unsupported-type', message, this.owner);
    this.saidTooDeep = true;
    return { kind: 'prim', name: 'json' };
  }

  private within(node: TSType): Type {
    switch (node.type) {
      case 'TSStringKeyword':
        return { kind: 'prim', name: 'string' };
      case 'TSNumberKeyword':
        return { kind: 'prim', name: 'number' };
      case 'TSBooleanKeyword':
        return { kind: 'prim', name: 'bool' };
      case 'TSAnyKeyword':
      case 'TSUnknownKeyword':
      case 'TSObjectKeyword':
        return { kind: 'prim', name: 'json' };
      case 'TSNullKeyword':
        return { kind: 'null' };
      case 'TSParenthesizedType':
        return this.nested(node.typeAnnotation);
      case 'TSArrayType':
        return { kind: 'array', of: this.nested(node.elementType) };
      case 'TSUnionType':
        return this.nested(node);
      case 'TSTypeOperator':
        return node.operator === 'readonly' ? this.plain(node.typeAnnotation) : this.opaque(node);
      case 'TSTupleType': {
        const of = node.elementTypes.map((element) => this.element(element));
        return of.every((type) => type !== undefined) ? { kind: 'tuple', of } : this.opaque(node);
      }
      case 'TSTypeLiteral':
        return this.object(node.members, node.start + 1);
      case 'TSTemplateLiteralType':
        return this.template(node);
      case 'TSLiteralType':
        return this.literal(node.literal) ?? this.opaque(node);
      case 'TSTypeReference':
        return this.reference(node);
      default:
        return this.opaque(node);
    }
  }

  private nested(node: TSType): Type {
    const { type, nullable } = this.type(node);
    return nullable ? { kind: 'union', of: [type, { kind: 'null' }] } : type;
  }

  /** An element of a tuple; optional and rest elements have no place in the IR. */
  private element(node: TSTupleElement): Type | undefined {
    if (node.type === 'TSNamedTupleMember') return node.optional ? undefined : this.element(node.elementType);
    if (node.type === 'TSOptionalType' || node.type === 'TSRestType') return undefined;
    return this.nested(node);
  }

  /** `{ [key: string]: T }` is a map; beside properties an index signature says what no closed object can. */
  object(members: readonly TSSignature[], from: number): Type {
    const [first] = members;
    if (members.length === 1 && first?.type === 'TSIndexSignature')
      return { kind: 'map', of: this.nested(first.typeAnnotation.typeAnnotation) };
    return { kind: 'object', fields: this.fields(members, from) };
  }

  private literal(node: {
    type: string;
    value?: unknown;
    operator?: string;
    argument?: unknown;
  }): Type | undefined {
    const value = literalValue(node);
    return value === undefined ? undefined : { kind: 'literal', value };
  }

  private template(node: TSTemplateLiteralType): Type {
    const texts = node.quasis.map(({ value }) => escaped(value.cooked ?? value.raw));
    const holes = node.types.map(({ type }) => HOLES[type]);
    if (holes.some((hole) => hole === undefined)) return this.opaque(node);
    const pattern = texts.map((text, at) => `${text}${holes[at] ?? ''}`).join('');
    return { kind: 'pattern', pattern: `^${pattern}$` };
  }

  private reference(node: TSTypeReference): Type {
    const name = node.typeName.type === 'Identifier' ? node.typeName.name : '';
    const params = node.typeArguments?.params ?? [];
    if (name === 'Array' || name === 'ReadonlyArray')
      return params.length === 1 ? { kind: 'array', of: this.nested(params[0]!) } : this.opaque(node);
    // A record over a named key type is a map too: JSON has no other keys than strings.
    if (name === 'Record' && params[0] && params[1] && isKey(params[0]))
      return { kind: 'map', of: this.nested(params[1]) };
    if (name === '' || params.length > 0) return this.opaque(node);
    if (this.generics.has(name)) return { kind: 'prim', name: 'json' };
    return BUILT_IN[name] ?? { kind: 'ref', name };
  }

  private opaque(node: TSType): Type {
    return { kind: 'opaque', text: shortened(this.source.textOf(node)) };
  }
}

/** The value of a literal, a sign included. */
export function literalValue(node: unknown): Literal | undefined {
  const { type, value, operator, argument } = node as {
    type: string;
    value?: unknown;
    operator?: string;
    argument?: { value?: unknown };
  };
  if (type === 'UnaryExpression' && operator === '-' && typeof argument?.value === 'number')
    return -argument.value;
  if (type !== 'Literal') return undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** JSON has no undefined: a property that may be it is one that may be left out. */
function withoutUndefined(node: TSType): [type: TSType, mayBeAbsent: boolean] {
  if (node.type !== 'TSUnionType') return [node, false];
  const types = node.types.filter((member) => member.type !== 'TSUndefinedKeyword');
  if (types.length === node.types.length || types.length === 0) return [node, false];
  return [types.length === 1 ? types[0]! : { ...node, types }, true];
}

function nameOf(signature: TSSignature): string | undefined {
  if (signature.type !== 'TSPropertySignature') return undefined;
  const { key } = signature;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function isKey(node: TSType): boolean {
  return ['TSStringKeyword', 'TSNumberKeyword', 'TSTypeReference'].includes(node.type);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
