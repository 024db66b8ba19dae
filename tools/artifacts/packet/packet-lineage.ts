import type { Place } from '../../findings/index.ts';
import { type Field, readBullets, walkBullets } from '../../markdown/index.ts';
import { type Document, endOfField, findSection, findSections } from '../document.ts';
import type { Sited } from '../sited.ts';
import { type Dependency, dependenciesIn } from '../stub/stub-dependencies.ts';
import { withoutNotes } from '../without-notes.ts';
import { type WpMention, wpIdsIn } from '../wp-id.ts';
import { isHistory } from './packet-anchors.ts';

/** `## LINEAGE_AUDIT`: what earlier packets of the same base became of in this one. */
export interface Lineage {
  /** Its heading. */
  place: Place;
  /** Every bullet, the template's own rules included. */
  lines: Sited[];
  /** Other work packets that it names. */
  wpIds: WpMention[];
}

const DEPENDS = /^(?:DEPENDS[ _]ON|DEPENDENC(?:Y|IES)|BLOCKED[ _]BY|BLOCKERS?)$/i;

export function readLineage(document: Document, self: string): Lineage | undefined {
  const section = findSection(document, /^LINEAGE_AUDIT\b/i);
  if (section === undefined) return undefined;
  const bullets = readBullets(document.path, document.visible, section.line + 1, section.endLine);
  const wpIds: WpMention[] = [];
  for (let line = section.line + 1; line <= section.endLine; line++) {
    wpIds.push(...wpIdsIn(document.visible[line - 1]!, document.path, line));
  }
  return {
    place: section.place,
    lines: [...walkBullets(bullets)].map(({ text, place }) => ({ text, place })),
    wpIds: wpIds.filter(({ id }) => id !== self),
  };
}

/** What `SUPERSEDES: ID (why), ID` names; the reasons in parentheses may name others. */
export function readSupersedes(document: Document, fields: readonly Field[]): WpMention[] {
  return fields
    .filter(({ key, keyPlace }) => /^SUPERSEDES$/i.test(key) && !isHistory(document, keyPlace.line))
    .flatMap(({ place, raw }) =>
      wpIdsIn(' '.repeat(place.column - 1) + withoutNotes(raw), document.path, place.line),
    );
}

/** What must come first: fields of that meaning, the lists below them, and sections. */
export function readPacketDependencies(document: Document, fields: readonly Field[]): Dependency[] {
  const found: Dependency[] = [];
  const sections = findSections(document, /^DEPENDENCIES\b/i).filter(
    ({ line }) => !isHistory(document, line),
  );
  const listed = (at: number): boolean => sections.some(({ line, endLine }) => at > line && at <= endLine);
  for (const field of fields) {
    const { line } = field.keyPlace;
    if (!DEPENDS.test(field.key) || isHistory(document, line) || listed(line)) continue;
    const { place, raw } = field;
    if (raw !== '' && !/^(?:none|n\/a)\b/i.test(raw)) {
      const wpIds = wpIdsIn(document.visible[line - 1]!, document.path, line);
      found.push({ text: raw, place, blocking: true, wpIds });
    }
    found.push(...dependenciesIn(document, line + 1, endOfField(document, field)));
  }
  for (const { line, endLine } of sections) found.push(...dependenciesIn(document, line + 1, endLine));
  return found;
}
