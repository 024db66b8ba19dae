import type { Program, TSInterfaceDeclaration, TSType } from 'oxc-parser';
import type { CodeBlock, SpecIndex } from '../../spec/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { type EventNode, familyOf, pascal, type TypeNode } from '../ir.ts';
import { TypeScriptSource } from './typescript-source.ts';

export const EVENT_BASE = 'FlightRecorderEventBase';
export const EVENT_ACTOR = 'FlightRecorderActor';

/** What is asked of the TypeScript blocks; everything else in them stays unread. */
export interface Wanted {
  names: ReadonlySet<string>;
  /** Flight Recorder ids. */
  events: ReadonlySet<string>;
}

export interface TypeScriptRead {
  types: TypeNode[];
  events: EventNode[];
  diagnostics: Diagnostic[];
}

const FR_ID = /FR-EVT-[A-Z0-9]+(?:-[A-Z0-9]+)*/;

/** Reads the wanted interfaces and unions of a block. A block that cannot hold one is not even parsed. */
export function readTypeScriptBlock(block: CodeBlock, index: SpecIndex, wanted: Wanted): TypeScriptRead {
  const text = block.lines.join('\n');
  const names = [...wanted.names].some((name) => new RegExp(`\\b(?:interface|type) ${name}\\b`).test(text));
  const events = wanted.events.size > 0 && text.includes(`extends ${EVENT_BASE}`);
  if (!names && !events) return { types: [], events: [], diagnostics: [] };
  return new TypeScriptReader(block, text, index, wanted).read();
}

type Statement = Program['body'][number];

class TypeScriptReader {
  private readonly types: TypeNode[] = [];
  private readonly events: EventNode[] = [];
  private readonly source: TypeScriptSource;
  private readonly block: CodeBlock;
  private readonly index: SpecIndex;
  private readonly wanted: Wanted;

  constructor(block: CodeBlock, text: string, index: SpecIndex, wanted: Wanted) {
    this.source = new TypeScriptSource(block, text);
    this.block = block;
    this.index = index;
    this.wanted = wanted;
  }

  read(): TypeScriptRead {
    let previousEnd = 0;
    for (const statement of this.source.body) {
      this.statement(statement, previousEnd);
      previousEnd = statement.end;
    }
    return { types: this.types, events: this.events, diagnostics: this.source.diagnostics };
  }

  private statement(outer: Statement, previousEnd: number): void {
    const node = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
    if (node?.type === 'TSTypeAliasDeclaration' && this.wanted.names.has(node.id.name)) {
      this.types.push(this.alias(node.id.name, node.typeAnnotation, outer));
    }
    if (node?.type !== 'TSInterfaceDeclaration') return;
    if (this.wanted.names.has(node.id.name)) {
      const base = this.source.definition(node.id.name, outer);
      this.types.push({ ...base, kind: 'record', fields: this.source.fields(node.body.body) });
    }
    const heritage = node.extends[0]?.expression;
    if (heritage?.type !== 'Identifier' || heritage.name !== EVENT_BASE || this.wanted.events.size === 0)
      return;
    const above = this.source.comments.filter(
      (comment) => comment.start >= previousEnd && comment.end <= outer.start,
    );
    const frId =
      above.map((comment) => FR_ID.exec(comment.value)?.[0]).findLast((id) => id !== undefined) ??
      (previousEnd === 0 ? this.idAbove() : undefined);
    if (frId !== undefined && this.wanted.events.has(frId)) this.events.push(this.event(frId, node, outer));
  }

  private event(frId: string, node: TSInterfaceDeclaration, outer: Statement): EventNode {
    const fields = this.source.fields(node.body.body);
    const discriminator = fields.find((field) => field.name === 'type')?.type;
    const type = discriminator?.kind === 'literal' ? String(discriminator.value) : '';
    if (type === '')
      this.source.report(
        outer.start,
        'event-type',
        `Unexpected ${frId} without a literal type, expected type: '...'`,
      );
    const { name, ...base } = this.source.definition(node.id.name, outer);
    return {
      ...base,
      kind: 'event',
      doc: name,
      frId,
      type,
      discriminator: 'type',
      family: familyOf(frId),
      payloadName: `${pascal(type)}Payload`,
      payload: fields.filter((field) => field.name !== 'type'),
      correlation: null,
      extends: EVENT_BASE,
    };
  }

  /** The id stands in a bullet above the fence, or in the heading. */
  private idAbove(): string | undefined {
    const lines = this.index.files.find((file) => file.path === this.block.file)?.lines ?? [];
    let at = this.block.line - 2;
    while (at >= 0 && lines[at]?.trim() === '') at -= 1;
    const line = lines[at] ?? '';
    return /^\s*- \*\*/.test(line) || /^#/.test(line) ? FR_ID.exec(line)?.[0] : undefined;
  }

  private alias(name: string, annotation: TSType, outer: Statement): TypeNode {
    const base = this.source.definition(name, outer);
    const { type, nullable } = this.source.type(annotation);
    const values =
      type.kind === 'union'
        ? type.of.map((member) => (member.kind === 'literal' ? member.value : undefined))
        : [];
    if (values.length > 0 && !nullable && values.every((value) => typeof value === 'string')) {
      return { ...base, kind: 'enum', members: values.map((value) => ({ value, doc: '' })) };
    }
    return { ...base, kind: 'alias', type, nullable };
  }
}
