import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { audit } from '../gate/demo.ts';
import { answered } from './answered.ts';
import { type Result, gov as runGov } from './gov.ts';
import { BOARD, governedFiles } from './governed.ts';
import { filesOf } from './placed.ts';
import { type Repository, repositoryIn, temporaryFolder, writeTree } from './repository.ts';

export const DEMO = 'WP-1-Demo-v1';
export const OTHER = 'WP-1-Other-v1';
const REGISTRY = '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md';
const STUBS = '.GOV/task_packets/stubs';
const AUDIT = '.GOV/roles_shared/SIGNATURE_AUDIT.md';
const project = join(import.meta.dirname, '..', '..');
const bundle = join(project, 'dist', 'bin', 'gov.js');

/** How far the demo's packet is; the other one is a stub throughout. */
export const STAGES = ['stub', 'refined', 'approved', 'signed', 'prepared', 'created'] as const;
export type StageName = (typeof STAGES)[number];

/** What a machine is told of a step. */
export interface Told {
  unmet: { args: { code: string }; place: { file: string; line: number }; message: string }[];
  applied: boolean;
  done?: string;
  next: string | null;
}

/** A repository that is governed, with room beside it in which nothing may appear. */
export class Gated {
  readonly outer: string;
  readonly root: string;
  readonly repository: Repository;

  /** `name` may be a worktree that is there already. */
  constructor(outer: string, name = 'repository') {
    this.outer = outer;
    this.root = join(outer, name);
    mkdirSync(this.root, { recursive: true });
    this.repository = repositoryIn(this.root);
  }

  git(...args: string[]): string {
    return this.repository.git(...args);
  }

  gov(...args: string[]): Result {
    return runGov(this.root, args);
  }

  /** The same, beside others. */
  start(args: readonly string[], cwd = this.root): Promise<Result> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [bundle, ...args], {
        cwd,
        env: { ...process.env, NO_COLOR: '1' },
      });
      const said = { out: '', err: '' };
      child.stdout.on('data', (data) => (said.out += data));
      child.stderr.on('data', (data) => (said.err += data));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, ...said }));
    });
  }

  told(...args: string[]): Told {
    const { out, err } = this.gov(...args, '--json');
    if (out === '') throw new Error(`gov ${args.join(' ')} printed no JSON: ${err}`);
    return JSON.parse(out);
  }

  /** A step that has to succeed. */
  done(...args: string[]): string {
    const { code, out, err } = this.gov(...args);
    if (code !== 0) throw new Error(`gov ${args.join(' ')} ended with ${code}: ${out}${err}`);
    return out;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  edit(path: string, from: string | RegExp, to: string): void {
    const text = this.read(path);
    const after = text.replace(from, to);
    if (after === text) throw new Error(`${path} has no ${from}`);
    this.repository.write({ [path]: after });
  }

  /** Every file here and beside it, and what git has: what a step that is refused leaves as it was. */
  state(): Record<string, string> {
    return { ...filesOf(this.outer), refs: this.git('for-each-ref'), trees: this.git('worktree', 'list') };
  }
}

/** What a clock shows now, as a signature of this user. */
export function signatureOf(user = 'ilja', at = new Date()): string {
  const [year, month, day, hour, minute] = at.toISOString().split(/[-T:]/);
  return `${user}${day}${month}${year}${hour}${minute}`;
}

/** The stub of the demo under another id. */
export function stubAs(id: string): string {
  return governedFiles()[`${STUBS}/${DEMO}.md`]!.replaceAll('WP-1-Demo', id.replace(/-v\d+$/, ''));
}

/** A governed tree of stubs with these ids, on the board and in the registry. */
export function stubsNamed(ids: readonly string[]): Record<string, string> {
  const files = governedFiles();
  const rows = ids.map((id) => {
    const row = /^\| WP-1-Demo {2}.*$/m.exec(files[REGISTRY]!)![0];
    return row.replaceAll('WP-1-Demo', id.replace(/-v\d+$/, ''));
  });
  const entries = ids.map((id) => `- **[${id}]** - [STUB]`);
  const { [`${STUBS}/${DEMO}.md`]: _, ...others } = files;
  return {
    ...others,
    [AUDIT]: audit(),
    [BOARD]: files[BOARD]!.replace(`- **[${DEMO}]** - [STUB]`, entries.join('\n')),
    [REGISTRY]: files[REGISTRY]!.replace(/^\| WP-1-Demo {2}.*$/m, rows.join('\n')),
    ...Object.fromEntries(ids.map((id) => [`${STUBS}/${id}.md`, stubAs(id)])),
  };
}

const TAKEN: Readonly<Record<StageName, (repository: Gated) => void>> = {
  stub: (gated) => gated.repository.commit(stubsNamed([DEMO, OTHER])),
  refined(gated) {
    refineAnswered(gated, DEMO);
  },
  approved: (gated) => gated.done('wp', 'approve', DEMO),
  signed: (gated) => gated.done('wp', 'sign', DEMO, signatureOf()),
  prepared: (gated) => gated.done('wp', 'prepare', DEMO),
  created(gated) {
    gated.done('wp', 'create', DEMO);
    gated.git('add', '--all');
    gated.git('commit', '--quiet', '--message', 'activate');
  },
};

/** Refines, and answers what is open. */
export function refineAnswered(gated: Gated, id: string): void {
  gated.done('wp', 'refine', id);
  const path = `.GOV/refinements/${id}.md`;
  writeTree(gated.root, { [path]: answered(gated.read(path)) });
}

/** Repositories at each stage, made once for a file of tests and copied for each of them. */
export function gatedStages(): (stage: StageName) => Gated {
  const made = new Map<StageName, string>();
  const store = mkdtempSync(join(tmpdir(), 'gov kit '));
  afterAll(() => rmSync(store, { recursive: true, force: true }));
  const stored = (stage: StageName): string => {
    const known = made.get(stage);
    if (known !== undefined) return known;
    const before = STAGES[STAGES.indexOf(stage) - 1];
    const outer = join(store, stage);
    if (before !== undefined) copy(stored(before), outer);
    TAKEN[stage](new Gated(outer));
    made.set(stage, outer);
    return outer;
  };
  return (stage) => copy(stored(stage), join(temporaryFolder(), "it's a copy"));
}

/** Git keeps whole paths of worktrees: those beside a copy are told where they are now. */
function copy(from: string, to: string): Gated {
  cpSync(from, to, { recursive: true });
  const gated = new Gated(to);
  const trees = gated.git('worktree', 'list', '--porcelain').matchAll(/^worktree .*\/([^/\n]+)$/gm);
  const names = [...trees].map(([, name]) => name!).filter((name) => name.startsWith('wt-'));
  if (names.length > 0) gated.git('worktree', 'repair', ...names.map((name) => join(to, name)));
  return gated;
}
