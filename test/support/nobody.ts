import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './repository.ts';

/** Folders of tools/ as one CommonJS file that any process can load, whoever runs it. */
export function bundled(folders: readonly string[]): string {
  const file = join(temporaryFolder(), 'library.cjs');
  buildSync({
    stdin: {
      contents: folders.map((folder) => `export * from './tools/${folder}/index.ts';`).join('\n'),
      resolveDir: join(import.meta.dirname, '..', '..'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'error',
  });
  return file;
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
  const printed = execFileSync(process.execPath, [join(library, 'run.cjs')], {
    cwd: root,
    uid: 65534,
    gid: 65534,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: library },
  });
  return JSON.parse(printed);
}

const NAMES = 'worktreeSnapshot, indexSnapshot, commitSnapshot, loadSpec';
