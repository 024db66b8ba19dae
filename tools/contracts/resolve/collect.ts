import type { CodeBlock, SpecIndex, SpecSection } from '../../spec/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { EVENT_ACTOR, EVENT_BASE, readTypeScriptBlock } from '../dialects/typescript.ts';
import { readYamlBlock } from '../dialects/yaml.ts';
import type { EventNode, TypeNode } from '../ir.ts';

/** A definition with how much its place counts: 0 main body, 1 archived or non-normative. */
export interface Candidate<T> {
  node: T;
  rank: 0 | 1;
}

export interface Collected {
  types: Candidate<TypeNode>[];
  events: Candidate<EventNode>[];
  diagnostics: Diagnostic[];
  /** Blocks that matched the yaml schema grammar. */
  yamlBlocks: number;
}

const TYPESCRIPT = new Set(['ts', 'typescript']);

/** Reads every block that some dialect understands; roadmap text defines nothing (C09). */
export function collect(index: SpecIndex, include: readonly string[]): Collected {
  const out: Collected = { types: [], events: [], diagnostics: [], yamlBlocks: 0 };
  const wanted = { names: new Set([EVENT_BASE, EVENT_ACTOR]), events: new Set(include) };
  for (const block of index.blocks) {
    if (block.section?.kind === 'roadmap') continue;
    if (block.lang === 'yaml' || block.lang === 'yml') {
      const read = readYamlBlock(block);
      if (read.schema) out.yamlBlocks += 1;
      add(out, read, block, index);
    } else if (TYPESCRIPT.has(block.lang)) {
      add(out, readTypeScriptBlock(block, index, wanted), block, index);
    }
  }
  return out;
}

function add(
  out: Collected,
  read: { types: TypeNode[]; events: EventNode[]; diagnostics: Diagnostic[] },
  block: CodeBlock,
  index: SpecIndex,
): void {
  const rank = isSecondary(block.section, index) ? 1 : 0;
  for (const node of read.types) out.types.push({ node, rank });
  for (const node of read.events) out.events.push({ node, rank });
  out.diagnostics.push(...read.diagnostics);
}

/** Appendices, archived copies and non-normative sections, with everything under them. */
function isSecondary(section: SpecSection | undefined, index: SpecIndex): boolean {
  for (
    let at = section;
    at !== undefined;
    at = at.parent === undefined ? undefined : index.sections[at.parent]
  ) {
    if (at.kind === 'appendix') return true;
    if (/\barchived copy\b|\bnon-normative\b/i.test(`${at.title} ${at.tags.join(' ')}`)) return true;
  }
  return false;
}
