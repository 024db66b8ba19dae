import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { gitEnvironment, gitError } from './run-git.ts';

/** More than the listing of any repository. */
const MOST = 1024 * 1024 * 1024;

/**
 * What git prints, for the questions that every commit asks: simple-git takes longer to load than git to answer
 * them. Throws a GitError, and like simple-git takes an exit code without a message for an empty answer.
 */
export function askGit(root: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdin } = execFile(
      'git',
      // `git replace` shows other bytes under an id than a clone would get.
      ['--no-replace-objects', ...args],
      { cwd: root, env: gitEnvironment(), maxBuffer: MOST, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (stderr.trim() === '' && typeof error.code === 'number') resolve(stdout);
        else reject(gitError(new Error(stderr || why(error, root))));
      },
    );
    stdin?.on('error', () => {}); // its end is told above
    stdin?.end(input);
  });
}

/** A program that is not there and a folder that is not there are one error to the system. */
function why(error: Error, root: string): string {
  return existsSync(root) ? error.message : `fatal: ${root}: no such folder`;
}
