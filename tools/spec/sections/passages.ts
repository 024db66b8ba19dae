import { coveredBy } from '../anchors/covered.ts';
import { groupMembers } from '../anchors/identifier.ts';
import { judge } from '../anchors/judge.ts';
import { parseAnchor } from '../anchors/parse.ts';
import { resolveAnchor, STATUSES } from '../anchors/resolve.ts';
import { fingerprintOf, sectionAt } from '../lookup.ts';
import type { AnchorQuery, AnchorResult, SpecIndex, SpecSection } from '../model.ts';
import type { Span } from './pages.ts';

/** Text of the spec that an anchor names: a section, or an addendum paragraph in one. */
export interface Passage {
  /** The part of the anchor that names it. */
  asked: string;
  result: AnchorResult;
  /** Where the text stands; absent where the anchor names nothing, or several. */
  span?: Span;
  /** An addendum paragraph has a number and a title of its own; so has an identified clause, its id for a number. */
  paragraph?: { number: string; title: string };
}

/** Everything an anchor names, in its order: the parts of a list, the sections of a range, `FILE:LINE`. */
export function passagesOf(index: SpecIndex, text: string): Passage[] {
  const query = parseAnchor(text);
  if (query.wildcard && query.number === undefined && query.identifier !== undefined) {
    const members = groupMembers(index, query.identifier);
    if (members.length > 0) return members.map((id) => passageOf(id, resolveAnchor(index, id)));
  }
  const { others, rangeEnd, ...first } = query;
  const several = others.length > 0 || rangeEnd !== undefined;
  const result = resolveAnchor(index, several ? { ...first, wildcard: false, others: [] } : query);
  if (query.line !== undefined || (!result.section && result.status !== 'AMBIGUOUS')) {
    const section = sectionOfLine(index, text);
    if (section) return [passageOf(text, judged(index, text, section))];
  }
  const sign = query.addendum ? 'Addendum: ' : '';
  const main = passageOf(several ? `${sign}${query.number ?? query.identifier}` : text, result);
  const further = others.map((other) =>
    passageOf(`${sign}${other}`, resolveAnchor(index, `${sign}${other}`)),
  );
  const { section } = result;
  const rest = section && !query.addendum ? restOf(index, query, section) : [];
  const end =
    rangeEnd === undefined || rest.length > 0 ? [] : [passageOf(rangeEnd, resolveAnchor(index, rangeEnd))];
  return [main, ...rest, ...end, ...further];
}

function passageOf(asked: string, result: AnchorResult): Passage {
  const { section, identifier, paragraph } = result;
  if (identifier) {
    const { definition, id } = identifier;
    // The fields that the members of an event family share stand behind them.
    const endLine = definition.shape?.endLine ?? definition.endLine;
    return {
      asked,
      result,
      span: { ...definition, endLine },
      paragraph: { number: id, title: definition.title },
    };
  }
  if (paragraph) {
    const { number, title } = paragraph;
    return { asked, result, span: paragraph, paragraph: { number, title } };
  }
  return { asked, result, ...(section && { span: section }) };
}

/** What a wildcard or a range covers beside the first; none that stands within another. */
function restOf(index: SpecIndex, query: AnchorQuery, first: SpecSection): Passage[] {
  const covered = coveredBy(index, query, first) ?? [first];
  const within = new Set<number>();
  const outermost = covered.filter((section) => {
    const isNew = section.parent === undefined || !within.has(section.parent);
    within.add(section.id);
    return isNew && section !== first;
  });
  return outermost.map((section) => {
    const asked = section.number ?? `${section.file}:${section.line}`;
    return passageOf(asked, judged(index, asked, section));
  });
}

/** A section that was chosen by its place: everything that is wrong with it as an anchor. */
function judged(index: SpecIndex, asked: string, section: SpecSection): AnchorResult {
  const { statuses, reasons } = judge(index, section, '');
  const unnumbered = section.number === undefined;
  return {
    query: parseAnchor(asked),
    status: unnumbered ? 'NO_NUMBER' : (STATUSES.find((status) => statuses.includes(status)) ?? 'UNIQUE'),
    flags: [],
    section,
    fingerprint: fingerprintOf(index, section),
    candidates: [section],
    reasons: unnumbered ? ['its heading has no number', ...reasons] : reasons,
  };
}

/** `Handshake_Master_Spec_v02.137.md:30684`, as findings and terminals write a place; a column may follow. */
function sectionOfLine(index: SpecIndex, text: string): SpecSection | undefined {
  const match = /^`?([^`]+?\.md)`?:(\d{1,9})(?::\d+)?$/.exec(text.trim());
  const file = index.files.find(({ path }) => path === match?.[1] || path.endsWith(`/${match?.[1]}`));
  return file && sectionAt(index, file.path, Number(match?.[2]));
}
