import {
  type AnchorQuery,
  type AnchorResult,
  changeOf,
  coveredBy,
  resolveAnchor,
  type SpecDiff,
  type SpecIndex,
  type SpecSection,
  sectionAt,
} from '../../spec/index.ts';
import { lossOf, nameOf, type Verdict, worst } from './fate.ts';
import { judgeGroup, judgeIdentifier } from './identifier.ts';
import { pinnedFile } from './modules.ts';
import { lineOf } from './move.ts';
import type { Pin } from './pins.ts';
import { noModule } from './window.ts';

/** What one number or identifier of an anchor leads to in the old version. */
interface Named {
  query: AnchorQuery;
  was: AnchorResult;
}

/** What became of the clauses that an anchor without a window names, with all that stands below them. */
export function judgeClause(diff: SpecDiff, pin: Pin): Verdict {
  const { from, to } = diff;
  if (pin.specLine !== undefined) return judgeLine(diff, pin, pin.specLine);
  const named = queriesOf(pin.query).map((query) => ({ query, was: resolveAnchor(from, query) }));
  const lost = named.find((each) => isLost(from, each));
  if (lost !== undefined) {
    const { status, reasons } = lost.was;
    return { change: 'UNRESOLVED', reason: `it is ${status} in ${from.version}: ${reasons.join('; ')}` };
  }
  const verdicts = named.flatMap((each) => judgeNamed(diff, each));
  const clauses = [...new Set(named.flatMap((each) => clausesOf(from, each)))];
  const change = worst(verdicts.map((verdict) => verdict.change));
  const verdict = { ...verdicts.find((each) => each.change === change)!, clauses };
  if (change !== 'SAME' && change !== 'MOVED') return verdict;
  // The clause is still there: does the anchor still lead to it, and to no other?
  for (const { query, was } of named) {
    if (query.addendum || byIdentifier(query, was)) continue;
    const is = resolveAnchor(to, query);
    if (is.section === changeOf(diff, was.section!).to) continue;
    const why = is.reasons.length > 0 ? `: ${is.reasons.join('; ')}` : '';
    return { change: 'UNRESOLVED', reason: `it is ${is.status} in ${to.version}${why}`, clauses };
  }
  return verdict;
}

/** The anchor, and each further number or identifier that it lists, alone. */
function queriesOf(query: AnchorQuery): AnchorQuery[] {
  const { otherTitles = {}, ...rest } = query;
  const { rangeEnd: _end, number: _number, identifier: _id, noted: _noted, ...bare } = rest;
  return [
    { ...rest, others: [] },
    ...query.others.map((other): AnchorQuery => {
      const further = { ...bare, others: [], wildcard: false, title: otherTitles[other] ?? '' };
      return /^\d/.test(other) || query.addendum
        ? { ...further, number: other, ...(query.title === '' && { noted: true }) }
        : { ...further, identifier: other };
    }),
  ];
}

function isLost(from: SpecIndex, { query, was }: Named): boolean {
  if (was.section === undefined || was.status === 'TITLE_MISMATCH') return true;
  return !query.addendum && coveredBy(from, query, was.section) === undefined;
}

/** `FR-EVT-SESS-*` means its ids, and no section. */
function isGroup({ number, identifier, wildcard }: AnchorQuery): boolean {
  return number === undefined && identifier !== undefined && wildcard;
}

function byIdentifier(query: AnchorQuery, was: AnchorResult): boolean {
  return was.identifier !== undefined || isGroup(query);
}

function clausesOf(from: SpecIndex, { query, was }: Named): readonly SpecSection[] {
  if (isGroup(query)) return was.candidates;
  if (query.addendum || was.identifier) return [was.section!];
  return coveredBy(from, query, was.section!)!;
}

function judgeNamed(diff: SpecDiff, each: Named): Verdict[] {
  const { query, was } = each;
  if (query.addendum) return [judgeAddendum(diff, query, was.fingerprint)];
  if (isGroup(query)) return [judgeGroup(diff, query)];
  if (was.identifier) return [judgeIdentifier(diff, query, was)];
  const covered = clausesOf(diff.from, each);
  return [...came(diff, each, covered), ...covered.map((section) => judgeSection(diff, section))];
}

/** A wildcard and a range also mean what is new under their numbers, wherever it stands. */
function came(diff: SpecDiff, { query, was }: Named, before: readonly SpecSection[]): Verdict[] {
  if (!query.wildcard && query.rangeEnd === undefined) return [];
  const { section } = resolveAnchor(diff.to, query);
  const now = (section && coveredBy(diff.to, query, section)) ?? [];
  const old = new Set(before);
  const added = now.filter((each) => {
    const { from } = changeOf(diff, each);
    return from === undefined || !old.has(from);
  });
  if (added.length === 0) return [];
  const many = added.length === 1 ? '1 section' : `${added.length} sections`;
  const number = was.section?.number ?? '';
  const where = query.rangeEnd === undefined ? `below ${number}` : `in ${number}-${query.rangeEnd}`;
  return [{ change: 'CHANGED', reason: `${many} came ${where}, the first is ${nameOf(added[0]!)}` }];
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

function judgeLine(diff: SpecDiff, pin: Pin, line: number): Verdict {
  const file = pinnedFile(diff.from, pin.query);
  if (file === undefined) return { change: 'UNRESOLVED', reason: noModule(diff.from) };
  const now = lineOf(diff, file, line);
  const section = sectionAt(diff.from, file.path, line);
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
