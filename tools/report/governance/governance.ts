import type { GovernanceData } from '../data/governance.ts';
import { anchorRows } from './anchors.ts';
import { driftRows } from './drift.ts';
import { rulesOf } from './findings.ts';
import type { GovernanceInput } from './input.ts';
import { packetCards } from './packets.ts';

/** The governance side of the page. The same input gives the same data, in the same order. */
export function governanceData(input: GovernanceInput): GovernanceData {
  const { tree, spec, library, statuses, findings, baselined, documents, summaries, drift } = input;
  return {
    documents: { ...documents },
    packets: packetCards(tree, statuses),
    rules: rulesOf(findings, summaries),
    baselined,
    anchors: spec === undefined ? [] : anchorRows(tree, spec),
    drift: spec === undefined ? [] : driftRows(drift, spec, library),
  };
}
