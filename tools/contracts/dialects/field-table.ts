import { readTables, type TableRow } from '../../markdown/index.ts';
import type { SpecFile, SpecIndex, SpecSection } from '../../spec/index.ts';
import { sectionAt } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { type Evidence, pascal, type RecordNode, type Type, type TypeNode } from '../ir.ts';
import { isCode } from './code-lines.ts';
import { listedValues, parseTableType } from './table-type.ts';

const HEADER = /^\|\s*Field\s*\|\s*Type\s*\|(\s*Required\s*\|)?\s*Description\s*\|?\s*$/;

const REQUIRED = /^(?:✓|yes|required)$/i;
const CONDITION = /^(?:✓|yes\b|required\b)\s*\S/i;

/** What a table defines, with the section whose rank its nodes have. */
export interface TableRead {
  section: SpecSection | undefined;
  types: TypeNode[];
  diagnostics: Diagnostic[];
}

/**
 * The records of Markdown field tables, `Field | Type | Required | Description`. A table has no name of its own:
 *
 * - tables of the subsections of a "Core Schema" make one record, named after what has the core: of 2.6.6
 *   "AI Job Model", `AiJobCore`;
 * - a table under "… fields" of a profile is named after the section around it;
 * - any other after its own heading, and the word that leads it in ("The response:"); where that leaves two of one
 *   name, the second has `2` behind it.
 *
 * A description that begins with a closed list of values defines the enum that its type names.
 */
export function readFieldTables(index: SpecIndex): TableRead[] {
  const reads: TableRead[] = [];
  const records = new Map<string, RecordNode>();
  for (const file of index.files) {
    for (let at = file.bodyLine - 1; at < file.lines.length; at++) {
      const text = file.lines[at]!;
      if (!text.startsWith('|') || !HEADER.test(text) || isCode(index, file.path, at + 1)) continue;
      let end = at + 1;
      while (file.lines[end]?.startsWith('|')) end++;
      const read = new TableReader(index, file, at + 1, end, records).read();
      if (read) reads.push(read);
      at = end - 1;
    }
  }
  return reads;
}

class TableReader {
  private readonly types: TypeNode[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly index: SpecIndex;
  private readonly file: SpecFile;
  private readonly line: number;
  private readonly endLine: number;
  private readonly records: Map<string, RecordNode>;

  constructor(
    index: SpecIndex,
    file: SpecFile,
    line: number,
    endLine: number,
    records: Map<string, RecordNode>,
  ) {
    this.index = index;
    this.file = file;
    this.line = line;
    this.endLine = endLine;
    this.records = records;
  }

  read(): TableRead | undefined {
    const { path, lines } = this.file;
    const [table] = readTables(path, lines, this.line, this.endLine);
    const section = sectionAt(this.index, path, this.line);
    if (table === undefined || section === undefined) return undefined;
    const { name: heading, owner, joins } = nameOf(this.index, section);
    const name = joins ? heading : `${heading}${this.leadIn()}`;
    const known = this.records.get(name);
    const print = fingerprint(lines.slice(this.line - 1, this.endLine));
    const node: RecordNode =
      known && joins
        ? known
        : {
            kind: 'record',
            name: known ? this.free(name) : name,
            section: owner.number ?? '',
            fingerprint: print,
            doc: owner.title,
            evidence: [this.evidence(this.line)],
            fields: [],
          };
    if (node === known) node.fingerprint = fingerprint([node.fingerprint, print]);
    else this.types.push(node);
    const seen = new Set(node.fields.map((field) => field.name));
    for (const row of table.rows) this.row(row, node, seen, table.header.length === 4);
    this.records.set(node.name, node);
    return { section: owner, types: this.types, diagnostics: this.diagnostics };
  }

  /** `The response:` right above a table tells it from the others of its heading. */
  private leadIn(): string {
    let at = this.line - 2;
    while (this.file.lines[at]?.trim() === '') at--;
    return pascal(
      /(?:^|[.!?]\s+)(?:The\s+)?([A-Za-z]+):$/.exec(this.file.lines[at]?.trim() ?? '')?.[1] ?? '',
    );
  }

  private free(name: string): string {
    let number = 2;
    while (this.records.has(`${name}${number}`)) number++;
    return `${name}${number}`;
  }

  private row({ line, cells }: TableRow, node: RecordNode, seen: Set<string>, stated: boolean): void {
    const texts = cells.map(({ text }) => text);
    const [first = '', written = ''] = texts;
    const required = stated ? (texts[2] ?? '') : '';
    const doc = texts[stated ? 3 : 2] ?? '';
    const name = /^`?([a-z][a-z0-9_]*)`?$/.exec(first)?.[1];
    if (name === undefined) return;
    if (seen.has(name)) {
      const message = `Unexpected second field ${name} of ${node.name}, expected it once`;
      this.report(line, 'duplicate-field', 'error', message, node.name);
      return;
    }
    seen.add(name);
    const { type, optional, open } = this.type(node.name, name, written, doc, line);
    const always = stated ? REQUIRED.test(required) : true;
    if (stated && CONDITION.test(required)) {
      const message = `Unexpected condition "${required}" of ${node.name}.${name}, expected ✓ or nothing; it is optional`;
      this.report(line, 'conditional-required', 'info', message, node.name);
    }
    node.fields.push({
      name,
      type,
      presence: always && !optional ? 'required' : 'optional',
      nullable: false,
      ...(open && { open }),
      doc,
      evidence: [this.evidence(line)],
    });
  }

  private type(
    owner: string,
    field: string,
    written: string,
    doc: string,
    line: number,
  ): { type: Type; optional: boolean; open?: string[] } {
    const values = listedValues(doc);
    const inline = /^enum(\??)$/.exec(written);
    if (inline) {
      const optional = inline[1] === '?';
      const open = [...doc.matchAll(/`([A-Za-z0-9_]+)`/g)].map((match) => match[1]!);
      if (values === undefined) return { type: { kind: 'prim', name: 'string' }, optional, open };
      const name = `${owner}${pascal(field)}`;
      this.enum(name, values, line, owner);
      return { type: { kind: 'ref', name }, optional };
    }
    const parsed = parseTableType(written);
    if (parsed === undefined) {
      const message = `Unexpected type "${written}" of ${owner}.${field}, expected one that the IR carries`;
      this.report(line, 'unsupported-type', 'warning', message, owner);
      return { type: { kind: 'opaque', text: written }, optional: false };
    }
    if (values !== undefined && parsed.type.kind === 'ref') this.enum(parsed.type.name, values, line);
    return parsed;
  }

  private enum(name: string, values: string[], line: number, owner?: string): void {
    this.types.push({
      kind: 'enum',
      name,
      section: sectionAt(this.index, this.file.path, line)?.number ?? '',
      fingerprint: fingerprint([this.file.lines[line - 1]!]),
      doc: '',
      evidence: [this.evidence(line)],
      ...(owner !== undefined && { owner }),
      members: values.map((value) => ({ value, doc: '' })),
    });
  }

  private evidence(line: number): Evidence {
    return { file: this.file.path, line, dialect: 'field-table', confidence: 'stated' };
  }

  private report(
    line: number,
    rule: string,
    severity: 'error' | 'warning' | 'info',
    message: string,
    name: string,
  ): void {
    const details = { args: { name } };
    this.diagnostics.push({ finding: finding(rule, severity, this.evidence(line), message, details) });
  }
}

/** The name of a table's record, the section that it is of, and whether other tables add to it. */
function nameOf(
  index: SpecIndex,
  section: SpecSection,
): { name: string; owner: SpecSection; joins: boolean } {
  const parent = section.parent === undefined ? undefined : index.sections[section.parent];
  const core = [section, parent].find((candidate) => /\bcore schema$/i.test(candidate?.title ?? ''));
  if (core) {
    const whole = core.parent === undefined ? undefined : index.sections[core.parent];
    return { name: `${wordsOf(whole ?? core)}Core`, owner: core, joins: true };
  }
  const named = parent && /^(?:profile|job|type)-specific fields$/i.test(section.title) ? parent : section;
  const name = wordsOf(named);
  return { name: named === section ? name : `${name}Fields`, owner: section, joins: false };
}

/** `AI Job Model (see …)` → `AiJob`: what kind of text it is, is no part of the name. */
function wordsOf({ title }: SpecSection): string {
  const words = title
    .replace(/\([^()]*\)|`/g, ' ')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .replace(/(?<=.) (?:model|schema|profile)$/i, '');
  const name = pascal(words.replace(/\b[A-Z]{2,}\b/g, (word) => word[0] + word.slice(1).toLowerCase()));
  return /^[A-Z]/.test(name) ? name : `Table${name}`;
}
