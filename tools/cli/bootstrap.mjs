// `npm start` and `npm test` straight after `git clone`: installs and builds what is missing, then runs.
// No dependencies: nothing is installed yet when this starts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [task, ...rest] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`govkit needs Node 20.19 or newer; this is ${process.versions.node}`);
}

install();
build();
if (task === 'start') run(process.execPath, [join(root, 'dist', 'bin', 'start.js'), ...rest]);
else if (task === 'test')
  run(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...rest]);
else fail(`"${task ?? ''}" is no task (expected start or test)`);

/** A compiled driver fits one Node ABI, so the stamp holds it beside the lock file. */
function install() {
  const stampFile = join(root, 'node_modules', '.govkit-install');
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = createHash('sha256')
    .update(lock)
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // Where Node has SQLite itself nothing has to be compiled, and the one package that would is left as it is.
  const builtin = process.getBuiltinModule?.('node:sqlite') !== undefined;
  note(`installing dependencies${builtin ? '' : ' (better-sqlite3 may compile, once)'}`);
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(
    command,
    [...args, 'ci', ...(builtin ? ['--ignore-scripts'] : []), '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      shell: process.platform === 'win32' && command === 'npm',
      maxBuffer: 1 << 28,
      // npm start and npm test hand their own settings down; they must not steer the install.
      env: {
        ...Object.fromEntries(
          Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)),
        ),
        ...localHeaders(),
      },
    },
  );
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
    fail(
      `npm ci failed${done.error ? `: ${done.error.message}` : ''} (a C++ compiler and python3 are needed where better-sqlite3 has no prebuilt binary)`,
    );
  }
  writeFileSync(stampFile, stamp);
}

/**
 * Node's own headers, when they lie beside this Node: node-gyp would otherwise download them, and a machine
 * without that network could not compile although it has all it needs.
 */
function localHeaders() {
  if (process.env.npm_config_nodedir) return {};
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const header = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(header)) return {};
  const text = readFileSync(header, 'utf8');
  const number = (part) => new RegExp(`#define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1];
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(number).join('.');
  return version === process.versions.node ? { npm_config_nodedir: prefix } : {};
}

function build() {
  const done = spawnSync(process.execPath, [join(root, 'tools', 'cli', 'build.mjs'), '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) fail('the build failed');
}

function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  process.exit(done.status ?? 1);
}

function note(text) {
  process.stderr.write(`govkit: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`govkit: ${text}\n`);
  process.exit(1);
}
