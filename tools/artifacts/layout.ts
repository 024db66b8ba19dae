import { POINTER_PATHS } from '../markdown/index.ts';
import type { Kind } from './kinds.ts';

/** Which path holds a document of which kind. */
export interface Layout {
  /** Equal for layouts that are the same: what was read by one is not taken for another. */
  id: string;
  /** The governance folder: `.GOV`. */
  folder: string;
  kindOf(path: string): Kind | undefined;
}

/** The folder of the mailbox export, below the governance folder: its files are one document. */
export const MAILBOX = 'ROLE_MAILBOX';

interface Row {
  kind: Kind;
  /** Of the path below the folder. */
  path: RegExp;
}

// `roles_shared/records/` is where the layout of June keeps them; what is left beside it is a shim.
const RECORDS = String.raw`^\/roles_shared\/(?:records\/)?`;

const PATHS: readonly Row[] = [
  { kind: 'stub', path: /^\/task_packets\/stubs\/[^/]+\.md$/ },
  { kind: 'packet', path: /^\/task_packets\/(?:[^/]+|WP-[^/]+\/packet)\.md$/ },
  { kind: 'refinement', path: /^\/refinements\/[^/]+\.md$/ },
  { kind: 'board', path: new RegExp(`${RECORDS}TASK_BOARD\\.md$`) },
  { kind: 'registry', path: new RegExp(`${RECORDS}WP_TRACEABILITY_REGISTRY\\.md$`) },
  { kind: 'audit', path: new RegExp(`${RECORDS}SIGNATURE_AUDIT\\.md$`) },
  { kind: 'gates', path: /^\/roles\/orchestrator\/ORCHESTRATOR_GATES\.json$/ },
  { kind: 'validatorGates', path: /^\/(?:validator_gates\/[^/]+|roles\/validator\/VALIDATOR_GATES)\.json$/ },
  {
    kind: 'mailbox',
    path: /^\/ROLE_MAILBOX\/(?:(?:index|export_manifest)\.json|threads\/[^/]+\.jsonl)$/,
  },
  { kind: 'pointer', path: new RegExp(`^/(?:${POINTER_PATHS.join('|').replaceAll('.', '\\.')})$`) },
  { kind: 'roles', path: /^\/roles\.ya?ml$/ },
  { kind: 'ledger', path: /^\/ledger\/.*\.json$/ },
];

/** Where the layouts of February and of June keep their documents: no configuration is needed for either. */
export function defaultLayout(folder = '.GOV'): Layout {
  return {
    id: `default ${folder}`,
    folder,
    kindOf(path) {
      if (!path.startsWith(`${folder}/`) || /\/README\.[^/]*$/i.test(path)) return undefined;
      const below = path.slice(folder.length);
      return PATHS.find((row) => row.path.test(below))?.kind;
    },
  };
}
