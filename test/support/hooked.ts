import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { BOARD, baseFiles, REGISTRY, readBase, SPEC, STUB } from '../checks/base.ts';
import { gov, type Result } from './gov.ts';
import { temporaryFolder, writeTree } from './repository.ts';

export { BOARD, REGISTRY, STUB };

const project = join(import.meta.dirname, '..', '..');

/** A governed tree in which nothing is wrong. */
export function governedFiles(): Record<string, string> {
  return {
    ...baseFiles(),
    // Without the section that stands in a template on purpose.
    [`.GOV/spec/${SPEC}`]: readBase('spec.md').replace(/```md\n[\s\S]*?```\n\n/, ''),
    '.GOV/roles_shared/SPEC_CURRENT.md': `# SPEC_CURRENT\n\nThe current authoritative Master Specification is:\n\n**${SPEC}**\n`,
    '.gitignore': 'node_modules\n',
  };
}

/** As a user has it: names and mail, `node` on the PATH, nothing of the caller's git. */
export function gitEnvironment(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    NO_COLOR: '1',
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@example.org',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@example.org',
    ...env,
  };
}

let kept: string | undefined;

afterAll(() => {
  if (kept !== undefined) rmSync(kept, { recursive: true, force: true });
});

/** A git repository in a path with spaces and non-ASCII letters, into which govkit is installed. */
export class Governed {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static empty(): Governed {
    const repo = new Governed(join(temporaryFolder(), 'Ördner mit Ümläut 日本'));
    mkdirSync(repo.root);
    repo.git('init', '--quiet', '--initial-branch=main');
    repo.installGovkit();
    return repo;
  }

  /** With one commit of a clean tree, and the hooks. Made once in a test file, since it takes a while, and copied. */
  static clean(): Governed {
    kept ??= Governed.make();
    const repo = new Governed(join(temporaryFolder(), 'Ördner mit Ümläut 日本'));
    cpSync(kept, repo.root, { recursive: true, verbatimSymlinks: true });
    return repo;
  }

  private static make(): string {
    const repo = new Governed(mkdtempSync(join(tmpdir(), 'gov kit ')));
    repo.git('init', '--quiet', '--initial-branch=main');
    repo.installGovkit();
    repo.write(governedFiles());
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '--message', 'govern');
    repo.gov('hooks', 'install');
    return repo.root;
  }

  /** One that is there. */
  static in(root: string): Governed {
    return new Governed(root);
  }

  installGovkit(): void {
    mkdirSync(join(this.root, 'node_modules'));
    symlinkSync(project, join(this.root, 'node_modules', 'govkit'));
  }

  write(files: Readonly<Record<string, string>>): void {
    writeTree(this.root, files);
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: gitEnvironment(),
    }).trim();
  }

  /** One that may be refused. */
  attempt(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Result {
    const done = spawnSync('git', args, {
      cwd: options.cwd ?? this.root,
      encoding: 'utf8',
      env: gitEnvironment(options.env),
    });
    if (done.error) throw done.error;
    return { code: done.status, out: done.stdout, err: done.stderr };
  }

  /** What a recipe prints. */
  just(...args: string[]): string {
    const just = join(project, 'node_modules', 'rust-just', 'lib', 'index.mjs');
    const options = { cwd: this.root, encoding: 'utf8', stdio: 'pipe', env: gitEnvironment() } as const;
    return execFileSync(process.execPath, [just, ...args], options);
  }

  gov(...args: string[]): Result {
    return gov(this.root, args);
  }

  /** Empty where nothing was committed yet. */
  head(): string {
    return this.attempt(['rev-parse', '--verify', '--quiet', 'HEAD']).out.trim();
  }
}
