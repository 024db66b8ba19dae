import type { PageData } from '../../data/page.ts';

export interface View {
  /** As it stands in the address; empty for the overview. */
  view: string;
  title: string;
  /** How much there is to see; null where a number says nothing. */
  count: number | null;
}

/** The views that this page has something for, in the order of the navigation. */
export function viewsOf({ governance, trace, sessions }: PageData): View[] {
  const findings = governance?.rules.reduce((sum, { findings: of }) => sum + of.length, 0);
  return [
    { view: '', title: 'Overview', count: null },
    ...(governance
      ? [
          { view: 'packets', title: 'Packets', count: governance.packets.length },
          { view: 'findings', title: 'Findings', count: findings ?? 0 },
          { view: 'anchors', title: 'Anchors', count: governance.anchors.length },
          { view: 'drift', title: 'Drift', count: governance.drift.length },
        ]
      : []),
    ...(trace ? [{ view: 'trace', title: 'Trace', count: trace.clauses.length }] : []),
    ...(sessions ? [{ view: 'sessions', title: 'Sessions', count: sessions.lanes.length }] : []),
  ];
}
