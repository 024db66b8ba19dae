import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is. The name has a space: paths with spaces must work everywhere. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gov kit '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeTree(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, data] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
}

export interface Repository {
  root: string;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  commit(files: Readonly<Record<string, string | Uint8Array>>, message?: string): string;
}

/** A real git repository in a temporary folder. */
export function temporaryRepository(): Repository {
  return repositoryIn(temporaryFolder());
}

export function repositoryIn(root: string): Repository {
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();
  git('init', '--quiet', '--initial-branch=main');
  return {
    root,
    git,
    write: (files) => writeTree(root, files),
    commit(files, message = 'change') {
      writeTree(root, files);
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}
