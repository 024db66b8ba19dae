import { type Comment, type Program, parseSync, type TSSignature, type TSType } from 'oxc-parser';
import type { CodeBlock } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { Evidence, Field, Literal, Type } from '../ir.ts';
import { mine } from './comment.ts';

/** Names that the spec uses as formats and defines nowhere. */
const BUILT_IN: Record<string, Type> = {
  UUID: { kind: 'prim', name: 'uuid' },
  Timestamp: { kind: 'prim', name: 'datetime' },
  ISO8601Timestamp: { kind: 'prim', name: 'datetime' },
};

/** A parsed block: turns its TypeScript types into IR types, with places and the comments at line ends. */
export class TypeScriptSource {
  readonly diagnostics: Diagnostic[] = [];
  readonly body: Program['body'];
  readonly comments: readonly Comment[];
  private readonly commentOfLine = new Map<number, string>();
  private readonly lineStarts: number[] = [0];
  private readonly block: CodeBlock;
  private readonly text: string;

  constructor(block: CodeBlock, text: string) {
    this.block = block;
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
    const { program, comments, errors } = parseSync('block.ts', text);
    this.body = program.body;
    this.comments = comments;
    for (const comment of comments) this.commentOfLine.set(this.lineOf(comment.start), comment.value.trim());
    const error = errors[0];
    if (error) {
      const at = error.labels[0]?.start ?? 0;
      this.report(at, 'outside-grammar', `Unexpected TypeScript (${error.message}), expected declarations`);
    }
  }

  fields(signatures: TSSignature[]): Field[] {
    const fields: Field[] = [];
    for (const signature of signatures) {
      const key = signature.type === 'TSPropertySignature' ? signature.key : undefined;
      const name =
        key?.type === 'Identifier' ? key.name : key?.type === 'Literal' ? String(key.value) : undefined;
      if (
        signature.type !== 'TSPropertySignature' ||
        name === undefined ||
        signature.typeAnnotation === null
      ) {
        this.report(
          signature.start,
          'unsupported-type',
          'Unexpected member, expected a property with a type',
        );
        continue;
      }
      const doc = this.commentOfLine.get(this.lineOf(signature.end)) ?? '';
      const { type, nullable } = this.type(signature.typeAnnotation.typeAnnotation);
      const { format, badDefault: _, ...mined } = mine(doc, type, nullable);
      const stated = this.evidence(signature.start);
      const evidence: Evidence[] =
        format === undefined ? [stated] : [stated, { ...stated, confidence: 'mined' }];
      const presence = signature.optional ? 'optional' : 'required';
      fields.push({
        name,
        type: format === undefined ? type : { kind: 'prim', name: format },
        presence,
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
    if (node.type !== 'TSUnionType') return { type: this.plain(node), nullable: false };
    const rest = node.types.filter((member) => member.type !== 'TSNullKeyword');
    const nullable = rest.length < node.types.length;
    if (rest.length === 1) return { type: this.plain(rest[0]!), nullable };
    return { type: { kind: 'union', of: rest.map((member) => this.plain(member)) }, nullable };
  }

  private plain(node: TSType): Type {
    switch (node.type) {
      case 'TSStringKeyword':
        return { kind: 'prim', name: 'string' };
      case 'TSNumberKeyword':
        return { kind: 'prim', name: 'number' };
      case 'TSBooleanKeyword':
        return { kind: 'prim', name: 'bool' };
      case 'TSAnyKeyword':
      case 'TSUnknownKeyword':
        return { kind: 'prim', name: 'json' };
      case 'TSNullKeyword':
        return { kind: 'null' };
      case 'TSParenthesizedType':
        return this.nested(node.typeAnnotation);
      case 'TSArrayType':
        return { kind: 'array', of: this.nested(node.elementType) };
      case 'TSUnionType':
        return this.nested(node);
      case 'TSTypeLiteral':
        return { kind: 'object', fields: this.fields(node.members) };
      case 'TSLiteralType':
        if (node.literal.type === 'Literal' && isLiteral(node.literal.value))
          return { kind: 'literal', value: node.literal.value };
        return this.opaque(node);
      case 'TSTypeReference':
        return this.reference(
          node.typeName.type === 'Identifier' ? node.typeName.name : '',
          node.typeArguments?.params ?? [],
          node,
        );
      default:
        return this.opaque(node);
    }
  }

  private nested(node: TSType): Type {
    const { type, nullable } = this.type(node);
    return nullable ? { kind: 'union', of: [type, { kind: 'null' }] } : type;
  }

  private reference(name: string, params: TSType[], node: TSType): Type {
    if (name === 'Array' && params.length === 1) return { kind: 'array', of: this.nested(params[0]!) };
    if (name === 'Record' && params[0]?.type === 'TSStringKeyword' && params[1])
      return { kind: 'map', of: this.nested(params[1]) };
    if (name === '' || params.length > 0) return this.opaque(node);
    return BUILT_IN[name] ?? { kind: 'ref', name };
  }

  private opaque(node: TSType): Type {
    const text = this.text.slice(node.start, node.end);
    this.report(node.start, 'unsupported-type', `Unexpected type ${text}, expected one that the IR carries`);
    return { kind: 'opaque', text };
  }

  definition(name: string, node: { start: number; end: number }) {
    const lines = this.block.lines.slice(this.lineOf(node.start), this.lineOf(node.end) + 1);
    return {
      name,
      section: this.block.section?.number ?? '',
      fingerprint: fingerprint(lines),
      doc: '',
      evidence: [this.evidence(node.start)],
    };
  }

  private evidence(offset: number): Evidence {
    return {
      file: this.block.file,
      line: this.block.line + 1 + this.lineOf(offset),
      dialect: 'typescript',
      confidence: 'stated',
    };
  }

  /** Line of an offset within the block, from 0. */
  private lineOf(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  report(offset: number, rule: string, message: string): void {
    this.diagnostics.push({ finding: finding(rule, 'warning', this.evidence(offset), message) });
  }
}

function isLiteral(value: unknown): value is Literal {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
