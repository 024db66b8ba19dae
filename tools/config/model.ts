import type { Severity } from '../findings/index.ts';

/** Where the configuration stands, relative to the repository root. */
export const CONFIG_FILE = 'gov.config.yaml';

/** The kinds of documents that may stand elsewhere than in the layouts of upstream. */
export const PLACED_KINDS = [
  'stub',
  'packet',
  'refinement',
  'board',
  'registry',
  'audit',
  'gates',
  'roles',
  'ledger',
] as const;

/** Upstream's layouts. In that of June the records stand in a folder of their own, and each packet too. */
export const PRESETS = ['february', 'june'] as const;

export interface LayoutConfig {
  /** Default: both, whichever is found. */
  preset?: (typeof PRESETS)[number] | undefined;
  /** The governance folder. */
  folder: string;
  /** Where documents of a kind stand instead, below the folder. */
  globs: { [K in (typeof PLACED_KINDS)[number]]?: string[] | undefined };
}

const POINTERS = { february: 'roles_shared/SPEC_CURRENT', june: 'spec/SPEC_CURRENT' } as const;

/** Where the file that names the Master Spec may stand; the first that exists counts. */
export function specPointers({ folder, preset }: Pick<LayoutConfig, 'folder' | 'preset'>): string[] {
  const presets = preset === undefined ? PRESETS : [preset];
  return ['.md', '.json'].flatMap((ending) => presets.map((each) => `${folder}/${POINTERS[each]}${ending}`));
}

/** The baseline that a configuration names. */
export function baselinePath({ layout, check }: Pick<Config, 'layout' | 'check'>): string {
  return check.baseline ?? `${layout.folder}/baseline.json`;
}

/** The accepted breaks that a configuration names. */
export function acceptedPath({ layout, codegen }: Pick<Config, 'layout' | 'codegen'>): string {
  return codegen.accepted ?? `${layout.folder}/spec/accepted-breaks.yaml`;
}

export interface CheckConfig {
  /** What a rule weighs here; `off` silences it. */
  rules: Record<string, Severity | 'off'>;
  /** Documents that are not judged. */
  ignore: string[];
  /** The baseline file. Default: `baseline.json` in the governance folder. */
  baseline?: string | undefined;
}

/** What `gov codegen` can write. */
export const CODEGEN_TARGETS = ['json-schema', 'markdown', 'samples', 'typescript'] as const;

export type CodegenTarget = (typeof CODEGEN_TARGETS)[number];

/** One kind of output, in one folder. */
export interface CodegenOutput {
  target: CodegenTarget;
  /** Folder below the root, with forward slashes and none at its end; `.` is the root. */
  out: string;
  /** Only what these names need; everything when empty. */
  roots: string[];
}

/** What signs a packet: the typed form alone, or an SSH signature over it as well. */
export const SIGNATURE_POLICIES = ['typed', 'ssh'] as const;

export type SignaturePolicy = (typeof SIGNATURE_POLICIES)[number];

export interface GateConfig {
  signature: SignaturePolicy;
  /** The zone of the clock that signatures are typed by. */
  time_zone: string;
  /** Keys that may sign, as OpenSSH writes them. Default: `allowed_signers` in the governance folder. */
  signers?: string | undefined;
  /** Branch and worktree of a work packet, with `{wp}` for its id. */
  branch: string;
  worktree: string;
}

/** The allowed signers that a configuration names. */
export function signersPath({ layout, gate }: Pick<Config, 'layout' | 'gate'>): string {
  return gate.signers ?? `${layout.folder}/allowed_signers`;
}

/** Where `gov trace` looks, and what it demands. */
export interface TraceConfig {
  /** Files whose comments name clauses. */
  code: string[];
  /** Files whose tests name clauses in their titles. */
  tests: string[];
  /** What of {@link code} and {@link tests} is not looked at. */
  ignore: string[];
  /** Result files of vitest or jest, in JSON. */
  results: string[];
  /** Globs over ids; every clause that matches must be verified. */
  require: string[];
  /** Globs over ids that code and tests use as examples: they mean no clause, and are no orphans. */
  examples: string[];
  /** Clauses that nothing here answers for, and why. */
  out_of_scope: { ids: string; reason: string }[];
}

const CODE = '{ts,tsx,mts,cts,js,jsx,mjs,cjs}';

/** `gov.config.yaml`, with every default filled in. */
export interface Config {
  layout: LayoutConfig;
  check: CheckConfig;
  codegen: {
    /** What `gov codegen` writes, and where. */
    outputs: CodegenOutput[];
    /** The reviewed answers to what the spec leaves open. */
    overlay?: string | undefined;
    /** Breaking changes that are wanted. Default: `spec/accepted-breaks.yaml` in the governance folder. */
    accepted?: string | undefined;
    /** Sections whose definitions win over others of the main body, the first before the second. */
    precedence: string[];
    /** What an output without roots of its own generates: only what these names need; everything when empty. */
    roots: string[];
  };
  gate: GateConfig;
  session: {
    /** May a session run without a work packet? */
    unbound: 'allow' | 'refuse';
  };
  recorder: {
    /** Days that the events of a family stay in a session database, where they are more than the spec's. */
    retention: Record<string, number>;
  };
  trace: TraceConfig;
}

export const defaultTrace: TraceConfig = {
  code: [`{tools,src,lib,app,packages}/**/*.${CODE}`, '{src,lib,app,crates,packages}/**/*.{py,rs,go}'],
  tests: [`{test,tests}/**/*.${CODE}`, `{tools,src,lib,app,packages}/**/*.{test,spec}.${CODE}`],
  ignore: ['**/node_modules/**', '**/dist/**', '**/build/**', '**/target/**', '**/*.d.ts'],
  results: [],
  require: [],
  examples: [],
  out_of_scope: [],
};

export const defaultConfig: Config = {
  layout: { folder: '.GOV', globs: {} },
  check: { rules: {}, ignore: [] },
  codegen: {
    outputs: [{ target: 'typescript', out: 'generated', roots: [] }],
    precedence: [],
    roots: [],
  },
  gate: { signature: 'typed', time_zone: 'UTC', branch: 'feat/{wp}', worktree: '../wt-{wp}' },
  session: { unbound: 'refuse' },
  recorder: { retention: {} },
  trace: defaultTrace,
};
