import type { Severity } from '../../findings/index.ts';
import type { CodeBlock } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { type Evidence, type Field, pascal, type TypeNode } from '../ir.ts';
import { mine } from './comment.ts';
import { parseType } from './type-text.ts';

const ITEM = /^([a-z0-9_]+)(?:(\[\])|: (\S.*))?$/;

/** Builds fields and payload items of a yaml block; the enums that fields spell out go to `types`. */
export class YamlFields {
  readonly types: TypeNode[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly block: CodeBlock;
  private line: { index: number; fingerprint: string } | undefined;
  private readonly taken = new WeakMap<Field[], Set<string>>();

  constructor(block: CodeBlock) {
    this.block = block;
  }

  /** The items of a payload; undefined when one is outside the grammar. */
  payload(owner: string, text: string, index: number): Field[] | undefined {
    const items: Field[] = [];
    for (const written of splitItems(text)) {
      const item = this.item(owner, written, index);
      if (item === undefined) return undefined;
      this.add(items, item, owner, index);
    }
    return items;
  }

  /** A name stands once in a record: two would leave open which of them counts. */
  add(fields: Field[], field: Field, owner: string, index: number): void {
    const taken = this.taken.get(fields) ?? new Set<string>();
    this.taken.set(fields, taken);
    if (!taken.has(field.name)) {
      taken.add(field.name);
      fields.push(field);
      return;
    }
    const message = `Unexpected second field ${field.name} of ${owner}, expected it once`;
    this.report(index, 'duplicate-field', message, 'error');
  }

  private item(owner: string, text: string, index: number): Field | undefined {
    const [, name, brackets, written] = ITEM.exec(text) ?? [];
    if (name === undefined) return undefined;
    const bare = this.bare(name, '', index);
    if (brackets !== undefined) return { ...bare, type: { kind: 'array', of: bare.type } };
    return written === undefined ? bare : this.typed(bare, written, owner, index);
  }

  /** The field with its written type and what its comment adds; undefined outside the grammar. */
  typed(bare: Field, written: string, owner: string, index: number): Field | undefined {
    const parsed = parseType(written);
    if (parsed === undefined) return undefined;
    const members = parsed.kind === 'enum' ? parsed.members : [];
    const type = parsed.kind === 'enum' ? this.inlineEnum(owner, bare, members, index) : parsed.type;
    const { format, badDefault, ...mined } = mine(bare.doc, type, parsed.nullable, members);
    if (badDefault !== undefined) {
      this.report(
        index,
        'default-unreadable',
        `Unexpected default ${quote(badDefault)} of ${owner}.${bare.name}, expected a value of its type`,
      );
    }
    const evidence =
      format === undefined
        ? bare.evidence
        : [...bare.evidence, { ...this.evidence(index), confidence: 'mined' as const }];
    return {
      ...bare,
      type: format === undefined ? type : { kind: 'prim', name: format },
      nullable: parsed.nullable,
      ...mined,
      evidence,
    };
  }

  private inlineEnum(
    owner: string,
    field: Field,
    members: string[],
    index: number,
  ): { kind: 'ref'; name: string } {
    const name = `${owner}${pascal(field.name)}`;
    const base = {
      ...this.definition(name, '', index),
      fingerprint: this.fingerprintOf(index),
    };
    this.types.push({ ...base, kind: 'enum', owner, members: members.map((value) => ({ value, doc: '' })) });
    return { kind: 'ref', name };
  }

  /** The enums of one payload stand in one line, however long it is. */
  private fingerprintOf(index: number): string {
    if (this.line?.index !== index)
      this.line = { index, fingerprint: fingerprint([this.block.lines[index]!]) };
    return this.line.fingerprint;
  }

  bare(name: string, comment: string, index: number): Field {
    return {
      name,
      type: { kind: 'untyped' },
      presence: 'required',
      nullable: false,
      doc: comment,
      evidence: [this.evidence(index)],
    };
  }

  definition(name: string, doc: string, index: number) {
    return {
      name,
      section: this.block.section?.number ?? '',
      fingerprint: '',
      doc,
      evidence: [this.evidence(index)],
    };
  }

  private evidence(index: number): Evidence {
    return {
      file: this.block.file,
      line: this.block.line + 1 + index,
      dialect: 'yaml',
      confidence: 'stated',
    };
  }

  report(index: number, rule: string, message: string, severity: Severity = 'warning'): void {
    this.diagnostics.push({ finding: finding(rule, severity, this.evidence(index), message) });
  }
}

/** Splits at commas that stand in no `[...]`, so that an inline enum stays whole. */
function splitItems(text: string): string[] {
  const items: string[] = [];
  let start = 0;
  let inside = false;
  for (const { 0: mark, index } of text.matchAll(/[[\]]|, /g)) {
    if (mark !== ', ') inside = mark === '[';
    else if (!inside) {
      items.push(text.slice(start, index));
      start = index + mark.length;
    }
  }
  return [...items, text.slice(start)];
}

export function quote(text: string): string {
  const short = text.trim();
  return `"${short.length > 60 ? `${short.slice(0, 57)}...` : short}"`;
}
