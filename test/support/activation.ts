import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { answersOf, type OpenRow } from './activation-answers.ts';
import { filesOf } from './placed.ts';
import { BUNDLE, type Ended, started } from './started.ts';

export const SPAWN = 'WP-1-Session-Spawn-Contract-v1';
export const SPANS = 'WP-1-Session-Observability-Spans-FR-v1';
export const SCHEDULER = 'WP-1-ModelSession-Core-Scheduler-v1';

/** What the clock of every process shows: two runs write the same bytes. */
export const NOW = '2026-03-02T10:15:00Z';

const project = join(import.meta.dirname, '..', '..');

/** What a person puts in place of the braces of a printed command. */
const KNOWN: Readonly<Record<string, string>> = {
  username: 'ilja',
  reason: 'the sessions of the engine stand in for it; $(no shell) reads "this"',
  'YYYY-MM-DD': '2026-06-30',
};

const made: string[] = [];
let hooked = false;

/** A folder that is gone when the tests of the file are; tests that run at the same time share the clean-up. */
function folderOfFile(): string {
  if (!hooked) {
    hooked = true;
    afterAll(() => {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
      hooked = false;
    });
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gov kit ')));
  made.push(folder);
  return folder;
}

/** A repository with the project's own governance tree in it, and room beside it for worktrees. */
export class Activation {
  readonly outer: string;
  readonly root: string;
  env: Record<string, string>;

  private constructor(outer: string, env: Record<string, string>) {
    this.outer = outer;
    this.root = join(outer, 'repository');
    this.env = env;
  }

  /** The tree as it is committed here, governed by recipes, with one commit. */
  static async begin(policy: 'typed' | 'ssh' = 'typed'): Promise<Activation> {
    const repo = new Activation(folderOfFile(), {
      GOVKIT_NOW: NOW,
      GIT_CONFIG_NOSYSTEM: '1',
      HOME: folderOfFile(),
      GIT_AUTHOR_DATE: NOW,
      GIT_COMMITTER_DATE: NOW,
    });
    mkdirSync(join(repo.root, 'templates'), { recursive: true });
    cpSync(join(project, '.GOV'), join(repo.root, '.GOV'), { recursive: true });
    cpSync(join(project, 'templates', 'gov.just'), join(repo.root, 'templates', 'gov.just'));
    const config = readFileSync(join(project, 'gov.config.yaml'), 'utf8');
    const gate = policy === 'ssh' ? 'gate:\n  signature: ssh\n' : '';
    writeFileSync(join(repo.root, 'gov.config.yaml'), `${config}${gate}`);
    writeFileSync(
      join(repo.root, 'justfile'),
      `set allow-duplicate-variables := true\n\ngov_bundle := '${BUNDLE}'\n\nimport 'templates/gov.just'\n`,
    );
    await repo.git('init', '--quiet', '--initial-branch=main');
    await repo.git('config', 'user.name', 'ilja');
    await repo.git('config', 'user.email', 'ilja@example.org');
    await repo.git('config', 'gc.auto', '0');
    if (policy === 'ssh') await repo.makeKey();
    await repo.git('add', '--all');
    await repo.git('commit', '--quiet', '--message', 'govern');
    return repo;
  }

  private async makeKey(): Promise<void> {
    const key = join(this.outer, 'key');
    await this.done(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'ilja', '-f', key]);
    const signer = readFileSync(`${key}.pub`, 'utf8');
    writeFileSync(join(this.root, '.GOV', 'allowed_signers'), `ilja namespaces="govkit" ${signer}`);
    await this.git('config', 'user.signingkey', key);
  }

  /** Another one like it, to go on with in another way. */
  async copy(): Promise<Activation> {
    const other = new Activation(folderOfFile(), this.env);
    await this.done(['cp', '-a', `${this.outer}/.`, other.outer]);
    // Git keeps whole paths, in the repository and in the worktree.
    const known = join(other.root, '.git', 'worktrees');
    for (const name of existsSync(known) ? readdirSync(known) : [])
      for (const file of [join(known, name, 'gitdir'), join(other.outer, name, '.git')])
        writeFileSync(file, readFileSync(file, 'utf8').replace(this.outer, other.outer));
    return other;
  }

  try(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    return started(this.root, words, { ...this.env, ...env });
  }

  /** One that has to succeed. */
  async done(words: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const ended = await started(this.root, words, { ...this.env, ...env }).catch(async (error) => {
      // Before the repository is there, there is no folder to start in.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return started(this.outer, words, this.env);
    });
    if (ended.code !== 0)
      throw new Error(
        `${words.join(' ')} ended with ${ended.code ?? ended.signal}: ${ended.out}${ended.err}`,
      );
    return ended.out;
  }

  async git(...args: string[]): Promise<string> {
    return (await this.done(['git', ...args])).trim();
  }

  async json(...words: string[]) {
    const { out, err } = await this.try([...words, '--json']);
    try {
      return JSON.parse(out);
    } catch {
      throw new Error(`${words.join(' ')} printed no JSON: ${out}${err}`);
    }
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** What the person answers to the open rows, each in its line. */
  answer(wpId: string, rows: readonly OpenRow[]): void {
    const path = join(this.root, rows[0]!.file);
    const lines = readFileSync(path, 'utf8').split('\n');
    for (const row of rows) {
      const at = row.line - 1;
      const answered = lines[at]!.replace(/(?:\[ \] )?<[^<]*>$/, () => answersOf(wpId, row).join('\n  - '));
      if (answered === lines[at]) throw new Error(`${row.file}:${row.line} has nothing open: ${lines[at]}`);
      lines[at] = answered;
    }
    writeFileSync(path, lines.join('\n'));
  }

  /** Every file here and in the worktrees beside it, branches and what they are at, what git would commit. */
  async state(): Promise<Record<string, string>> {
    const [refs, trees, status] = await Promise.all([
      this.git('for-each-ref', '--format=%(refname) %(objectname)'),
      this.git('worktree', 'list', '--porcelain'),
      this.git('status', '--porcelain', '--untracked-files=all'),
    ]);
    const files = Object.entries(filesOf(this.outer)).map(([path, text]) => [
      path,
      path.endsWith('/.git') ? text.replace(this.outer, '') : text,
    ]);
    return {
      ...Object.fromEntries(files),
      'git refs': refs,
      'git worktrees': trees.replaceAll(this.outer, ''),
      'git status': status,
    };
  }
}

/** `DDMMYYYYHHMM` of a time, in UTC. */
export function digitsOf(time: string): string {
  const [, year, month, day, hour, minute] = /^(....)-(..)-(..)T(..):(..)/.exec(time)!;
  return `${day}${month}${year}${hour}${minute}`;
}

/** The words of a printed command: quoted ones stay together, and a person fills in what stands in braces. */
export function wordsOf(command: string, now = NOW): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted ?? plain!).replace(/\{([^{}]+)\}/g, (_, name: string) => {
      const value = name === 'DDMMYYYYHHMM' ? digitsOf(now) : KNOWN[name];
      if (value === undefined) throw new Error(`nobody knows what {${name}} is: ${command}`);
      return value;
    }),
  );
}

/** The commands of a printed line, which `&&` joins. */
export function commandsOf(line: string, now = NOW): string[][] {
  return line.split(' && ').map((command) => wordsOf(command, now));
}

/** What a command printed as the next one. */
export function nextOf(out: string): string | undefined {
  return /^next {3}(.+)$/m.exec(out)?.[1];
}
