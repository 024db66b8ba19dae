import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './repository.ts';

const project = join(import.meta.dirname, '..', '..');

/** Folders of tools/ as one CommonJS file that any process can load, whoever runs it. */
export function bundled(folders: readonly string[]): string {
  const file = join(temporaryFolder(), 'library.cjs');
  buildSync({
    stdin: {
      contents: folders.map((folder) => `export * from './tools/${folder}/index.ts';`).join('\n'),
      resolveDir: project,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'error',
  });
  return file;
}

/**
 * Arguments of node that make the process give up root before its script loads. The process starts as root,
 * since the running node may lie in a home that nobody else can enter (`npx -p node@24`).
 */
export function dropsRoot(): string[] {
  const file = join(temporaryFolder(), 'drop.cjs');
  writeFileSync(file, 'process.setgroups([]); process.setgid(65534); process.setuid(65534);\n');
  return ['--require', file];
}

/** The bundle as a copy that everybody may read: the checkout may lie in a folder that nobody else can enter. */
export function readableBundle(): { bundle: string; home: string } {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  cpSync(join(project, 'dist', 'bin'), join(home, 'bin'), { recursive: true });
  cpSync(join(project, 'templates'), join(home, 'templates'), { recursive: true });
  cpSync(join(project, 'package.json'), join(home, 'package.json'));
  return { bundle: join(home, 'bin', 'gov.js'), home };
}

/** Runs a script in `root` as a user who owns nothing there; gives back the JSON it prints. Only root can. */
export function asNobody(root: string, folders: readonly string[], script: string): unknown {
  const module = bundled(['snapshot', ...folders]);
  const library = dirname(module);
  writeFileSync(
    join(library, 'run.cjs'),
    `const { ${NAMES} } = require(${JSON.stringify(module)});\n(async () => {${script}})();`,
  );
  for (const folder of [library, root]) chmodSync(folder, 0o755);
  const printed = execFileSync(process.execPath, [...dropsRoot(), join(library, 'run.cjs')], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: library },
  });
  return JSON.parse(printed);
}

const NAMES = 'worktreeSnapshot, indexSnapshot, commitSnapshot, loadSpec, findVersion';
