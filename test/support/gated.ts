import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { AUDIT, audit, PACKET, REFINEMENT, ROLES, WP } from '../gate/demo.ts';
import { gov } from './gov.ts';
import { governedFiles } from './governed.ts';
import { type Repository, repositoryIn, temporaryFolder } from './repository.ts';

export { PACKET, REFINEMENT, WP };

export const CONFIG = 'gov.config.yaml';
export const SIGNERS = '.GOV/allowed_signers';

/** A tree whose one stub can be taken to a packet. */
export function gatedFiles(): Record<string, string> {
  return { ...governedFiles(), [AUDIT]: audit(), '.GOV/roles.yaml': ROLES };
}

/** A repository of it, below a folder of its own: worktrees are made beside it. */
export function gatedRepository(files: Record<string, string> = {}): Repository {
  const root = join(temporaryFolder(), 'repository');
  mkdirSync(root);
  const repository = repositoryIn(root);
  repository.git('config', 'user.name', 'Ilja');
  repository.git('config', 'user.email', 'ilja@example.org');
  repository.commit({ ...gatedFiles(), ...files }, 'govern');
  return repository;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository for all tests of a file: made once, since its steps take a while, and copied. */
export function kept(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gov kit '));
  folders.push(folder);
  const copy = join(folder, 'repository');
  cpSync(root, copy, { recursive: true });
  return copy;
}

/** The whole of a repository, history and all. */
export function copyOf(root: string): Repository {
  const copy = join(temporaryFolder(), 'repository');
  cpSync(root, copy, { recursive: true });
  return repositoryIn(copy);
}

/** A key without a passphrase, and the line by which `user` may sign with it. */
export function makeKey(user: string): { key: string; line: string } {
  const key = join(temporaryFolder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', user, '-f', key]);
  return { key, line: `${user} namespaces="govkit" ${readFileSync(`${key}.pub`, 'utf8')}` };
}

/** Signed now, by a clock in UTC. */
export function signatureOf(user: string): string {
  const [day, time] = new Date().toISOString().split('T') as [string, string];
  return `${user}${day.split('-').reverse().join('')}${time.slice(0, 5).replace(':', '')}`;
}

/** Every row that the template leaves for a person, but for the Operator's own. */
export function fillRows(root: string, path = REFINEMENT): void {
  let key = '';
  const lines = readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((line) => {
      key = /^- ([A-Z_]+):/.exec(line)?.[1] ?? key;
      if (line.includes('USER_')) return line;
      return line
        .replace('[ ] <PASS or FAIL>', '[x] PASS')
        .replace('<PASS or FAIL>', 'PASS')
        .replace('<YES or NO>', 'NO')
        .replace('<LOW, MEDIUM or HIGH>', 'LOW')
        .replace(/<.*>$/, key === 'IN_SCOPE_PATHS' ? 'src/demo.ts' : 'NONE: looked at');
    });
  writeFileSync(join(root, path), lines.join('\n'));
}

/** A step that has to be taken. */
export function step(root: string, ...args: string[]): string {
  const done = gov(root, ['wp', ...args]);
  expect({ args, ...done }).toMatchObject({ args, code: 0 });
  return done.out;
}

/** From the stub to the signature, or with its packet; nothing is committed. */
export function activate(
  root: string,
  options: { key?: string; user?: string; packet?: boolean } = {},
): void {
  const { key, user = 'ilja', packet = true } = options;
  step(root, 'refine', WP);
  fillRows(root);
  step(root, 'approve', WP);
  step(root, 'sign', WP, signatureOf(user), ...(key === undefined ? [] : ['--key', key]));
  if (!packet) return;
  step(root, 'prepare', WP);
  step(root, 'create', WP);
}
