import { type Field, readFields, splitNote } from '../../markdown/index.ts';
import { spanPlace, type TextFile } from '../../text/index.ts';
import { type Document, findSection, openDocument, present, type Section, stemOf } from '../document.ts';
import type { Sited } from '../sited.ts';
import { readSpecPin, type SpecPin } from '../spec-pin.ts';
import { type RefinementAnchor, readRefinementAnchors } from './refinement-anchors.ts';

/** `- Appears in Main Body: [x] PASS`: an inline box, and no item of a task list. */
export interface CoverBox {
  name: string;
  /** Absent where nothing like `[x] PASS` is written. */
  field?: Field;
  ticked: boolean;
}

/** A key that has two values in one document. */
export interface Contradiction {
  first: Field;
  second: Field;
}

/** The five points of `CLEARLY_COVERS`. */
const BOXES = [
  'Appears in Main Body',
  'Explicitly named',
  'Specific',
  'Measurable acceptance criteria',
  'No ambiguity',
];

/** Keys that the template has and that are nothing without a value. */
const FILLED = /^(?:SPEC_ANCHOR|CONTEXT_(?:START_LINE|END_LINE|TOKEN)|AMBIGUITY_FOUND|SPEC_TARGET_RESOLVED)$/;

/** Keys that decide something, so that two values are no matter of style. */
const DECISIVE = new Set([
  'WP_ID',
  'SPEC_TARGET_SHA1',
  'USER_REVIEW_STATUS',
  'USER_SIGNATURE',
  'USER_APPROVAL_EVIDENCE',
  'CLEARLY_COVERS_VERDICT',
  'AMBIGUITY_FOUND',
  'ENRICHMENT_NEEDED',
  'SPEC_TARGET_RESOLVED',
  ...BOXES,
]);

/** The same of one anchor, which has each of them once. */
const OF_AN_ANCHOR = new Set(['SPEC_ANCHOR', 'CONTEXT_START_LINE', 'CONTEXT_END_LINE', 'CONTEXT_TOKEN']);

/** A Technical Refinement: which text of the spec a work packet rests on. Metadata, review, anchors with their excerpts. */
export interface Refinement {
  kind: 'refinement';
  path: string;
  file: TextFile;
  stem: string;
  /** Fields of `### METADATA`. */
  fields: Field[];
  wpId?: Field;
  createdAt?: Field;
  specTarget?: Field;
  specSha1?: Field;
  /** `PENDING` or `APPROVED`. */
  reviewStatus?: Field;
  signature?: Field;
  /** `APPROVE REFINEMENT {WP_ID}`, as it was said. */
  approvalEvidence?: Field;
  /** `PASS` or `FAIL`. */
  verdict?: Field;
  /** `YES` or `NO`. */
  enrichmentNeeded?: Field;
  /** `YES` or `NO`; older refinements do not say. */
  ambiguityFound?: Field;
  coversReason?: Field;
  noEnrichmentReason?: Field;
  /** The text that is proposed for the spec, or the words that say that there is none. */
  proposal?: Sited;
  /** The five points, in order. */
  boxes: CoverBox[];
  contradictions: Contradiction[];
  /** What the template left to be filled in and nobody did: `<fill>`, `[ ]`, a key without its value. */
  blanks: Sited[];
  /** In order; also those that a strict reader loses in the fences of an excerpt. */
  anchors: RefinementAnchor[];
  /** Which bytes of the spec the anchors count their lines in. */
  pin: SpecPin;
  sections: Section[];
}

/** Reads a refinement. Each field is read from its own section, and none inside a fence (5.1 #7). */
export function readRefinement(file: TextFile): Refinement {
  const { document, anchors } = openRefinement(file);
  const all = readFields(file.path, document.visible, 1, document.visible.length);
  const metadata = findSection(document, /^METADATA\b/i);
  // One old refinement has its fields under no heading at all.
  const within = (section: Section | undefined): Field[] =>
    metadata === undefined
      ? all
      : all.filter(({ keyPlace: { line } }) => section && line > section.line && line <= section.endLine);
  const fields = within(metadata).filter(({ column }) => column <= 3);
  const covers = within(findSection(document, /^CLEARLY_COVERS\b/));
  const enrichment = within(findSection(document, /^ENRICHMENT\b/));
  const inMetadata = (key: string): Field | undefined => fields.find((field) => field.key === key);
  const inCovers = (key: string): Field | undefined => covers.find((field) => field.key === key);
  const inEnrichment = (key: string): Field | undefined => enrichment.find((field) => field.key === key);
  return {
    kind: 'refinement',
    path: file.path,
    file,
    stem: stemOf(file.path),
    fields,
    anchors,
    pin: readSpecPin(
      inMetadata('SPEC_TARGET_RESOLVED') ?? inMetadata('SPEC_TARGET'),
      inMetadata('SPEC_TARGET_SHA1'),
    ),
    boxes: BOXES.map((name) => readBox(covers, name)),
    contradictions: [
      ...contradictionsOf(all),
      ...anchors.flatMap(({ fields }) => contradictionsOf(fields, OF_AN_ANCHOR)),
    ],
    blanks: [...readBlanks(document, 1, document.visible.length), ...emptyFields(all, anchors)],
    sections: document.sections,
    ...present({
      proposal: readProposal(document),
      wpId: inMetadata('WP_ID'),
      createdAt: inMetadata('CREATED_AT'),
      specTarget: inMetadata('SPEC_TARGET_RESOLVED') ?? inMetadata('SPEC_TARGET'),
      specSha1: inMetadata('SPEC_TARGET_SHA1'),
      reviewStatus: inMetadata('USER_REVIEW_STATUS'),
      signature: inMetadata('USER_SIGNATURE'),
      approvalEvidence: inMetadata('USER_APPROVAL_EVIDENCE'),
      verdict: inCovers('CLEARLY_COVERS_VERDICT'),
      coversReason: inCovers('CLEARLY_COVERS_REASON'),
      ambiguityFound: inCovers('AMBIGUITY_FOUND'),
      enrichmentNeeded: inEnrichment('ENRICHMENT_NEEDED'),
      noEnrichmentReason: inEnrichment('REASON_NO_ENRICHMENT'),
    }),
  };
}

/** What stands under PROPOSED_SPEC_ENRICHMENT, its fence included: the proposal quotes headings and fences. */
function readProposal({ file, sections }: Document): Sited | undefined {
  const section = sections.find(({ title }) => /^PROPOSED_SPEC_ENRICHMENT\b/.test(title));
  if (section === undefined) return undefined;
  const after = sections.find(({ line, title }) => line > section.line && /^SPEC_ANCHORS\b/.test(title));
  const end = after === undefined ? file.lines.length : after.line - 1;
  return { text: file.lines.slice(section.line, end).join('\n').trim(), place: section.place };
}

/** The excerpts are read first and taken out: their fences would hide fields, and their text pose as some. */
function openRefinement(file: TextFile): { document: Document; anchors: RefinementAnchor[] } {
  const document = openDocument(file);
  const anchors = readRefinementAnchors(document);
  if (!anchors.some(({ excerpt }) => excerpt)) return { document, anchors };
  const lines = [...file.lines];
  for (const { excerpt } of anchors) {
    if (excerpt) lines.fill('', excerpt.place.line - 1, excerpt.place.endLine);
  }
  return { document: openDocument(file, lines), anchors };
}

function readBox(covers: readonly Field[], name: string): CoverBox {
  const field = covers.find(({ key }) => key === name);
  return { name, ...(field ? { field } : {}), ticked: /^\[[xX]\]\s*PASS\b/.test(field?.raw ?? '') };
}

/** A token may be a comment of the spec's: an anchor's own fields are read as they are written. */
function emptyFields(all: readonly Field[], anchors: readonly RefinementAnchor[]): Sited[] {
  const own = anchors.flatMap(({ fields }) => fields);
  const lines = new Set(own.map(({ keyPlace }) => keyPlace.line));
  return [...all.filter(({ keyPlace }) => !lines.has(keyPlace.line)), ...own]
    .filter(({ key, raw }) => raw === '' && FILLED.test(key))
    .map(({ key, keyPlace }) => ({ text: key, place: keyPlace }));
}

/** Keys of {@link DECISIVE}, or those given, that have a second value. */
export function contradictionsOf(
  fields: readonly Field[],
  keys: ReadonlySet<string> = DECISIVE,
): Contradiction[] {
  const firsts = new Map<string, Field>();
  const found: Contradiction[] = [];
  for (const field of fields) {
    if (!keys.has(field.key)) continue;
    const first = firsts.get(field.key);
    if (first === undefined) firsts.set(field.key, field);
    else if (first.value !== field.value) found.push({ first, second: field });
  }
  return found;
}

/** `<fill ...>`, `<PASS or FAIL>`, `<pending>`, `{{NAME}}`: words that only a template says. */
const TEMPLATE_TEXT =
  /<(?:fill|pending|paste|TODO|TBD|PASS or FAIL|YES or NO|LOW, MEDIUM or HIGH)\b[^>]*>?|\{\{[A-Z_0-9]*\}\}/gi;
const EMPTY_BOX = /:\s*(\[ ?\])(?=\s|$)/d;
/** A value that is nothing but what a template said: `path/to/file`, `LOW | MEDIUM | HIGH`. */
const TEMPLATE_VALUE = /^(?:TBD|TODO|path\/to\/file|[A-Z_]+(?: \| [A-Z_]+)+)$/;

/** What the template left in the lines `from`..`to` and nobody filled in, with its place. */
export function readBlanks(document: Document, from: number, to: number): Sited[] {
  const blanks: Sited[] = [];
  for (let line = from; line <= to && line <= document.visible.length; line++) {
    const text = document.visible[line - 1]!;
    const add = (at: number, found: string): void => {
      blanks.push({ text: found, place: spanPlace(document.path, line, at + 1, found.length) });
    };
    const before = blanks.length;
    for (const match of text.matchAll(TEMPLATE_TEXT)) {
      if (!isQuoted(text, match.index)) add(match.index, match[0]);
    }
    const box = EMPTY_BOX.exec(text);
    if (box !== null) add(box.indices![1]![0], box[1]!);
    if (blanks.length > before) continue;
    const bullet = /^\s*[-*+]\s+(?:(?:[A-Z][A-Z_0-9]*|What|Why):\s*)?(.*)$/d.exec(text);
    if (bullet === null) continue;
    const value = splitNote(bullet[1]!).value;
    if (TEMPLATE_VALUE.test(value)) add(bullet.indices![1]![0], value);
  }
  return blanks;
}

/** Whether a column lies in quotes or in a code span: what is quoted is spoken about. */
function isQuoted(text: string, at: number): boolean {
  if (text[at - 1] === '"') return true;
  const before = text.slice(0, at).split('`').length - 1;
  return before % 2 === 1 && text.includes('`', at);
}

/** A value that a template left to be filled: `<pending>`, `{WP_ID}`, `TBD`. */
export function isPlaceholder(value: string): boolean {
  return value === '' || /^(?:<[^>]*>|\{+[^}]*\}+|TBD|TODO|PENDING)$/i.test(value);
}
