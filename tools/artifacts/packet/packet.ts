import type { Place } from '../../findings/index.ts';
import { type Field, readFields } from '../../markdown/index.ts';
import { spanPlace, type TextFile } from '../../text/index.ts';
import {
  type Document,
  endOfField,
  findSection,
  findSections,
  openDocument,
  present,
  type Section,
  stemOf,
} from '../document.ts';
import { type Contradiction, contradictionsOf, readBlanks } from '../refinement/refinement.ts';
import type { Sited } from '../sited.ts';
import type { SpecPin } from '../spec-pin.ts';
import type { Dependency } from '../stub/stub-dependencies.ts';
import type { WpMention } from '../wp-id.ts';
import { readPacketAnchors, readPacketPin } from './packet-anchors.ts';
import { type Lineage, readLineage, readPacketDependencies, readSupersedes } from './packet-lineage.ts';
import { type ManifestEntry, readManifest } from './packet-manifest.ts';
import { readReports, type ValidationReport, type Verdict, verdictsOf } from './packet-reports.ts';
import { readWaivers, type Waiver } from './packet-waivers.ts';

/** An official task packet. Identity, status in all its spellings, signature, anchors, paths in scope. */
export interface Packet {
  kind: 'packet';
  path: string;
  file: TextFile;
  stem: string;
  /** The id in `# Task Packet: ID` (also `# Work Packet: ID`). */
  title?: Sited;
  fields: Field[];
  taskId?: Field;
  wpId?: Field;
  baseWpId?: Field;
  /** The first `Status` of the packet, whichever way it is spelled. */
  status?: Field;
  /** Every spelling that occurs. */
  statuses: Field[];
  signature?: Field;
  formatVersion?: Field;
  /** Bullets of `IN_SCOPE_PATHS`, notes stripped. */
  inScopePaths: Sited[];
  /** Heading of the metadata, which go before whatever a report further down says. */
  metadata?: Section;
  manifest: ManifestEntry[];
  waivers: Waiver[];
  /** Lines that are `SKELETON APPROVED` and nothing else. */
  skeletonApprovals: Place[];
  /** In the order of the file; see {@link latestReport}. */
  reports: ValidationReport[];
  /** Of the reports, that of the one that counts last: what other documents ask of them. */
  verdicts: Verdict[];
  /** Work packets that it says it replaces. */
  supersedes: WpMention[];
  lineage?: Lineage;
  dependencies: Dependency[];
  /** Ids and signatures that the packet states twice, and differently. */
  contradictions: Contradiction[];
  /** What the template left in the Orchestrator's own sections, and nobody filled in. */
  blanks: Sited[];
  /** Keys of these sections that have neither a value nor anything below them. */
  emptied: Field[];
  /** The clauses that it rests on, as its author wrote them. */
  specAnchors: Sited[];
  /** The spec that it was written against, by name: a packet pins no bytes. */
  pin: SpecPin;
  sections: Section[];
}

/** Filled in at the activation; the Coder and the Validator fill the others later (governance-grammar 6). */
const ORCHESTRATORS = /^(?:METADATA|SCOPE|QUALITY_GATE|AUTHORITY|BOOTSTRAP|END_TO_END_CLOSURE_PLAN)\b/;
const DECISIVE = new Set(['TASK_ID', 'WP_ID', 'BASE_WP_ID', 'USER_SIGNATURE', 'REFINEMENT_FILE']);
const CODERS = /^\s*[-*+]\s+CODER_[A-Z_]+:/;

const METADATA = /^METADATA\b/i;
const APPROVED = 'SKELETON APPROVED';
const TITLE = /^(?:Task|Work) Packet:\s*(\S+)/i;

/** Reads a packet of any age. Never throws on content. */
export function readPacket(file: TextFile): Packet {
  const document = openDocument(file);
  const fields = readFields(file.path, document.visible, 1, document.visible.length);
  const first = (...keys: string[]): Field | undefined => fields.find(({ key }) => keys.includes(key));
  const statuses = fields.filter(({ key, raw }) => /^status$/i.test(key) && raw !== '');
  const reports = readReports(document, fields);
  return {
    kind: 'packet',
    path: file.path,
    file,
    stem: stemOf(file.path),
    fields,
    statuses,
    inScopePaths: readPaths(document, first('IN_SCOPE_PATHS')),
    manifest: readManifest(document, fields),
    waivers: readWaivers(document),
    skeletonApprovals: readApprovals(document),
    reports,
    verdicts: verdictsOf(reports),
    supersedes: readSupersedes(document, fields),
    dependencies: readPacketDependencies(document, fields),
    contradictions: contradictionsOf(fields, DECISIVE),
    blanks: ownBlanks(document),
    emptied: ownEmptied(document, fields),
    specAnchors: readPacketAnchors(document, fields),
    pin: readPacketPin(document, fields),
    sections: document.sections,
    ...present({
      title: readTitle(document),
      metadata: findSection(document, METADATA),
      lineage: readLineage(document, stemOf(file.path)),
      taskId: first('TASK_ID'),
      wpId: first('WP_ID'),
      baseWpId: first('BASE_WP_ID'),
      status: metadataStatus(document, statuses),
      signature: first('USER_SIGNATURE'),
      formatVersion: first('PACKET_FORMAT_VERSION'),
    }),
  };
}

/** The work packet that the path names; a folder for each is the layout of June. */
export function packetId({ path, stem }: Pick<Packet, 'path' | 'stem'>): string {
  return stem === 'packet' ? (path.split('/').at(-2) ?? stem) : stem;
}

/** A status among the metadata goes before one that a report further down mentions. */
function metadataStatus(document: Document, statuses: readonly Field[]): Field | undefined {
  const metadata = findSection(document, METADATA);
  const within = statuses.find(
    ({ place }) => metadata && place.line > metadata.line && place.line <= metadata.endLine,
  );
  return within ?? statuses[0];
}

/** A key in capitals is the template's; what a person writes as a heading of a list may end with a colon, too. */
const OWN_KEY = /^(?:[A-Z][A-Z0-9_]+|What|Why|Codex|Task Board|WP Traceability)$/;

/** In one pass over the sections: a hostile file has a hundred thousand of each. */
function ownEmptied(document: Document, fields: readonly Field[]): Field[] {
  const { lines } = document.file;
  const spans = findSections(document, ORCHESTRATORS);
  let next = 0;
  let until = 0;
  return fields.filter(({ key, raw, keyPlace: { line } }) => {
    for (; next < spans.length && spans[next]!.line < line; next++)
      until = Math.max(until, spans[next]!.endLine);
    return raw === '' && line <= until && OWN_KEY.test(key) && isBare(lines, line);
  });
}

/** Nothing stands below a line that is its own: no deeper line, and no fence. */
function isBare(lines: readonly string[], line: number): boolean {
  let below = line;
  while (below < lines.length && lines[below]!.trim() === '') below++;
  const text = lines[below] ?? '';
  return indentOf(text) <= indentOf(lines[line - 1]!) && !/^\s*(?:`{3}|~{3})/.test(text);
}

function indentOf(text: string): number {
  return text.search(/\S/);
}

function ownBlanks(document: Document): Sited[] {
  return findSections(document, ORCHESTRATORS)
    .flatMap(({ line, endLine }) => readBlanks(document, line, endLine))
    .filter(({ place }) => !CODERS.test(document.visible[place.line - 1]!));
}

function readTitle(document: Document): Sited | undefined {
  for (const section of document.sections) {
    const match = section.level === 1 ? TITLE.exec(section.title) : null;
    if (match === null) continue;
    const text = match[1]!;
    const column = document.file.lines[section.line - 1]!.indexOf(text) + 1;
    return { text, place: spanPlace(document.path, section.line, column, text.length) };
  }
  return undefined;
}

/** A whole line, so that no sentence about the approval is one; fences and comments are not seen at all. */
function readApprovals(document: Document): Place[] {
  const places: Place[] = [];
  for (const [index, text] of document.visible.entries()) {
    const at = text.indexOf(APPROVED);
    if (at < 0 || text.trim() !== APPROVED) continue;
    places.push(spanPlace(document.path, index + 1, at + 1, APPROVED.length));
  }
  return places;
}

/** Below the field, or below a heading of that name. */
function readPaths(document: Document, field: Field | undefined): Sited[] {
  const section = findSection(document, /^IN[ _-]SCOPE[ _]PATHS\b/i);
  const [from, to] = field
    ? [field.keyPlace.line + 1, endOfField(document, field)]
    : [(section?.line ?? 0) + 1, section?.endLine ?? 0];
  const paths: Sited[] = [];
  for (let line = from; line <= to; line++) {
    const match = /^\s*[-*+]\s+(?:`([^`]+)`|([^\s`]+))(.*)$/d.exec(document.visible[line - 1]!);
    if (match === null) continue;
    const group = match[1] === undefined ? 2 : 1;
    // `Backend (Rust):` heads a list of paths, and a sentence is none.
    if (!/[/.]/.test(match[group]!) && !/^\s*(?:\([^)]*\)\s*)?$/.test(match[3]!)) continue;
    if (match[0].trimEnd().endsWith(':')) continue;
    const text = match[group]!.replace(/[,;]$/, '');
    const column = match.indices![group]![0] + 1;
    paths.push({ text, place: spanPlace(document.path, line, column, text.length) });
  }
  return paths;
}
