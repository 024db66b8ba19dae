import {
  type AnchorQuery,
  changeOf,
  resolveAnchor,
  type SpecDiff,
  type SpecIndex,
  type SpecSection,
  sectionAt,
} from '../../spec/index.ts';
import { lossOf, nameOf, type Verdict, worst } from './fate.ts';
import { lineOf } from './move.ts';
import type { Pin } from './pins.ts';

/** What became of the clauses that an anchor without a window names, with all that stands below them. */
export function judgeClause(diff: SpecDiff, pin: Pin): Verdict {
  const { from, to } = diff;
  if (pin.specLine !== undefined) return judgeLine(diff, pin.specLine);
  const named = queriesOf(pin.query).map((query) => ({ query, was: resolveAnchor(from, query) }));
  const lost = named.find(({ was }) => was.section === undefined || was.status === 'TITLE_MISMATCH');
  if (lost !== undefined) {
    const { status, reasons } = lost.was;
    return { change: 'UNRESOLVED', reason: `it is ${status} in ${from.version}: ${reasons.join('; ')}` };
  }
  const verdicts: Verdict[] = [];
  const clauses: SpecSection[] = [];
  for (const { query, was } of named) {
    const sections = query.addendum ? [was.section!] : covered(from, query, was.section!);
    clauses.push(...sections);
    if (query.addendum) verdicts.push(judgeAddendum(diff, query, was.fingerprint));
    else verdicts.push(...sections.map((section) => judgeSection(diff, section)));
  }
  const change = worst(verdicts.map((verdict) => verdict.change));
  const verdict = { ...verdicts.find((each) => each.change === change)!, clauses };
  if (change !== 'SAME' && change !== 'MOVED') return verdict;
  // The clause is still there: does the anchor still lead to it, and to no other?
  for (const { query, was } of named) {
    const is = resolveAnchor(to, query);
    if (query.addendum || is.section === changeOf(diff, was.section!).to) continue;
    const why = is.reasons.length > 0 ? `: ${is.reasons.join('; ')}` : '';
    return { change: 'UNRESOLVED', reason: `it is ${is.status} in ${to.version}${why}`, clauses };
  }
  return verdict;
}

/** The anchor, and each further number that it lists, alone. */
function queriesOf(query: AnchorQuery): AnchorQuery[] {
  const alone = { ...query, others: [] };
  return [
    alone,
    ...query.others.map((number) => {
      const { rangeEnd: _, ...rest } = alone;
      return { ...rest, number, wildcard: false, title: '' };
    }),
  ];
}

/** A range covers what stands between its ends; what stands below a section is counted by the diff. */
function covered(spec: SpecIndex, query: AnchorQuery, section: SpecSection): SpecSection[] {
  if (query.rangeEnd === undefined) return [section];
  const { rangeEnd, ...rest } = query;
  const end = resolveAnchor(spec, { ...rest, number: rangeEnd, title: '' }).section;
  return end === undefined ? [section] : spec.sections.slice(section.id, Math.max(section.id, end.id) + 1);
}

function judgeSection(diff: SpecDiff, section: SpecSection): Verdict {
  const change = changeOf(diff, section);
  const loss = lossOf(change, diff.to.version);
  if (loss !== undefined) return loss;
  const name = nameOf(section);
  if (change.below > 0) {
    const many = change.below === 1 ? '1 section' : `${change.below} sections`;
    return { change: 'CHANGED', reason: `${many} below ${name} changed, came or went` };
  }
  const { line } = change.to!;
  return line === section.line
    ? { change: 'SAME', reason: `${name}, line ${line}` }
    : { change: 'MOVED', reason: `${name}, line ${section.line} is now ${line}` };
}

/** An addendum is a paragraph with a number of its own: its words are compared, wherever it stands. */
function judgeAddendum(diff: SpecDiff, query: AnchorQuery, fingerprint: string | undefined): Verdict {
  const is = resolveAnchor(diff.to, query);
  const name = `Addendum ${query.number ?? ''}`.trim();
  if (is.fingerprint === undefined)
    return { change: 'GONE', reason: `${name} is gone from ${diff.to.version}` };
  return is.fingerprint === fingerprint
    ? { change: 'SAME', reason: name }
    : { change: 'CHANGED', reason: `the text of ${name} changed` };
}

function judgeLine(diff: SpecDiff, line: number): Verdict {
  const now = lineOf(diff, line);
  const section = sectionAt(diff.from, diff.from.files[0]!.path, line);
  return { ...judgeAt(line, now), clauses: section ? [section] : [] };
}

function judgeAt(line: number, now: number | undefined): Verdict {
  if (now === undefined) {
    return { change: 'CHANGED', reason: `the clause around line ${line} changed, or that line says nothing` };
  }
  return now === line
    ? { change: 'SAME', reason: `line ${line}`, specLine: now }
    : { change: 'MOVED', reason: `line ${line} is now ${now}`, specLine: now };
}
