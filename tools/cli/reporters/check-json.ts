import type { CheckReport } from './check.ts';
import { notesOn } from './check.ts';
import { findingsReport } from './findings.ts';

/** `govkit.findings@1`. */
export function checkReport(root: string, report: Omit<CheckReport, 'seconds'>) {
  const { looked, policy } = report;
  const { changed, unneeded, findings, baselined } = looked;
  const { entries, path } = policy.baseline;
  return {
    ...findingsReport(root, findings, statsOf(report), baselined),
    ...(changed && { change: { what: report.changed, files: changed } }),
    ...(entries && { baseline: { file: path, entries: entries.length, unneeded } }),
    notes: notesOn(report),
  };
}

function statsOf({ looked: { judged, files } }: Pick<CheckReport, 'looked'>) {
  const { tree, spec } = judged;
  const family = (name: 'M' | 'L'): number => tree.stubs.filter((stub) => stub.family === name).length;
  return {
    files: files.length,
    artifacts: {
      stub: tree.stubs.length,
      stub_metadata: family('M'),
      stub_identity: family('L'),
      packet: tree.packets.length,
      refinement: tree.refinements.length,
      ledger: tree.ledger.length,
    },
    ...(spec && {
      spec: { file: spec.file, version: spec.version, sha256: spec.sha256, sections: spec.sections },
    }),
  };
}
