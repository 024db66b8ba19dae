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
  const one = (document: object | undefined): number => (document === undefined ? 0 : 1);
  return {
    files: files.length,
    artifacts: {
      stub: tree.stubs.length,
      stub_metadata: family('M'),
      stub_identity: family('L'),
      packet: tree.packets.length,
      refinement: tree.refinements.length,
      board: one(tree.board),
      registry: one(tree.registry),
      audit: one(tree.audit),
      gates: one(tree.gates),
      validator_gates: tree.validatorGates.length,
      // All files of the export together are one document.
      mailbox: one(tree.mailbox),
      pointer: one(tree.pointer),
      roles: one(tree.roles),
      ledger: tree.ledger.length,
    },
    ...(spec && {
      spec: { file: spec.file, version: spec.version, sha256: spec.sha256, sections: spec.sections },
    }),
  };
}
