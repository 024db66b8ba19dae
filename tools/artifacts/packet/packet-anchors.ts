import { type Field, readBullets, walkBullets } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { type Document, endOfField, findSection, findSections, type Section } from '../document.ts';
import type { Sited } from '../sited.ts';
import { readSpecPin, type SpecPin } from '../spec-pin.ts';

/** Reports quote the anchors that they were written against: they are history, and no claim of the packet. */
const HISTORY =
  /^(?:VALIDATION|VALIDATION_REPORTS?|STATUS_HANDOFF|EVIDENCE|EVIDENCE_MAPPING|LINEAGE_AUDIT)\b/i;
const KEYS = /^(?:SPEC_ANCHORS?|SPEC_ANCHOR_CANDIDATES)$/;

/** The anchors of a packet as its author wrote them: one value, several with semicolons, a list, or a section. */
export function readPacketAnchors(document: Document, fields: readonly Field[]): Sited[] {
  const authority = findSection(document, /^AUTHORITY\b/i);
  const own = fields.filter(({ key, keyPlace }) => KEYS.test(key) && !isHistory(document, keyPlace.line));
  const inside = own.filter(({ keyPlace: { line } }) => authority !== undefined && within(authority, line));
  const found = (inside.length > 0 ? inside : own).flatMap((field) => anchorsOf(document, field));
  const section = document.sections.find(({ title }) => /^SPEC_ANCHORS?\b/i.test(title));
  if (section !== undefined && !isHistory(document, section.line)) {
    found.push(...bullets(document, section.line + 1, section.endLine));
  }
  return [...new Map(found.map((each) => [each.text, each])).values()];
}

/** `SPEC_BASELINE` is what the packet was written against; older packets call it `SPEC_CURRENT`. */
export function readPacketPin(document: Document, fields: readonly Field[]): SpecPin {
  for (const key of ['SPEC_BASELINE', 'SPEC_TARGET_RESOLVED', 'SPEC_TARGET', 'SPEC_CURRENT']) {
    for (const field of fields) {
      if (field.key !== key || isHistory(document, field.keyPlace.line)) continue;
      const pin = readSpecPin(field);
      if (pin.version !== undefined) return pin;
    }
  }
  return {};
}

function anchorsOf(document: Document, field: Field): Sited[] {
  if (field.raw !== '') return parts(field);
  return bullets(document, field.keyPlace.line + 1, endOfField(document, field));
}

/** A semicolon outside parentheses parts two anchors; the lists with `+` and commas are the anchor parser's. */
function parts({ raw, place }: Field): Sited[] {
  const found: Sited[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= raw.length; at++) {
    const character = raw[at];
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    if (at < raw.length && (character !== ';' || depth > 0)) continue;
    const text = raw.slice(start, at);
    const indent = text.search(/\S|$/);
    const own = text.trim();
    if (own !== '') {
      found.push({
        text: own,
        place: spanPlace(place.file, place.line, place.column + start + indent, own.length),
      });
    }
    start = at + 1;
  }
  return found;
}

function bullets(document: Document, from: number, to: number): Sited[] {
  const read = readBullets(document.path, document.visible, from, to);
  return [...walkBullets(read)].map(({ text, place }) => ({ text, place }));
}

const pasts = new WeakMap<Document, Set<number>>();

/** Whether a line is told about the past, and claims nothing of the packet as it is. */
export function isHistory(document: Document, line: number): boolean {
  let past = pasts.get(document);
  if (past === undefined) {
    past = new Set();
    for (const section of findSections(document, HISTORY)) {
      for (let at = section.line + 1; at <= section.endLine; at++) past.add(at);
    }
    pasts.set(document, past);
  }
  return past.has(line);
}

function within(section: Section, line: number): boolean {
  return line > section.line && line <= section.endLine;
}
