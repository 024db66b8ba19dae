import type { SectionChange, SpecDiff, SpecIndex, SpecSection } from '../../spec/index.ts';
import type { SpecDiffReport } from '../schemas/spec-diff.ts';
import { affectedReport, signaturesReport, type Touched } from './spec-diff-affected.ts';

/** `govkit.spec-diff@1`. */
export function specDiffReport(
  diff: SpecDiff,
  touched: Touched,
  contracts: Pick<SpecDiffReport, 'types' | 'events' | 'findings'> = { types: [], events: [], findings: [] },
  compared?: string,
): SpecDiffReport {
  return {
    schema: 'govkit.spec-diff@1',
    from: sideOf(diff.from),
    to: sideOf(diff.to),
    ...(compared !== undefined && { compared }),
    counts: diff.counts,
    anchors: diff.sections.map(anchorOf),
    types: contracts.types,
    events: contracts.events,
    affected: affectedReport(touched),
    signatures: signaturesReport(touched),
    unread: [...touched.unread],
    findings: contracts.findings,
  };
}

function sideOf({ source, version, sha256 }: SpecIndex): SpecDiffReport['from'] {
  return { source, version, sha256 };
}

function anchorOf({
  change,
  from,
  to,
  changed,
  below,
  note,
  hunks,
}: SectionChange): SpecDiffReport['anchors'][number] {
  const named = (from ?? to)!;
  return {
    number: named.number ?? null,
    title: named.title,
    change,
    ...(changed && { changed }),
    ...(below > 0 && { below }),
    ...(from && { from: placeOf(from) }),
    ...(to && { to: placeOf(to) }),
    ...(change === 'RENUMBERED' && { renumberedTo: to!.number ?? null }),
    ...(from && to && from.title !== to.title && { retitledTo: to.title }),
    ...(note !== undefined && { note }),
    ...(hunks.length > 0 && { hunks }),
  };
}

function placeOf({ file, line, endLine }: SpecSection): { file: string; line: number; endLine: number } {
  return { file, line, endLine };
}
