import {
  type AnchorQuery,
  type AnchorResult,
  groupMembers,
  identifierById,
  resolveAnchor,
  type SpecDiff,
} from '../../spec/index.ts';
import { type Verdict, worst } from './fate.ts';

/** An identifier is the lines that define it: what else changes in their section is no change of it. */
export function judgeIdentifier(diff: SpecDiff, query: AnchorQuery, was: AnchorResult): Verdict {
  const { to } = diff;
  const { id, definition } = was.identifier!;
  const is = resolveAnchor(to, query);
  const { number: _, ...alone } = query;
  // Its number may lead elsewhere by now.
  const now = is.identifier ? is : resolveAnchor(to, { ...alone, identifier: id, title: '' });
  if (now.identifier === undefined) {
    const there = (identifierById(to, id)?.definitions.length ?? 0) > 0;
    return there
      ? { change: 'UNRESOLVED', reason: `${id} is ${now.status} in ${to.version}: ${now.reasons.join('; ')}` }
      : { change: 'GONE', reason: `${id} is gone from ${to.version}` };
  }
  const { line } = now.identifier.definition;
  if (now.fingerprint !== was.fingerprint) {
    return { change: 'CHANGED', reason: `the text of ${id} changed (line ${line})` };
  }
  if (is.identifier === undefined) {
    const where = now.section?.number === undefined ? '' : `${now.section.number}, `;
    return { change: 'RENUMBERED', reason: `${id} stands in ${where}line ${line} now` };
  }
  return line === definition.line
    ? { change: 'SAME', reason: `${id}, line ${line}` }
    : { change: 'MOVED', reason: `${id}, line ${definition.line} is now ${line}` };
}

/** `FR-EVT-SESS-*`: each id that it means, and those that came. */
export function judgeGroup(diff: SpecDiff, query: AnchorQuery): Verdict {
  const group = query.identifier!;
  const before = groupMembers(diff.from, group);
  const added = groupMembers(diff.to, group).filter((id) => !before.includes(id));
  const verdicts = before.map((id): Verdict => {
    const one = { ...query, identifier: id, wildcard: false, title: '', others: [] };
    const was = resolveAnchor(diff.from, one);
    if (was.identifier !== undefined) return judgeIdentifier(diff, one, was);
    return {
      change: 'UNRESOLVED',
      reason: `${id} is ${was.status} in ${diff.from.version}: ${was.reasons.join('; ')}`,
    };
  });
  if (added.length > 0) {
    const many = added.length === 1 ? '1 id' : `${added.length} ids`;
    verdicts.push({ change: 'CHANGED', reason: `${many} came, the first is ${added[0]}` });
  }
  const change = worst(verdicts.map((verdict) => verdict.change));
  return verdicts.find((verdict) => verdict.change === change)!;
}
