import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { DoctorRow } from '../schemas/doctor.ts';
import { packageVersion } from '../version.ts';

const DRIVER = 'npm install better-sqlite3@12.11.1, or Node 22.13 or newer';

/** Programs and packages: their versions, and what needs them. */
export async function programRows(root: string): Promise<DoctorRow[]> {
  const [git, npm, just, keys] = await Promise.all([
    versionOf(root, 'git', ['--version']),
    versionOf(root, 'npm', ['--version']),
    versionOf(root, 'just', ['--version']),
    // It has no version of its own, and prints how it is called.
    versionOf(root, 'ssh-keygen', ['-?'], 'installed'),
  ]);
  return [
    { group: 'program', name: 'govkit', state: 'works', detail: packageVersion() },
    nodeRow(),
    program('git', git, {
      state: 'fails',
      needed: ['check --staged', 'check --changed-since', 'check --rev', 'hooks install', 'init'],
      mend: 'install git 2.31 or newer',
    }),
    program('npm', npm, { state: 'warns', needed: ['installing and updating govkit'], mend: 'install npm' }),
    program('just', just, {
      state: 'warns',
      needed: ['the recipes'],
      mend: 'npm install --save-dev rust-just, then npx just',
    }),
    program('ssh-keygen', keys, {
      state: 'warns',
      needed: ['signatures with an SSH key, which are to come'],
      mend: 'install OpenSSH',
    }),
    packageRow('sqlite', ['node:sqlite', 'better-sqlite3'], {
      needed: ['session run', 'session list', 'recorder query'],
      mend: DRIVER,
    }),
    packageRow('parser', ['oxc-parser'], { needed: ['codegen'], mend: 'npm ci' }),
  ];
}

function nodeRow(): DoctorRow {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    group: 'program',
    name: 'node',
    state: ok ? 'works' : 'fails',
    detail: `${process.versions.node} (20.19 or newer)`,
    ...(!ok && { needed_by: ['every command'], mend: 'install Node 20.19, 22 or 24' }),
  };
}

interface Need {
  state: 'warns' | 'fails';
  needed: string[];
  mend: string;
}

function program(name: string, version: string | undefined, { state, needed, mend }: Need): DoctorRow {
  return version === undefined
    ? { group: 'program', name, state, detail: 'not on the PATH', needed_by: needed, mend }
    : { group: 'program', name, state: 'works', detail: version, needed_by: needed };
}

function packageRow(name: string, packages: readonly string[], need: Omit<Need, 'state'>): DoctorRow {
  const found = packages.find(loads);
  const row = { group: 'part', name, needed_by: need.needed } as const;
  return found === undefined
    ? { ...row, state: 'warns', detail: `none of ${packages.join(', ')}`, mend: need.mend }
    : { ...row, state: 'works', detail: found };
}

function loads(name: string): boolean {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch {
    return false;
  }
}

/** The first number that a program prints about itself; undefined where it is not there. */
async function versionOf(
  root: string,
  name: string,
  args: readonly string[],
  otherwise?: string,
): Promise<string | undefined> {
  // As npm scripts and npx have it: what the repository installs counts.
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const options = { cwd: root, timeout: 10_000, env: { ...process.env, PATH: path } };
  const said = await promisify(execFile)(name, [...args], options).then(
    ({ stdout }) => stdout,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : ''),
  );
  return said === undefined ? undefined : (/\d+(?:\.\d+)+/.exec(said)?.[0] ?? otherwise);
}
