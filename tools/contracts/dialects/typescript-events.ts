import type { TSType } from 'oxc-parser';
import type { SpecIndex } from '../../spec/index.ts';
import { type EventMention, type EventNode, type Evidence, type Field, familyOf, pascal } from '../ir.ts';
import type { Span, TypeScriptSource } from './typescript-source.ts';

/** An event with the interface that states it; several ids share one where its type is a union. */
export interface EventRead {
  node: EventNode;
  interface: { name: string; properties: number; evidence: Evidence };
}

interface Declared {
  name: string;
  fields: Field[];
  node: Span;
  /** Where the declaration before it ends. */
  previousEnd: number;
}

interface Member {
  value: string;
  frId: string | undefined;
  evidence: Evidence;
}

/** Neither a family (`FR-EVT-DATA-*`) nor a placeholder (`FR-EVT-LLM-0xx`). */
const FR_ID = /FR-EVT-(?:(?:[A-Z]+-)*\d{3}|[A-Z]+(?:-[A-Z]+)+)(?![A-Za-z0-9]|-[A-Za-z0-9*])/;
/** Fields in which an event says its id, where no comment does. */
const ID_FIELDS = ['event_code', 'event_id', 'fr_event_id', 'event_type'];
const NAME_FIELDS = ['event_name', 'type', 'event_type'];

/**
 * The events of a TypeScript block. The id stands in a comment (above the interface, at its `type`, at a member
 * of the union that is its type), above the block, or in a field: TypeScript has no place for it
 * (research/spec-grammar §2.3).
 */
export class TypeScriptEvents {
  private readonly declared: Declared[] = [];
  private readonly alone: Declared[] = [];
  private readonly vocabularies = new Map<string, Member[]>();
  private readonly source: TypeScriptSource;
  private readonly index: SpecIndex;

  constructor(source: TypeScriptSource, index: SpecIndex) {
    this.source = source;
    this.index = index;
  }

  event(declared: Declared): void {
    this.declared.push(declared);
  }

  standalone(declared: Declared): void {
    this.alone.push(declared);
  }

  /** The members of a union of words, each with the id in the comment at its end. */
  vocabulary(name: string, nodes: readonly TSType[], values: readonly (string | number)[]): void {
    const members = nodes.map((node, at) => ({
      value: String(values[at]),
      frId: FR_ID.exec(this.source.trailing(node))?.[0],
      evidence: this.source.evidence(node.start),
    }));
    this.vocabularies.set(name, members);
  }

  read(): { events: EventRead[]; mentions: Omit<EventMention, 'archived'>[] } {
    return {
      events: this.declared.flatMap((declared) => this.eventsOf(declared)),
      mentions: this.alone.flatMap((declared) => this.mentionOf(declared) ?? []),
    };
  }

  private eventsOf(declared: Declared): EventRead[] {
    const { name, fields, node } = declared;
    const type = fields.find((field) => field.name === 'type');
    const evidence = this.source.evidence(node.start);
    const shared = { name, properties: fields.length, evidence };
    const members = type?.type.kind === 'ref' ? this.vocabularies.get(type.type.name) : undefined;
    if (members) {
      const payloadName = `${pascal(name.replace(/Event(?=V\d|$)/, ''))}Payload`;
      return members.map((member) => ({
        node: {
          ...this.node(declared, member.frId ?? '', member.value, payloadName),
          evidence: [member.evidence, evidence],
        },
        interface: shared,
      }));
    }
    const word = type?.type.kind === 'literal' ? String(type.type.value) : '';
    const frId = this.idOf(declared) ?? '';
    if (word === '') {
      const message = `Unexpected ${frId || name} without a literal type, expected type: '...'`;
      this.source.report(node.start, 'event-type', message, frId || name);
    }
    return [{ node: this.node(declared, frId, word, `${pascal(word || name)}Payload`), interface: shared }];
  }

  private node({ name, fields, node }: Declared, frId: string, type: string, payloadName: string): EventNode {
    const { name: _, ...base } = this.source.definition(name, node);
    return {
      ...base,
      kind: 'event',
      doc: name,
      frId,
      type,
      discriminator: 'type',
      family: familyOf(frId),
      payloadName,
      payload: fields.filter((field) => field.name !== 'type'),
      correlation: null,
      extends: 'FlightRecorderEventBase',
    };
  }

  private idOf({ name, fields, node, previousEnd }: Declared): string | undefined {
    const above = this.source.between(previousEnd, node.start);
    return (
      above.map((text) => FR_ID.exec(text)?.[0]).findLast((id) => id !== undefined) ??
      fields.map(({ name: key, doc }) => (key === 'type' ? FR_ID.exec(doc)?.[0] : undefined)).find(Boolean) ??
      statedId(fields) ??
      (this.declared.length === 1 ? this.idAbove(name) : undefined)
    );
  }

  /** The id stands in a bullet above the fence, or in the heading; text may come between, another block not. */
  private idAbove(name: string): string | undefined {
    const { block } = this.source;
    const lines = this.index.files.find((file) => file.path === block.file)?.lines ?? [];
    for (let at = block.line - 2; at >= 0; at--) {
      const line = lines[at]!;
      if (/^\s*```/.test(line)) return undefined;
      const isHeading = line.startsWith('#');
      if (!isHeading && !/^\s*- \*\*FR-EVT-/.test(line)) continue;
      const called = /\((\w+Event\w*)\)/.exec(line)?.[1] ?? name;
      return called === name ? FR_ID.exec(line)?.[0] : undefined;
    }
    return undefined;
  }

  private mentionOf({ fields, node }: Declared): Omit<EventMention, 'archived'> | undefined {
    const frId = statedId(fields);
    if (frId === undefined) return undefined;
    const type = NAME_FIELDS.map((name) => literalOf(fields, name)).find(
      (value) => value !== undefined && !value.startsWith('FR-EVT-'),
    );
    const payload = fields.find((field) => field.name === 'payload')?.type;
    const names = payload?.kind === 'object' ? payload.fields.map(writtenName) : undefined;
    return {
      frId,
      form: 'interface',
      ...(type !== undefined && { type }),
      ...(names && { fields: names }),
      section: this.source.block.section?.number ?? '',
      evidence: [this.source.evidence(node.start)],
    };
  }
}

function statedId(fields: readonly Field[]): string | undefined {
  return ID_FIELDS.map((name) => literalOf(fields, name))
    .map((value) => (value === undefined ? undefined : FR_ID.exec(value)?.[0]))
    .find((id) => id !== undefined);
}

function literalOf(fields: readonly Field[], name: string): string | undefined {
  const type = fields.find((field) => field.name === name)?.type;
  return type?.kind === 'literal' && typeof type.value === 'string' ? type.value : undefined;
}

/** A name as tables write it: `a?`, `b[]`. */
function writtenName({ name, type, presence }: Field): string {
  return `${name}${type.kind === 'array' ? '[]' : ''}${presence === 'optional' ? '?' : ''}`;
}
