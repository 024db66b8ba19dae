import picomatch from 'picomatch';
import { type LayoutConfig, specPointers } from '../../config/index.ts';
import type { Kind } from './kinds.ts';

/** Which path holds a document of which kind. */
export interface Layout {
  /** The governance folder: `.GOV`. */
  folder: string;
  kindOf(path: string): Kind | undefined;
  /** What decides, as text: two layouts of one id are the same. */
  id: string;
  /** Where the one document of a kind stands: to say where it is missing, and to see that it is not. */
  homes: Readonly<Record<Single, Home>>;
  /** Where the file that names the Master Spec may stand; the first that exists counts. */
  pointers: readonly string[];
}

/** Kinds of which every tree with work packets has one document. */
export type Single = 'board' | 'registry';

export interface Home {
  /** The path that people look at first; a glob, where the configuration has one. */
  path: string;
  /** Whether a path is one of those that count, judged or not. */
  holds(path: string): boolean;
}

export interface LayoutOptions extends LayoutConfig {
  /** Documents that are not judged, from the root. */
  ignore?: readonly string[];
}

/** The folder of the mailbox export, below the governance folder: its files are one document. */
export const MAILBOX = 'ROLE_MAILBOX';

const NAMES: Readonly<Record<Single, string>> = {
  board: 'TASK_BOARD.md',
  registry: 'WP_TRACEABILITY_REGISTRY.md',
};

interface Row {
  kind: Kind;
  /** Of the path below the folder. */
  path: RegExp;
  /** The one layout that keeps them there; both, where none is named. */
  preset?: LayoutConfig['preset'];
}

const PATHS: readonly Row[] = [
  { kind: 'stub', path: /^\/task_packets\/stubs\/[^/]+\.md$/ },
  { kind: 'packet', path: /^\/task_packets\/[^/]+\.md$/, preset: 'february' },
  { kind: 'packet', path: /^\/task_packets\/WP-[^/]+\/packet\.md$/, preset: 'june' },
  { kind: 'refinement', path: /^\/refinements\/[^/]+\.md$/ },
  // In the layout of June the records have a folder of their own; what is left beside it is a shim.
  { kind: 'board', path: /^\/roles_shared\/TASK_BOARD\.md$/, preset: 'february' },
  { kind: 'board', path: /^\/roles_shared\/records\/TASK_BOARD\.md$/, preset: 'june' },
  { kind: 'registry', path: /^\/roles_shared\/WP_TRACEABILITY_REGISTRY\.md$/, preset: 'february' },
  { kind: 'registry', path: /^\/roles_shared\/records\/WP_TRACEABILITY_REGISTRY\.md$/, preset: 'june' },
  { kind: 'audit', path: /^\/roles_shared\/SIGNATURE_AUDIT\.md$/, preset: 'february' },
  { kind: 'audit', path: /^\/roles_shared\/records\/SIGNATURE_AUDIT\.md$/, preset: 'june' },
  { kind: 'gates', path: /^\/roles\/orchestrator\/ORCHESTRATOR_GATES\.json$/ },
  { kind: 'validatorGates', path: /^\/(?:validator_gates\/[^/]+|roles\/validator\/VALIDATOR_GATES)\.json$/ },
  {
    kind: 'mailbox',
    path: /^\/ROLE_MAILBOX\/(?:(?:index|export_manifest)\.json|threads\/[^/]+\.jsonl)$/,
  },
  { kind: 'governanceSnapshot', path: /^\/roles_shared\/PRODUCT_GOVERNANCE_SNAPSHOT\.json$/ },
  { kind: 'roles', path: /^\/roles\.ya?ml$/ },
  { kind: 'ledger', path: /^\/ledger\/.*\.json$/ },
];

/** Where the layouts of February and of June keep their documents: no configuration is needed for either. */
export function defaultLayout(folder = '.GOV'): Layout {
  return layoutOf({ folder, globs: {} });
}

/** The layout that a configuration describes. A kind with globs of its own stands nowhere else. */
export function layoutOf({ folder, preset, globs, ignore = [] }: LayoutOptions): Layout {
  const ignored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  const placed = Object.entries(globs).flatMap(([kind, own]) =>
    own === undefined ? [] : [{ kind: kind as Kind, matches: picomatch(own, { dot: true }) }],
  );
  const rows = PATHS.filter(
    (row) =>
      (preset === undefined || row.preset === undefined || row.preset === preset) &&
      !placed.some(({ kind }) => kind === row.kind),
  );
  const homeOf = (single: Single): Home => {
    const own = placed.find(({ kind }) => kind === single);
    const records = preset === 'june' ? 'roles_shared/records' : 'roles_shared';
    return {
      path: `${folder}/${globs[single]?.[0] ?? `${records}/${NAMES[single]}`}`,
      holds: (path) =>
        own === undefined
          ? path.endsWith(`/${NAMES[single]}`)
          : path.startsWith(`${folder}/`) && own.matches(path.slice(folder.length + 1)),
    };
  };
  const pointers = specPointers({ folder, preset });
  return {
    folder,
    id: JSON.stringify({ folder, preset, globs, ignore }),
    homes: { board: homeOf('board'), registry: homeOf('registry') },
    pointers,
    kindOf(path) {
      if (!path.startsWith(`${folder}/`) || /\/README\.[^/]*$/i.test(path) || ignored(path)) return undefined;
      if (pointers.includes(path)) return 'pointer';
      const below = path.slice(folder.length);
      return (
        placed.find(({ matches }) => matches(below.slice(1)))?.kind ??
        rows.find((row) => row.path.test(below))?.kind
      );
    },
  };
}
