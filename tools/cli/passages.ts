import { type Finding, linePlace, UsageError } from '../findings/index.ts';
import { ownStretches, type Passage, type SpecIndex, type SpecSection, stretchesOf } from '../spec/index.ts';
import type { NumberedLine } from './reporters/passage.ts';
import type { PassageReport, SectionReport } from './schemas/section.ts';
import { around, headingOf, listed, placeOf } from './sections.ts';

/** Which part of a passage is wanted, and in which form. */
export interface Selection {
  own: boolean;
  outline: boolean;
  plain: boolean;
  lines?: { from: number; to: number };
}

/** The lines of a passage that were asked for. */
export function linesOf(
  index: SpecIndex,
  { result, span, asked, paragraph }: Passage,
  wanted: Selection,
): NumberedLine[] {
  if (!span) return [];
  const own = wanted.own && result.section !== undefined && !paragraph;
  const stretches = own ? ownStretches(index, result.section!) : stretchesOf(index, span);
  const all = stretches.flatMap(({ file, line, endLine }) =>
    file.lines.slice(line - 1, endLine).map((text, at) => ({ file: file.path, line: line + at, text })),
  );
  if (own) return all;
  const { lines } = wanted;
  if (!lines) return all;
  const chosen = all.filter(({ line }) => line >= lines.from && line <= lines.to);
  if (chosen.length > 0) return chosen;
  const end = span.endFile === undefined ? span.endLine : placeOf({ file: span.endFile, line: span.endLine });
  throw new UsageError(`--lines ${lines.from}: ${asked} stands at ${placeOf(span)} to ${end}`);
}

/** The sections that stand in it. */
export function sectionsWithin(index: SpecIndex, { result: { section }, paragraph }: Passage): SpecSection[] {
  if (!section || paragraph) return [];
  const inside = new Set([section.id]);
  return index.sections.slice(section.id + 1).filter(({ id, parent }) => {
    const within = parent !== undefined && inside.has(parent);
    if (within) inside.add(id);
    return within;
  });
}

/** Why an anchor names no text, for machines. */
export function findingOf(index: SpecIndex, { asked, result }: Passage): Finding {
  return {
    rule: result.status === 'AMBIGUOUS' ? 'anchor/ambiguous' : 'anchor/unresolved',
    severity: 'error',
    place: linePlace(index.files[0]!.path, 1),
    message: `Unexpected anchor "${asked}" (${result.status}: ${result.reasons.join('; ')}), expected a section of ${index.version}`,
    args: { text: asked, status: result.status },
    related: result.candidates.map((section) => ({
      place: linePlace(section.file, section.line),
      note: [section.number, section.title].filter(Boolean).join(' '),
    })),
  };
}

/** `govkit.section@1` */
export function reportOf(index: SpecIndex, passages: readonly Passage[], wanted: Selection): SectionReport {
  const [first, ...more] = passages.map((passage) => passageReport(index, passage, wanted));
  const { source, version, sha256 } = index;
  return { schema: 'govkit.section@1', spec: { source, version, sha256 }, ...first!, more };
}

function passageReport(index: SpecIndex, passage: Passage, wanted: Selection): PassageReport {
  const { asked, result, paragraph, span } = passage;
  const section = result.section!;
  const { parent: _, ...fields } = listed(index, section);
  const lines = linesOf(index, passage, wanted);
  const { file, line, endLine, endFile } = span!;
  return {
    asked,
    ...fields,
    ...(paragraph && { ...paragraph, tags: [], level: null }),
    file,
    line,
    endLine,
    ...(endFile !== undefined && { endFile }),
    parents: [...around(index, section), ...(paragraph ? [section] : [])].map(headingOf),
    status: result.status,
    flags: result.flags,
    reasons: result.reasons,
    candidates: result.candidates.map((candidate) => listed(index, candidate)),
    fingerprint: result.fingerprint!,
    outline: sectionsWithin(index, passage).map((inner) => listed(index, inner)),
    textLine: lines[0]!.line,
    text: lines.map(({ text }) => text).join('\n'),
  };
}
