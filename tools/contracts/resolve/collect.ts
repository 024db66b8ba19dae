import { ancestors, type CodeBlock, type SpecIndex, type SpecSection } from '../../spec/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { readFieldTables } from '../dialects/field-table.ts';
import { readRustBlock } from '../dialects/rust.ts';
import { readTypeScriptBlock } from '../dialects/typescript.ts';
import type { EventRead } from '../dialects/typescript-events.ts';
import { readYamlBlock } from '../dialects/yaml.ts';
import type { Dialect, EventMention, EventNode, TypeNode } from '../ir.ts';
import { readMentions } from '../mentions/read.ts';
import { isSecondary } from '../secondary.ts';

/** A definition with where it stands. */
export interface Candidate<T> {
  node: T;
  section: SpecSection | undefined;
  /** In an appendix, an archived copy or non-normative text: never used unless the overlay prefers it. */
  archived: boolean;
}

/** What a dialect defines, chosen or not, and the blocks or tables that say it. */
export interface DialectCount {
  dialect: Dialect;
  blocks: number;
  /** Blocks of its language that hold something else: data, code, examples. */
  refused: number;
  records: number;
  /** Without those that a field spells out: they belong to their record. */
  enums: number;
  aliases: number;
  events: number;
}

export interface Collected {
  types: Candidate<TypeNode>[];
  events: Candidate<EventNode>[];
  /** The event interfaces, one entry each, however many ids they stand for. */
  interfaces: Candidate<EventRead['interface']>[];
  mentions: EventMention[];
  diagnostics: Diagnostic[];
  dialects: DialectCount[];
}

interface Read {
  types: TypeNode[];
  events: EventNode[];
  interfaces: EventRead['interface'][];
  mentions: Omit<EventMention, 'archived'>[];
  diagnostics: Diagnostic[];
  /** The block is of the dialect's language and holds no definitions. */
  refused?: boolean;
}

const NOTHING = { types: [], events: [], interfaces: [], mentions: [], diagnostics: [] };

/** Languages of fences and the dialect that reads them. */
const DIALECTS: Record<string, { dialect: Dialect; read(block: CodeBlock, index: SpecIndex): Read }> = {
  yaml: { dialect: 'yaml', read: readYaml },
  yml: { dialect: 'yaml', read: readYaml },
  ts: { dialect: 'typescript', read: readTypeScript },
  typescript: { dialect: 'typescript', read: readTypeScript },
  rust: { dialect: 'rust', read: readRust },
};

/** Reads every block that some dialect understands; roadmap text defines nothing (C09). */
export function collect(index: SpecIndex): Collected {
  const out: Collected = { ...structuredClone(NOTHING), dialects: [] };
  const counts = new Map<Dialect, DialectCount>();
  for (const block of index.blocks) {
    const known = Object.hasOwn(DIALECTS, block.lang) ? DIALECTS[block.lang] : undefined;
    if (known === undefined || block.section?.kind === 'roadmap') continue;
    const read = known.read(block, index);
    tally(counts, known.dialect, read);
    add(out, read, block.section, index);
  }
  for (const { section, ...found } of readFieldTables(index)) {
    if (section?.kind === 'roadmap') continue;
    const read = { ...NOTHING, ...found, diagnostics: owned(found.types, found.diagnostics) };
    tally(counts, 'field-table', read);
    add(out, read, section, index);
  }
  out.dialects.push(...counts.values());
  out.mentions.push(...readMentions(index));
  return out;
}

function tally(counts: Map<Dialect, DialectCount>, dialect: Dialect, read: Read): void {
  const none = { blocks: 0, refused: 0, records: 0, enums: 0, aliases: 0, events: 0 };
  const count = counts.get(dialect) ?? { dialect, ...none };
  counts.set(dialect, count);
  if (read.refused) count.refused += 1;
  else count.blocks += 1;
  for (const node of read.types) {
    if (node.kind === 'record') count.records += 1;
    else if (node.kind === 'alias') count.aliases += 1;
    else if (node.owner === undefined) count.enums += 1;
  }
  count.events += read.events.length;
}

/** A block of Rust holds code as often as contracts. */
function readRust(block: CodeBlock): Read {
  const { types, diagnostics } = readRustBlock(block);
  return { ...NOTHING, types, diagnostics: owned(types, diagnostics), refused: types.length === 0 };
}

/** What is doubtful in a block concerns whoever needs a definition of it. */
function owned(types: readonly TypeNode[], diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const owner = types.map(({ name }) => name);
  return diagnostics.map((diagnostic) => ({ owner, ...diagnostic }));
}

function readYaml(block: CodeBlock): Read {
  const { schema, ...read } = readYamlBlock(block);
  return { ...NOTHING, ...read, refused: !schema };
}

function readTypeScript(block: CodeBlock, index: SpecIndex): Read {
  const { types, events, mentions, diagnostics } = readTypeScriptBlock(block, index);
  const interfaces = new Set(events.map((event) => event.interface));
  const refused = types.length + events.length === 0;
  const nodes = events.map(({ node }) => node);
  // A block that does not parse concerns whoever needs what else stands in it.
  const owner = [...types.map(({ name }) => name), ...nodes.map(({ frId }) => frId)];
  const known = diagnostics.map((diagnostic) => ({ owner, ...diagnostic }));
  return { types, events: nodes, interfaces: [...interfaces], mentions, diagnostics: known, refused };
}

function add(out: Collected, read: Read, section: SpecSection | undefined, index: SpecIndex): void {
  const archived = isSecondary(section, index);
  const standing = { section, archived };
  const clause = clauseOf(around(section, index));
  const placed = <T extends { section: string }>(node: T): T =>
    node.section === '' ? { ...node, section: clause } : node;
  for (const node of read.types) out.types.push({ node: placed(node), ...standing });
  for (const node of read.events) out.events.push({ node: placed(node), ...standing });
  for (const node of read.interfaces) out.interfaces.push({ node, ...standing });
  for (const mention of read.mentions) out.mentions.push({ ...placed(mention), archived });
  out.diagnostics.push(...read.diagnostics);
}

/** The nearest number; the title where the sections of a spec have none, without the markup of its anchor. */
function clauseOf(sections: readonly SpecSection[]): string {
  const numbered = sections.find(({ number }) => number !== undefined)?.number;
  return numbered ?? sections[0]?.title.replace(/<[^<>]*>/g, '').trim() ?? '';
}

/** A section and those it stands in, inside out. */
export function around(section: SpecSection | undefined, index: SpecIndex): SpecSection[] {
  return section === undefined ? [] : [section, ...ancestors(index.sections, section)];
}
