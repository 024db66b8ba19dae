import type { CodeBlock, IdentifierDefinition } from '../model.ts';
import { identifierPattern } from './families.ts';

const INTERFACE = /^\s*(?:export\s+)?interface\s+(\w+)(?:\s+extends\s+(\w+))?/;
const ALIAS = /^\s*(?:export\s+)?type\s+(\w+)\s*=/;
const DISCRIMINATOR = /^\s+(?:event_id|event_type|event_code|type)\??\s*:/;
const NAME = /^\s+(event_name|type|event_type)\??\s*:\s*["']([^"']+)["']/;

/** An interface of a TypeScript block, with the event that it stands for. */
export interface EventInterface extends IdentifierDefinition {
  /** Absent where neither a comment nor a field names the event: what stands above the block may. */
  id?: string;
  /** The alias or literal of its `type` field. */
  type?: string;
}

/** The interfaces of a block. An event is named in a comment above its interface, or in a field of it. */
export function eventInterfaces(block: CodeBlock): EventInterface[] {
  const found: EventInterface[] = [];
  let said: { id: string; title: string } | undefined;
  for (let at = 0; at < block.lines.length; at++) {
    const text = block.lines[at]!;
    const head = text.includes('interface') ? INTERFACE.exec(text) : null;
    if (!head) {
      if (/^\s*\/\//.test(text)) said = eventIn(text) ?? said;
      else if (text.trim() !== '') said = undefined;
      continue;
    }
    const last = bodyEnd(block.lines, at);
    const body = block.lines.slice(at + 1, last);
    const id =
      said?.id ??
      body
        .filter((line) => DISCRIMINATOR.test(line))
        .map(eventIn)
        .find(Boolean)?.id;
    const names = body.map((line) => NAME.exec(line)).filter((match) => match !== null);
    const name = names.find(([, key, value]) => key === 'event_name' || !value!.startsWith('FR-EVT-'))?.[2];
    const type = body.map((line) => /^\s+type\??\s*:\s*(\w+)\s*;/.exec(line)?.[1]).find(Boolean);
    found.push({
      form: head[2] === undefined ? 'ts-interface' : 'ts-event',
      title: name ?? head[1]!,
      file: block.file,
      line: block.line + 1 + at,
      endLine: block.line + 1 + last,
      ...(block.section && { section: block.section }),
      ...(id !== undefined && { id }),
      ...(type !== undefined && { type }),
    });
    said = undefined;
    at = last;
  }
  return found;
}

/** The interface that gives the fields of each member of a union: `type A = | "x"  // ID` and `type: A;`. */
export function shapeOf(
  block: CodeBlock,
  line: number,
  interfaces: readonly EventInterface[],
): { line: number; endLine: number } | undefined {
  for (let at = line - block.line - 1; at >= 0; at--) {
    const alias = ALIAS.exec(block.lines[at] ?? '')?.[1];
    if (alias === undefined) continue;
    const shape = interfaces.find(({ type }) => type === alias);
    return shape && { line: shape.line, endLine: shape.endLine };
  }
  return undefined;
}

function eventIn(text: string): { id: string; title: string } | undefined {
  if (!text.includes('FR-EVT-')) return undefined;
  const match = identifierPattern('').exec(text);
  if (!match?.[0].startsWith('FR-EVT-')) return undefined;
  return { id: match[0], title: text.slice(match.index + match[0].length) };
}

function bodyEnd(lines: readonly string[], at: number): number {
  let depth = 0;
  for (let end = at; end < lines.length; end++) {
    for (const character of lines[end]!.replace(/\/\/.*$/, '')) {
      if (character === '{') depth++;
      else if (character === '}' && --depth === 0) return end;
    }
  }
  return lines.length - 1;
}
