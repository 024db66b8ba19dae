import {
  type Bullet,
  type Field,
  readBullets,
  readField,
  readFields,
  walkBullets,
} from '../../markdown/index.ts';
import { spanPlace, type TextFile } from '../../text/index.ts';
import {
  type Document,
  endOfField,
  findSection,
  openDocument,
  present,
  type Section,
  stemOf,
} from '../document.ts';
import type { Sited } from '../sited.ts';
import { readSpecPin, type SpecPin } from '../spec-pin.ts';
import { type RoadmapPointer, readRoadmapPointer } from './roadmap-pointer.ts';
import { type Checklist, readChecklist } from './stub-checklist.ts';
import { type Dependency, readDependencies } from './stub-dependencies.ts';

/**
 * A work packet that has not been activated. Two families exist: `M` keeps its fields under
 * `## STUB_METADATA` and has a task list, `L` under `## Identity` with numbered steps.
 */
export interface Stub {
  kind: 'stub';
  family: 'M' | 'L';
  path: string;
  file: TextFile;
  /** The file name without its ending. */
  stem: string;
  /** The id in `# Work Packet Stub: ID`; often the second H1, since the template's own name is the first. */
  title?: Sited;
  /** Fields of the metadata section (and a family-L status line), unknown and repeated ones included. */
  fields: Field[];
  /** Heading of the section that the fields stand in; absent where there is none. */
  metadata?: Section;
  wpId?: Field;
  baseWpId?: Field;
  createdAt?: Field;
  status?: Field;
  /** Every status that the stub states, in any section: two that differ prove neither. */
  statuses: Field[];
  specTarget?: Field;
  /** The spec that {@link specTarget} names beside its pointer file: `(currently ..._v02.105.md)`. */
  pin: SpecPin;
  roadmapPointer?: Field;
  /** The same taken apart. */
  roadmap?: RoadmapPointer;
  /** Anchors as their author wrote them. */
  candidates: Sited[];
  /** Text among the candidates that has no dash of its own, and so is none. */
  strayCandidates: Sited[];
  inScope: StubNote[];
  outOfScope: StubNote[];
  acceptance: StubNote[];
  dependencies: Dependency[];
  /** Read when it is first asked for: remark takes longer over it than everything else here together. */
  readonly checklist: Checklist | undefined;
  sections: Section[];
}

/** A bullet of scope or acceptance, which the packet takes over or drops. */
export interface StubNote extends Sited {
  /** How many bullets it stands below. */
  depth: number;
}

const TITLE = /^(?:Work|Task) Packet Stub:\s*(\S.*?)\s*$/i;

/** Reads a stub of either family. Never throws on content: what is missing is absent. */
export function readStub(file: TextFile): Stub {
  const document = openDocument(file);
  const family = findSection(document, /^STUB_METADATA\b/i) ?? findSection(document, /^Identity\b/i);
  const fields = readMetadata(document, family);
  const first = (...keys: string[]): Field | undefined => fields.find((field) => keys.includes(field.key));
  const title = readTitle(document);
  const roadmapPointer = first('ROADMAP_POINTER', 'ROADMAP_SOURCE');
  const known = {
    title,
    metadata: family,
    wpId: first('WP_ID'),
    baseWpId: first('BASE_WP_ID'),
    createdAt: first('CREATED_AT', 'Created'),
    status: first('STUB_STATUS', 'Status', 'STATUS'),
    specTarget: first('SPEC_TARGET'),
    roadmapPointer,
    roadmap: roadmapPointer && readRoadmapPointer(roadmapPointer),
  };
  let checklist: { value: Checklist | undefined } | undefined;
  return {
    kind: 'stub',
    family: family !== undefined && /^Identity/i.test(family.title) ? 'L' : 'M',
    path: file.path,
    file,
    stem: stemOf(file.path),
    fields,
    pin: readSpecPin(first('SPEC_TARGET')),
    statuses: readStatuses(document, fields),
    candidates: readCandidates(document, fields),
    strayCandidates: readStrays(document, fields),
    ...readScope(document),
    acceptance: readAcceptance(document),
    dependencies: readDependencies(document),
    sections: document.sections,
    ...present(known),
    get checklist() {
      checklist ??= { value: readChecklist(document) };
      return checklist.value;
    },
  };
}

/** Fields at the top of the metadata list, and lines like `**Status:** STUB` between the title and the first H2. */
function readMetadata(document: Document, section: Section | undefined): Field[] {
  const fields: Field[] = [];
  const end = document.sections.find(({ level }) => level === 2)?.line ?? document.visible.length + 1;
  for (let line = 1; line < end; line++) {
    const field = readField(document.path, line, document.visible[line - 1]!);
    if (field !== undefined && /^status$/i.test(field.key) && field.column === 1) fields.push(field);
  }
  if (section === undefined) return fields;
  for (let line = section.line + 1; line <= section.endLine; line++) {
    const field = readField(document.path, line, document.visible[line - 1]!);
    if (field !== undefined && /^[-*+]\s/.test(document.visible[line - 1]!)) fields.push(field);
  }
  return fields;
}

function readStatuses(document: Document, fields: readonly Field[]): Field[] {
  const status = fields.filter(({ key }) => /^status$/i.test(key));
  const anywhere = readFields(document.path, document.visible, 1, document.visible.length);
  return [...status, ...anywhere.filter(({ key }) => key === 'STUB_STATUS')].sort(
    (a, b) => a.keyPlace.line - b.keyPlace.line,
  );
}

function readTitle(document: Document): Sited | undefined {
  for (const section of document.sections) {
    const match = section.level === 1 ? TITLE.exec(section.title) : null;
    if (match === null) continue;
    const text = match[1]!;
    const column = document.file.lines[section.line - 1]!.lastIndexOf(text) + 1;
    return { text, place: spanPlace(document.path, section.line, column, text.length) };
  }
  return undefined;
}

/** Inline value, nested list, or a section of their own: all three occur. */
function readCandidates(document: Document, fields: readonly Field[]): Sited[] {
  const found: Sited[] = [];
  for (const field of fields) {
    if (!/^SPEC_ANCHOR_CANDIDATES?$/.test(field.key)) continue;
    if (field.raw !== '') found.push({ text: field.raw, place: field.place });
    found.push(...nested(document, field));
  }
  const section = findSection(document, /^SPEC_ANCHOR_CANDIDATES?\b/i);
  if (section !== undefined) {
    found.push(...sited(readBullets(document.path, document.visible, section.line + 1, section.endLine)));
  }
  return found;
}

/** The bullets below a field. */
function nested(document: Document, field: Field): Sited[] {
  return sited(
    readBullets(document.path, document.visible, field.keyPlace.line + 1, endOfField(document, field)),
  );
}

/** What a line that goes on with the one above it would hardly begin with. */
const ANCHOR_START = /^(?:\S*_Spec_v\S*|\u00a7?\d+(?:\.\w+)+)\s/;

/** A line below the field that begins no bullet, and goes on with none. */
function readStrays(document: Document, fields: readonly Field[]): Sited[] {
  const strays: Sited[] = [];
  for (const field of fields) {
    if (!/^SPEC_ANCHOR_CANDIDATES?$/.test(field.key)) continue;
    let marker = -1;
    const end = endOfField(document, field);
    for (let line = field.keyPlace.line + 1; line <= end; line++) {
      const text = document.visible[line - 1]!.trimEnd();
      const indent = text.search(/\S/);
      const bullet = /^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(text);
      if (bullet) marker = indent;
      if (bullet || indent < 0) continue;
      const own = text.slice(indent);
      if (marker >= 0 && indent > marker && !ANCHOR_START.test(own)) continue;
      strays.push({ text: own, place: spanPlace(document.path, line, indent + 1, own.length) });
    }
  }
  return strays;
}

/** Bullets with how deep each stands below the first ones. */
function noted(bullets: readonly Bullet[], depth = 0): StubNote[] {
  return bullets.flatMap(({ text, place, children }) => [
    { text, place, depth },
    ...noted(children, depth + 1),
  ]);
}

function readScope(document: Document): Pick<Stub, 'inScope' | 'outOfScope'> {
  const section = findSection(document, /^SCOPE[_ ]SKETCH\b/i);
  if (section === undefined) return { inScope: [], outOfScope: [] };
  const bullets = readBullets(document.path, document.visible, section.line + 1, section.endLine);
  const below = (heading: RegExp): StubNote[] =>
    bullets.filter(({ text }) => heading.test(text)).flatMap(({ children }) => noted(children));
  return {
    inScope: below(/^(?:\*\*)?in[_ ]scope\b/i),
    outOfScope: below(/^(?:\*\*)?(?:explicitly )?out[_ ](?:of[_ ])?scope\b/i),
  };
}

function readAcceptance(document: Document): StubNote[] {
  const section = findSection(document, /^ACCEPTANCE[_ ]CRITERIA\b/i);
  if (section !== undefined) {
    return noted(readBullets(document.path, document.visible, section.line + 1, section.endLine));
  }
  const fixed = findSection(document, /^Roadmap fixed fields\b/i);
  if (fixed === undefined) return [];
  const bullets = readBullets(document.path, document.visible, fixed.line + 1, fixed.endLine);
  return bullets
    .filter(({ text }) => /^acceptance criteria\b/i.test(text))
    .flatMap(({ children }) => noted(children));
}

function sited(bullets: readonly Bullet[]): Sited[] {
  return [...walkBullets(bullets)].map(({ text, place }) => ({ text, place }));
}

export type StubState = 'STUB' | 'SUPERSEDED' | 'ACTIVATED' | 'UNKNOWN';

/**
 * The status in the four words that matter. STUB is that word and nothing else, but for a note in parentheses:
 * `STUB - SUPERSEDED, do not activate` is not to be activated.
 */
export function stubState(stub: { status?: { value: string } }): StubState {
  const status = stub.status?.value ?? '';
  if (/^STUB$/i.test(status)) return 'STUB';
  if (/(?:^|[^A-Z])SUPERSEDED(?![A-Z])/i.test(status)) return 'SUPERSEDED';
  return /^ACTIVATED(?:_[A-Z_]+)?\b/i.test(status) ? 'ACTIVATED' : 'UNKNOWN';
}

/** A later status that says something else than the first. */
export function contradictingStatus(stub: Stub): Field | undefined {
  const first = stub.statuses[0]?.value;
  return stub.statuses.find(({ value }) => value !== '' && value !== first);
}
