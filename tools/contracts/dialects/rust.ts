import type { CodeBlock } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EnumNode, Evidence, Field, TypeNode } from '../ir.ts';
import { mine } from './comment.ts';
import { RustCursor } from './rust-cursor.ts';
import { readAttribute, renamed, type Serde } from './rust-serde.ts';
import { readTokens, type Token } from './rust-tokens.ts';
import { readType } from './rust-type.ts';

export interface RustRead {
  types: TypeNode[];
  diagnostics: Diagnostic[];
}

/**
 * Structs with named fields, enums of unit variants and aliases, as serde writes them. A payload enum or a field
 * that the type model cannot carry is reported; traits, functions, impl blocks, tuple structs and generic
 * definitions say nothing about what is on the wire, and are passed by.
 */
export function readRustBlock(block: CodeBlock): RustRead {
  const text = block.lines.join('\n');
  if (!/\b(?:struct|enum|type)\b/.test(text)) return { types: [], diagnostics: [] };
  return new RustReader(block, text).read();
}

/** What stands above an item or a field. */
interface Above {
  docs: string[];
  serde: Serde;
  /** Line of the first attribute, or of the item where it has none. */
  line: number;
}

class RustReader {
  private readonly types: TypeNode[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly block: CodeBlock;
  private readonly text: string;
  private readonly cursor: RustCursor;
  private readonly trailing: ReadonlyMap<number, string>;

  constructor(block: CodeBlock, text: string) {
    this.block = block;
    this.text = text;
    const { tokens, trailing } = readTokens(text);
    this.cursor = new RustCursor(tokens);
    this.trailing = trailing;
  }

  read(): RustRead {
    while (!this.cursor.done) this.item();
    return { types: this.types, diagnostics: this.diagnostics };
  }

  private item(): void {
    const above = this.above();
    const keyword = this.cursor.next();
    const name = this.cursor.peek().kind === 'word' ? this.cursor.peek() : undefined;
    const plain = keyword.kind === 'word' && name !== undefined && !this.cursor.is('<', 1);
    if (plain && keyword.text === 'struct' && this.cursor.is('{', 1)) this.struct(name, above);
    else if (plain && keyword.text === 'enum' && this.cursor.is('{', 1)) this.enum(name, above);
    else if (plain && keyword.text === 'type' && this.cursor.is('=', 1)) this.alias(name, above);
    else this.skipItem(keyword);
  }

  private skipItem(keyword: Token): void {
    if (keyword.text === ';' || keyword.text === '}') return;
    this.cursor.skipTo(';', '{');
    if (this.cursor.is('{')) this.cursor.skipGroup();
    else this.cursor.take(';');
  }

  private above(): Above {
    const docs: string[] = [];
    const serde = new Map<string, string>();
    let line: number | undefined;
    for (;;) {
      if (this.cursor.peek().kind === 'doc') docs.push(this.cursor.next().text);
      else if (this.cursor.is('#')) {
        line ??= this.cursor.peek().line;
        readAttribute(this.cursor, serde);
      } else if (this.cursor.is('pub')) {
        const { line: own } = this.cursor.next();
        line ??= own;
        if (this.cursor.is('(')) this.cursor.skipGroup();
      } else return { docs, serde, line: line ?? this.cursor.peek().line };
    }
  }

  private struct(name: Token, above: Above): void {
    this.cursor.next();
    this.cursor.next();
    const fields = new Map<string, Field>();
    const bases: string[] = [];
    while (!this.cursor.done && !this.cursor.take('}')) {
      const said = this.above();
      if (this.cursor.is('}')) continue;
      const written = this.cursor.peek();
      const field = this.field(name.text, above.serde, said, bases);
      if (field !== undefined) this.add(fields, field, name.text, written.line);
      this.cursor.skipTo(',', '}');
      this.cursor.take(',');
    }
    if (fields.size === 0 && bases.length === 0) return;
    const base = this.definition(name, above);
    const own = { ...base, kind: 'record' as const, fields: [...fields.values()] };
    this.types.push(bases.length > 0 ? { ...own, extends: bases } : own);
  }

  private add(fields: Map<string, Field>, field: Field, owner: string, line: number): void {
    if (!fields.has(field.name)) fields.set(field.name, field);
    else {
      const message = `Unexpected second field ${field.name} of ${owner}, expected it once`;
      const details = { args: { name: owner } };
      this.diagnostics.push({
        finding: finding('duplicate-field', 'error', this.evidence(line), message, details),
      });
    }
  }

  /** Undefined where there is none to carry; a flattened struct goes to `bases`. */
  private field(owner: string, container: Serde, above: Above, bases: string[]): Field | undefined {
    const start = this.cursor.peek();
    const name = this.cursor.is(':', 1) ? this.cursor.word() : undefined;
    if (name === undefined || !this.cursor.take(':')) {
      this.cursor.skipTo(',', '}');
      this.unsupported(start, owner, `Unexpected ${this.quote(start)} in ${owner}, expected fields`);
      return undefined;
    }
    if (above.serde.has('skip')) return undefined;
    const from = this.cursor.peek();
    const { position } = this.cursor;
    const read = readType(this.cursor);
    const complete = read !== undefined && (this.cursor.is(',') || this.cursor.is('}') || this.cursor.done);
    if (!complete) this.cursor.skipType(position);
    const flat = above.serde.has('flatten');
    if (flat && complete && read.type.kind === 'ref' && !read.nullable) {
      bases.push(read.type.name);
      return undefined;
    }
    // Who writes the value himself may write anything.
    const own = ['with', 'serialize_with'].find((word) => above.serde.has(word));
    const carried = complete && !flat && own === undefined;
    const reason = own ? ` (serde ${own})` : flat ? ' (serde flatten)' : '';
    if (!carried) {
      this.unsupported(
        from,
        owner,
        `Unexpected type ${this.quote(from)}${reason} of ${owner}.${name}, expected one that the IR carries`,
      );
    }
    const type = carried ? read.type : { kind: 'opaque' as const, text: this.quote(from) };
    const nullable = carried && read.nullable;
    const comment = this.trailing.get(this.commentLine()) ?? '';
    const {
      format,
      badDefault: _,
      ...mined
    } = mine(comment === '' ? above.docs.join(' ') : comment, type, nullable);
    const stated = this.evidence(start.line);
    const rule = container.get('rename_all');
    const absent = ['default', 'skip_serializing_if'].some((word) => above.serde.has(word));
    return {
      name: above.serde.get('rename') ?? (rule && renamed(name, rule, 'field')) ?? name,
      type: format === undefined ? type : { kind: 'prim', name: format },
      presence: absent || container.has('default') ? 'optional' : 'required',
      nullable,
      ...mined,
      doc: [...above.docs, comment].filter((text) => text !== '').join(' '),
      evidence: format === undefined ? [stated] : [stated, { ...stated, confidence: 'mined' }],
    };
  }

  private enum(name: Token, above: Above): void {
    this.cursor.next();
    this.cursor.next();
    const members: EnumNode['members'] = [];
    const rule = above.serde.get('rename_all');
    let unstated = false;
    let payload: Token | undefined;
    while (!this.cursor.done && !this.cursor.take('}')) {
      const said = this.above();
      if (this.cursor.is('}')) continue;
      const start = this.cursor.peek();
      const variant = this.cursor.word();
      if (variant === undefined || !['=', ',', '}'].some((mark) => this.cursor.is(mark))) payload ??= start;
      this.cursor.skipTo(',', '}');
      const comment = this.trailing.get(this.commentLine()) ?? '';
      const doc = [...said.docs, comment].filter((text) => text !== '').join(' ');
      this.cursor.take(',');
      if (variant === undefined || said.serde.has('skip')) continue;
      const stated = said.serde.get('rename') ?? (rule && renamed(variant, rule, 'variant'));
      unstated ||= stated === undefined;
      members.push({ value: stated ?? variant, doc });
    }
    const tagged = ['tag', 'untagged'].some((word) => above.serde.has(word));
    if (payload !== undefined || tagged) {
      const what = payload ? payload.text : 'a tag of serde';
      const message = `Unexpected ${what} in enum ${name.text}, expected variants without a payload`;
      this.unsupported(payload ?? name, name.text, message);
    } else if (members.length > 0) {
      const base = this.definition(name, above);
      this.types.push({ ...base, kind: 'enum', members, ...(unstated && { casing: 'unstated' }) });
    }
  }

  private alias(name: Token, above: Above): void {
    this.cursor.next();
    this.cursor.next();
    const from = this.cursor.peek();
    const read = readType(this.cursor);
    const complete = read !== undefined && (this.cursor.is(';') || this.cursor.done);
    this.cursor.skipTo(';');
    if (complete) this.types.push({ ...this.definition(name, above), kind: 'alias', ...read });
    else {
      const message = `Unexpected type ${this.quote(from)} of ${name.text}, expected one that the IR carries`;
      this.unsupported(from, name.text, message);
    }
    this.cursor.take(';');
  }

  /** A comment stands behind the comma, where there is one. */
  private commentLine(): number {
    return (this.cursor.is(',') ? this.cursor.peek() : this.cursor.previous).line;
  }

  private definition(name: Token, above: Above) {
    return {
      name: name.text,
      section: this.block.section?.number ?? '',
      fingerprint: fingerprint(this.block.lines.slice(above.line, this.cursor.previous.line + 1)),
      doc: above.docs.join(' '),
      evidence: [this.evidence(name.line)],
    };
  }

  private evidence(line: number): Evidence {
    const { file, line: fence } = this.block;
    return { file, line: fence + 1 + line, dialect: 'rust', confidence: 'stated' };
  }

  private quote(from: Token): string {
    const text = this.text.slice(from.start, this.cursor.previous.end).replace(/\s+/g, ' ');
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
  }

  private unsupported(at: Token, name: string, message: string): void {
    const details = { args: { name } };
    this.diagnostics.push({
      finding: finding('unsupported-type', 'warning', this.evidence(at.line), message, details),
    });
  }
}
