import type { SimpleGit } from 'simple-git';
import { UsageError } from '../findings/index.ts';

/** Git cannot or will not do what is asked: one line, for whoever called. */
export class GitError extends UsageError {
  override name = 'GitError';
}

// Of the others, simple-git refuses to start where one of them is set on purpose; none matters to a reader.
const UNWANTED = /^(?:git_.*|editor|pager|prefix|ssh_askpass|visual)$/i;

/**
 * The one environment of every git that is started here. GIT_DIR, GIT_OBJECT_DIRECTORY or GIT_CONFIG_COUNT
 * would name another repository than the one that is asked for. GIT_INDEX_FILE stays: in a hook started by
 * `git commit -a` or `git commit -- path` the staged files are in another index file, and a gate that read
 * the wrong one would pass having seen nothing. Messages are read, so they are in English.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name === 'GIT_INDEX_FILE' || !(UNWANTED.test(name) || name === 'LANGUAGE'),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

export async function openGit(root: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git'); // loaded by those who ask git: most commands read the disk
  try {
    const git = simpleGit({ baseDir: root, allowEnvironment: ['GIT_INDEX_FILE'] });
    return git.env(gitEnvironment() as Record<string, string>);
  } catch (error) {
    throw gitError(error);
  }
}

/** What git prints. Throws a {@link GitError}. */
export async function runGit(root: string, args: string[]): Promise<string> {
  const git = await openGit(root);
  try {
    return await git.raw(args);
  } catch (error) {
    throw gitError(error);
  }
}

export function gitError(error: unknown): GitError {
  return new GitError(explain((error as Error).message), { cause: error });
}

function explain(text: string): string {
  if (/spawn \S*git\S* ENOENT/.test(text)) return 'git is not installed, or not on the PATH';
  if (text.includes('dubious ownership')) {
    const advice = /git config --global --add safe\.directory .*/.exec(text)?.[0].trim();
    return `git does not read a repository that someone else owns (if you trust it: ${advice ?? 'git help safe.directory'})`;
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const line = lines.find((candidate) => /^(?:fatal|error):/.test(candidate)) ?? lines.find(Boolean) ?? '';
  return `git: ${line.replace(/^(?:fatal|error):\s*/, '') || 'failed without a message'}`;
}
