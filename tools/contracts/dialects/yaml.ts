import type { CodeBlock } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import {
  type EnumNode,
  type EventNode,
  type Field,
  familyOf,
  pascal,
  type RecordNode,
  type TypeNode,
} from '../ir.ts';
import { parseType } from './type-text.ts';
import { quote, YamlFields } from './yaml-fields.ts';

const EVENT = /^(FR-EVT-[A-Z0-9-]+):$/;
const ENUM_BLOCK = /^([A-Z][A-Za-z0-9]*): enum$/;
const TOP_TYPE = /^([A-Z][A-Za-z0-9]*): (\S.*)$/;
const RECORD = /^([A-Z][A-Za-z0-9]*):$/;
const MEMBER = /^ {2}- ([A-Za-z0-9_]+)$/;
const FIELD = /^ {2}([a-z0-9_]+):(?: (\S.*))?$/;
const NESTED = /^ {4}([a-z0-9_]+): (\S.*)$/;
const EVENT_TYPE = /^ {2}event_type: "([^"]+)"$/;
const PAYLOAD = /^ {2}payload: \{ (.+) \}$/;

/** What a yaml block defines. `schema` is false for a block of data, whose content is nobody's type. */
export interface YamlBlock {
  schema: boolean;
  types: TypeNode[];
  events: EventNode[];
  diagnostics: Diagnostic[];
}

/**
 * Reads a pseudo-schema block by its line grammar (research/spec-grammar §2.1). A yaml parser would lose the
 * comments, which carry defaults and formats, and would fail on or misread six of the 24 blocks of v02.137.
 */
export function readYamlBlock(block: CodeBlock): YamlBlock {
  return new YamlReader(block).read();
}

type Open =
  | { kind: 'record'; node: RecordNode; start: number; nested?: Field[] }
  | { kind: 'enum'; node: EnumNode; start: number }
  | { kind: 'event'; node: EventNode; start: number };

class YamlReader {
  private readonly events: EventNode[] = [];
  private readonly bad: number[] = [];
  private good = 0;
  private open: Open | undefined;
  private readonly block: CodeBlock;
  private readonly fields: YamlFields;

  constructor(block: CodeBlock) {
    this.block = block;
    this.fields = new YamlFields(block);
  }

  read(): YamlBlock {
    this.block.lines.forEach((line, index) => {
      if (/^\s*(?:#.*)?$/.test(line)) return;
      if (this.line(line, index)) this.good += 1;
      else this.bad.push(index);
    });
    this.close(this.block.lines.length);
    const defined = this.fields.types.length + this.events.length;
    const schema = defined > 0 && this.good > this.bad.length;
    if (!schema) return { schema, types: [], events: [], diagnostics: [] };
    for (const index of this.bad.sort((a, b) => a - b)) {
      this.fields.report(
        index,
        'outside-grammar',
        `Unexpected line ${quote(this.block.lines[index]!)}, expected a line of the schema grammar`,
      );
    }
    return { schema, types: this.fields.types, events: this.events, diagnostics: this.fields.diagnostics };
  }

  private line(raw: string, index: number): boolean {
    const [text, comment] = splitTrail(raw);
    if (/^\S/.test(text)) return this.header(text, comment, index);
    const open = this.open;
    if (open === undefined) return false;
    if (open.kind === 'enum') return this.member(open.node, text, comment);
    if (open.kind === 'event') return this.eventLine(open.node, text, index);
    return this.field(open, text, comment, index);
  }

  private header(text: string, comment: string, index: number): boolean {
    this.close(index);
    const event = EVENT.exec(text)?.[1];
    if (event !== undefined) {
      this.open = { kind: 'event', node: this.event(event, index), start: index };
      return true;
    }
    const name = ENUM_BLOCK.exec(text)?.[1];
    if (name !== undefined) {
      this.open = {
        kind: 'enum',
        node: { ...this.fields.definition(name, comment, index), kind: 'enum', members: [] },
        start: index,
      };
      return true;
    }
    const record = RECORD.exec(text)?.[1];
    if (record !== undefined) {
      const node: RecordNode = {
        ...this.fields.definition(record, comment, index),
        kind: 'record',
        fields: [],
      };
      this.open = { kind: 'record', node, start: index };
      return true;
    }
    return this.topType(text, comment, index);
  }

  private topType(text: string, comment: string, index: number): boolean {
    const [, name, written] = TOP_TYPE.exec(text) ?? [];
    const parsed = written === undefined ? undefined : parseType(written);
    if (name === undefined || parsed === undefined || parsed.nullable) return false;
    const base = {
      ...this.fields.definition(name, comment, index),
      fingerprint: fingerprint([this.block.lines[index]!]),
    };
    if (parsed.kind === 'enum') {
      this.fields.types.push({
        ...base,
        kind: 'enum',
        members: parsed.members.map((value) => ({ value, doc: '' })),
      });
    } else if (parsed.type.kind === 'prim') {
      this.fields.types.push({ ...base, kind: 'alias', type: parsed.type, nullable: false });
    } else return false;
    return true;
  }

  private member(node: EnumNode, text: string, comment: string): boolean {
    const value = MEMBER.exec(text)?.[1];
    if (value !== undefined) node.members.push({ value, doc: comment });
    return value !== undefined;
  }

  private eventLine(node: EventNode, text: string, index: number): boolean {
    const type = EVENT_TYPE.exec(text)?.[1];
    if (type !== undefined) {
      node.type = type;
      node.payloadName = `${pascal(type)}Payload`;
      return true;
    }
    const payload = PAYLOAD.exec(text)?.[1];
    const items = payload === undefined ? undefined : this.fields.payload(node.payloadName, payload, index);
    if (items === undefined) return false;
    node.payload = items;
    return true;
  }

  private field(open: Open & { kind: 'record' }, text: string, comment: string, index: number): boolean {
    const nested = NESTED.exec(text);
    if (nested && open.nested) {
      const field = this.fields.typed(
        this.fields.bare(nested[1]!, comment, index),
        nested[2]!,
        open.node.name,
        index,
      );
      if (field) this.fields.add(open.nested, field, open.node.name, index);
      return field !== undefined;
    }
    const [, name, written] = FIELD.exec(text) ?? [];
    delete open.nested;
    if (name === undefined) return false;
    const bare = this.fields.bare(name, comment, index);
    if (written === undefined) {
      open.nested = [];
      const type = { kind: 'object' as const, fields: open.nested };
      this.fields.add(open.node.fields, { ...bare, type }, open.node.name, index);
      return true;
    }
    const field = this.fields.typed(bare, written, open.node.name, index);
    if (field) this.fields.add(open.node.fields, field, open.node.name, index);
    return field !== undefined;
  }

  private close(end: number): void {
    const open = this.open;
    this.open = undefined;
    if (open === undefined) return;
    const empty =
      open.kind === 'record'
        ? open.node.fields.length === 0
        : open.kind === 'enum'
          ? open.node.members.length === 0
          : open.node.type === '';
    if (empty) {
      if (open.kind === 'event') {
        const message = `Unexpected event ${open.node.frId} without an event_type, expected one`;
        this.fields.report(open.start, 'event-untyped', message, 'error');
      }
      this.good -= 1;
      this.bad.push(open.start);
      return;
    }
    open.node.fingerprint = fingerprint(this.block.lines.slice(open.start, end));
    if (open.kind === 'event') this.events.push(open.node);
    else this.fields.types.push(open.node);
  }

  private event(frId: string, index: number): EventNode {
    const { name: _, ...base } = this.fields.definition('', '', index);
    return {
      ...base,
      kind: 'event',
      frId,
      type: '',
      discriminator: 'event_type',
      family: familyOf(frId),
      payloadName: '',
      payload: [],
      correlation: null,
    };
  }
}

/** Text and trailing comment; a `#` opens a comment at the start or after a blank. */
function splitTrail(line: string): [string, string] {
  const at = /(?:^|\s)#/.exec(line);
  if (!at) return [line.trimEnd(), ''];
  const start = at.index + at[0].length;
  return [line.slice(0, start - 1).trimEnd(), line.slice(start).trim()];
}
