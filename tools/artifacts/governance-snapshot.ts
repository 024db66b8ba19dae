import type { Finding } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { openJson, rootObject } from './json/json-document.ts';
import type { JsonText } from './json/json-node.ts';
import { versionIn } from './spec-pin.ts';

/** PRODUCT_GOVERNANCE_SNAPSHOT.json: what the governance tree was when the product was last told of it. */
export interface GovernanceSnapshot {
  kind: 'governanceSnapshot';
  path: string;
  file: TextFile;
  /** The Master Spec that was in force then: `Demo_Spec_v02.137.md`. */
  specTarget?: JsonText;
  /** `v02.137`: of that name. */
  version?: string;
  findings: Finding[];
}

/** Reads the spec that the snapshot was taken under; its list of hashes is another program's to check. */
export function readGovernanceSnapshot(file: TextFile): GovernanceSnapshot {
  const document = openJson(file);
  const specTarget = rootObject(document, '{"spec": {"spec_target": "..."}}')
    ?.at('spec')
    ?.text('spec_target');
  const version = versionIn(specTarget?.text ?? '');
  return {
    kind: 'governanceSnapshot',
    path: file.path,
    file,
    ...(specTarget && { specTarget }),
    ...(version !== undefined && { version }),
    findings: document.findings,
  };
}
