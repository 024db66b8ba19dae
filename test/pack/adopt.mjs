// A new, empty folder that installs the packed tarball and becomes a governed repository: gov init, a commit that
// passes and one that is refused, gov doctor, and back again. Prints sizes and the time of the install.
//   node test/pack/adopt.mjs FOLDER_WITH_TARBALL
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const scratch = resolve(process.argv[2]);
const tarball = join(
  scratch,
  readdirSync(scratch).find((name) => name.endsWith('.tgz')),
);
const root = join(scratch, 'new repository é');
mkdirSync(root);
// Of the caller's git nothing counts.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
for (const who of ['AUTHOR', 'COMMITTER'])
  Object.assign(env, { [`GIT_${who}_NAME`]: 'T', [`GIT_${who}_EMAIL`]: 't@example.org' });

const began = performance.now();
const install = ['install', '--save-dev', '--no-audit', '--no-fund', '--loglevel=error', tarball];
execFileSync('npm', install, { cwd: root, env, stdio: 'inherit' });
const seconds = (performance.now() - began) / 1000;

const gov = (...args) => run(process.execPath, ['node_modules/govkit/dist/bin/gov.js', ...args]);
const before = readdirSync(root).sort();

expect('gov init', gov('init'), 0, /^made {6}\.GOV .* 13 files/m);
expect('gov check', gov('check'), 0, /^clean · 13 files/);
expect('gov hooks install', gov('hooks', 'install'), 0, /^nothing to do$/m);
run('git', ['add', '--all']);
expect('a commit that passes', run('git', ['commit', '-m', 'govern']), 0, /^clean · 13 staged of 13 files/m);

const board = join(root, '.GOV/roles_shared/TASK_BOARD.md');
const text = readFileSync(board, 'utf8');
writeFileSync(board, text.replace('## Done\n', '## Done\n\n- **[WP-1-Demo-v1]** - [STUB]\n'));
expect('a commit that is refused', run('git', ['commit', '-am', 'x']), 1, /board\/wrong-section/);
expect('the refused commit is none', run('git', ['log', '--format=%s']), 0, /^govern\n$/);
writeFileSync(board, text);

expect('gov doctor', gov('doctor'), 0, /everything that is needed works/);
expect('gov init --undo', gov('init', '--undo'), 0, /^removed {3}\.GOV .* 13 files/m);
const after = readdirSync(root).sort();
const left = after.filter((name) => name !== '.git').join(' ');
if (left !== before.join(' ')) throw new Error(`gov init --undo left ${left}, expected ${before.join(' ')}`);

const size = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(
  `tarball ${size(statSync(tarball).size)}, unpacked ${size(bytesBelow(join(root, 'node_modules/govkit')))}, ` +
    `with its dependencies ${size(bytesBelow(join(root, 'node_modules')))}, installed in ${seconds.toFixed(1)} s`,
);
console.log('a new repository installs the tarball, is governed, and is as it was after undo');

function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (done.error) throw done.error;
  return { code: done.status, said: done.stdout + done.stderr };
}

function expect(what, { code, said }, expected, pattern) {
  if (code !== expected || !pattern.test(said))
    throw new Error(`${what}: exit ${code}, expected ${expected} and ${pattern}\n${said}`);
}

function bytesBelow(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesBelow(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}
