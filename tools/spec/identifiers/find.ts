import { fingerprintOfLines, linesOf, sectionAt } from '../lookup.ts';
import type { CodeBlock, Identifier, IdentifierDefinition, SpecFile, SpecIndex } from '../model.ts';
import { eventInterfaces, shapeOf } from './events.ts';
import { endOf } from './extent.ts';
import { FAMILIES, familyOf, type IdentifierFamily, identifierPattern } from './families.ts';
import { formOf, titleOf } from './forms.ts';

const found = new WeakMap<SpecIndex, Map<string, Identifier>>();

/** Every identifier of the spec, in the order in which it is first named. Read once, on first use. */
export function identifiersOf(index: SpecIndex): readonly Identifier[] {
  return [...byId(index).values()];
}

export function identifierById(index: SpecIndex, id: string): Identifier | undefined {
  return byId(index).get(id);
}

/** All that a definition says; of a member of an event family its line, and then the fields that it shares. */
export function definitionLines(index: SpecIndex, definition: IdentifierDefinition): string[] {
  const { file, shape } = definition;
  return [...linesOf(index, definition), ...(shape ? linesOf(index, { file, ...shape }) : [])];
}

/** Fingerprint of {@link definitionLines}. */
export function definitionFingerprint(index: SpecIndex, definition: IdentifierDefinition): string {
  return fingerprintOfLines(definitionLines(index, definition));
}

function byId(index: SpecIndex): Map<string, Identifier> {
  let ids = found.get(index);
  if (!ids) {
    ids = new Map();
    for (const file of index.files) readFile(index, file, ids);
    for (const identifier of ids.values()) identifier.definitions.sort((a, b) => a.line - b.line);
    found.set(index, ids);
  }
  return ids;
}

/** Behind so many ids on one line, a further one is only named: for each, all of its line is looked at. */
const MOST = 64;

interface Candidate {
  identifier: Identifier;
  family: IdentifierFamily;
  definition: IdentifierDefinition;
}

function readFile(index: SpecIndex, file: SpecFile, ids: Map<string, Identifier>): void {
  const headings = new Map<number, number>();
  const starts: number[] = [];
  for (const section of index.sections) {
    if (section.file !== file.path) continue;
    headings.set(section.line, section.id);
    starts.push(section.line);
  }
  const candidates: Candidate[] = [];
  const at = new Cursor(file.lines);
  let last = 0;
  let named = 0;
  for (const match of file.lines.join('\n').matchAll(identifierPattern())) {
    const { line, column } = at.move(match.index);
    if (line < file.bodyLine) continue;
    const family = familyOf(match);
    const tag = family === undefined ? `${match[FAMILIES.length + 1]} ${match[FAMILIES.length + 2]}` : '';
    const identifier = note(ids, family ? match[0] : tag, family?.name ?? tag.split(' ')[0]!);
    identifier.places.push({ file: file.path, line });
    named = line === last ? named + 1 : 1;
    last = line;
    if (!family || named > MOST) continue;
    const text = file.lines[line - 1]!;
    const form = formOf(text, column, column + match[0].length, headings.has(line));
    if (form === undefined || !family.forms.some((group) => group.includes(form))) continue;
    const title = titleOf(form, text, column, column + match[0].length);
    const section = sectionAt(index, file.path, line);
    const definition = { form, title, file: file.path, line, endLine: line, ...(section && { section }) };
    candidates.push({ identifier, family, definition });
  }
  measure(file, candidates, starts);
  addEvents(index, file, candidates, ids);
  for (const { identifier, definition } of candidates) identifier.definitions.push(definition);
}

function note(ids: Map<string, Identifier>, id: string, family: string): Identifier {
  let identifier = ids.get(id);
  if (!identifier) {
    identifier = { id, family, definitions: [], places: [] };
    ids.set(id, identifier);
  }
  return identifier;
}

/** Offsets of the joined text come in order: each line is passed once. */
class Cursor {
  private readonly lines: readonly string[];
  private line = 0;
  private offset = 0;
  constructor(lines: readonly string[]) {
    this.lines = lines;
  }
  move(offset: number): { line: number; column: number } {
    while (this.offset + this.lines[this.line]!.length < offset) {
      this.offset += this.lines[this.line]!.length + 1;
      this.line++;
    }
    return { line: this.line + 1, column: offset - this.offset };
  }
}

function measure(file: SpecFile, candidates: readonly Candidate[], starts: readonly number[]): void {
  const siblings = new Map<IdentifierFamily, Set<number>>();
  for (const { family, definition } of candidates) {
    const lines = siblings.get(family) ?? new Set();
    siblings.set(family, lines.add(definition.line));
  }
  let next = 0;
  for (const { family, definition } of candidates) {
    while (next < starts.length && starts[next]! <= definition.line) next++;
    const { form, line, section } = definition;
    if (form === 'heading' && section) {
      definition.endLine = section.endLine;
      if (section.endFile !== undefined) definition.endFile = section.endFile;
      continue;
    }
    const last = section && section.endFile === undefined ? section.endLine : file.lines.length;
    const limit = Math.min(starts[next] ?? last + 1, last + 1);
    definition.endLine = endOf(file.lines, { form, line, limit, siblings: siblings.get(family)! });
    const type = /^\s+event_type:\s*["']([^"']+)["']/.exec(file.lines[line] ?? '')?.[1];
    if (form === 'yaml-event' && type !== undefined) definition.title = type;
  }
}

/** Interfaces of events, and the shapes of the members of event families. */
function addEvents(
  index: SpecIndex,
  file: SpecFile,
  candidates: Candidate[],
  ids: ReadonlyMap<string, Identifier>,
): void {
  const family = FAMILIES.find(({ name }) => name === 'FR-EVT')!;
  const events = candidates.filter((candidate) => candidate.family === family);
  let before: CodeBlock | undefined;
  let passed = 0;
  for (const block of index.blocks) {
    if (block.file !== file.path) continue;
    while (passed < events.length && events[passed]!.definition.line < block.line) passed++;
    if (/^(?:ts|typescript)$/.test(block.lang)) {
      const interfaces = eventInterfaces(block);
      for (let at = passed; at < events.length; at++) {
        const { definition } = events[at]!;
        if (definition.line > block.endLine) break;
        const shape = definition.form === 'ts-member' && shapeOf(block, definition.line, interfaces);
        if (shape) definition.shape = shape;
      }
      // What stands above a block names the first event in it; types that it uses may stand before that.
      const first = interfaces.find(({ form }) => form === 'ts-event') ?? interfaces[0];
      interfaces.forEach((found) => {
        const { id: own, type: _type, ...definition } = found;
        const id = own ?? (found === first ? announcedBy(events.slice(0, passed), block, before) : undefined);
        const identifier = id === undefined ? undefined : ids.get(id);
        if (identifier) candidates.push({ identifier, family, definition });
      });
    }
    before = block;
  }
}

/** A bold bullet or heading of an event, and then the block that gives its fields. */
function announcedBy(
  events: readonly Candidate[],
  block: CodeBlock,
  before: CodeBlock | undefined,
): string | undefined {
  const from = Math.max(before?.file === block.file ? before.endLine : 0, (block.section?.line ?? 1) - 1);
  const said = events.findLast(({ definition: { form } }) => form === 'bold-bullet' || form === 'heading');
  return said && said.definition.line > from ? said.identifier.id : undefined;
}
