import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CONFIG_FILE, loadConfig } from '../../config/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { pad } from '../output.ts';
import { packageVersion } from '../version.ts';

interface Row {
  name: string;
  ok: boolean;
  detail: string;
}

/** What works here. Exit 1 when a job of govkit cannot. */
export async function run(call: Call): Promise<ExitCode> {
  const rows: Row[] = [
    { name: 'govkit', ok: true, detail: packageVersion() },
    nodeRow(),
    gitRow(call.root),
    driverRow(),
    {
      name: 'tree',
      ok: existsSync(join(call.root, '.GOV')),
      detail: existsSync(join(call.root, '.GOV')) ? call.root : `no .GOV under ${call.root} (--root DIR)`,
    },
    await configRow(call.root),
  ];
  const ok = rows.every((row) => row.ok);
  if (call.json) call.out.json({ schema: 'govkit.doctor@1', ok, rows });
  else
    for (const row of rows)
      call.out.line(
        `${pad(row.name, 10)} ${row.ok ? call.out.green('works') : call.out.red('fails')}   ${row.detail}`,
      );
  return ok ? 0 : 1;
}

function nodeRow(): Row {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return {
    name: 'node',
    ok: major > 20 || (major === 20 && minor >= 19),
    detail: `${process.version} (20.19 or newer)`,
  };
}

function gitRow(root: string): Row {
  try {
    return {
      name: 'git',
      ok: true,
      detail: execFileSync('git', ['--version'], { cwd: root, encoding: 'utf8' }).trim(),
    };
  } catch {
    return { name: 'git', ok: false, detail: 'git is not installed, or not on the PATH' };
  }
}

function driverRow(): Row {
  const require = createRequire(import.meta.url);
  for (const name of ['node:sqlite', 'better-sqlite3']) {
    try {
      require(name);
      return { name: 'sqlite', ok: true, detail: name };
    } catch {
      // the next driver
    }
  }
  return {
    name: 'sqlite',
    ok: false,
    detail:
      'the session engine needs better-sqlite3 on Node 20 (npm i better-sqlite3@12.11.1) or Node ≥ 22.13',
  };
}

async function configRow(root: string): Promise<Row> {
  try {
    await loadConfig(worktreeSnapshot(root));
    return {
      name: 'config',
      ok: true,
      detail: existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : 'none: every default',
    };
  } catch (error) {
    return { name: 'config', ok: false, detail: (error as Error).message };
  }
}
