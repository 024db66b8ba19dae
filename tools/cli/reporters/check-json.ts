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
  const { documents, spec } = judged;
  return {
    files: files.length,
    artifacts: documents,
    ...(spec && {
      spec: { file: spec.file, version: spec.version, sha256: spec.sha256, sections: spec.sections },
    }),
  };
}
