// Bundles tools/ to dist/: the `gov` command with its libraries inside (hooks and recipes start it often,
// so it must load fast), and the library entries with their dependencies left outside.
// Plain JavaScript without govkit imports: it runs before anything is built.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stampFile = join(root, 'dist', '.stamp');

/** A hash of everything that the build reads. */
export function sourceStamp() {
  const hash = createHash('sha256');
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(tsx?|css|mjs|json)$/.test(entry.name))
        hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
    }
  };
  walk(join(root, 'tools'));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** True when dist/ was built from the sources as they are. */
export function isFresh() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp();
}

export async function build() {
  // Built aside and put in place when it is whole: a build that fails leaves the old one working.
  const aside = join(root, `.dist-${process.pid}`);
  try {
    await buildInto(aside);
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    renameSync(aside, join(root, 'dist'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function buildInto(aside) {
  // Of the sources as they were when the build began: what changes meanwhile makes it stale.
  const stamp = sourceStamp();
  const { build: bundle } = await import('esbuild');
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    splitting: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    // Names stay: a crash report tells them.
    minifySyntax: true,
    minifyWhitespace: true,
  };
  await bundle({
    ...common,
    entryPoints: { 'bin/gov': 'tools/cli/gov.ts', 'bin/start': 'tools/cli/start.ts' },
    outdir: aside,
    chunkNames: 'bin/chunks/[name]-[hash]',
    external: ['oxc-parser', 'better-sqlite3', 'node:sqlite'],
    // Its CommonJS entry loads its parts in a way that no bundler follows.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    define: { GOVKIT_BUILD: JSON.stringify(stamp) },
    // Bundled CommonJS packages call require() for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  // The page of `gov report`: one script and one style sheet, put into the document that it writes.
  await bundle({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    legalComments: 'none',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { 'bin/page': 'tools/report/page/main.tsx' },
    outdir: aside,
  });
  const library = ['index', 'engine', 'recorder', 'spec', 'contracts'];
  await bundle({
    ...common,
    entryPoints: Object.fromEntries(
      library.map((name) => [name, name === 'index' ? 'tools/index.ts' : `tools/${name}/index.ts`]),
    ),
    outdir: join(aside, 'lib'),
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    external: ['node:sqlite'],
  });
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(aside, 'types'),
    ],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  chmodSync(join(aside, 'bin', 'gov.js'), 0o755);
  writeFileSync(join(aside, '.stamp'), stamp);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  if (!(process.argv.includes('--if-stale') && isFresh())) await build();
}
