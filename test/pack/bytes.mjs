// What codegen makes on this Node, one sha256 a line: the lines must be the same on every other.
//   node test/pack/bytes.mjs [CORPUS_ROOT]       (default: ../shared/corpus/handshake-2026-02-24, where it is)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const gov = join(project, 'dist', 'bin', 'gov.js');
const corpus = resolve(process.argv[2] ?? join(project, '..', 'shared', 'corpus', 'handshake-2026-02-24'));
const TARGETS = ['json-schema', 'markdown', 'samples', 'typescript'];
const types = readFileSync(join(project, 'test', 'support', 'session-types.json'), 'utf8');
const SESSION = [...JSON.parse(types), 'FR-EVT-SESS-*'];

const scratch = mkdtempSync(join(tmpdir(), 'govkit-bytes-'));
/** A finding in the spec is no failure here: what is made of it must be the same all the same. */
function run(...args) {
  const done = spawnSync(process.execPath, [gov, 'codegen', ...args], { cwd: project, maxBuffer: 1 << 28 });
  if (done.status === 0 || (done.status === 1 && done.stdout.length > 0)) return done.stdout;
  throw new Error(`gov codegen ${args.join(' ')}: exit code ${done.status}\n${done.stderr}`);
}
const tell = (name, bytes) => console.log(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);

/** The model whole and every file of every target. */
function generated(name, options, roots = []) {
  tell(`${name}: ir`, run('--print', 'ir', ...options, ...roots));
  for (const target of TARGETS) {
    const out = join(scratch, name, target);
    run('--target', target, '--out', out, '--quiet', ...options, ...roots);
    for (const file of readdirSync(out).sort())
      tell(`${name}: ${target} ${file}`, readFileSync(join(out, file)));
  }
}

try {
  generated('own spec', []);
  if (existsSync(corpus)) {
    const overlay = join(project, 'templates', 'overlays', 'handshake.yaml');
    const options = ['--root', corpus, '--overlay', overlay];
    generated('session closure', options, ['--roots', SESSION.join(',')]);
    tell('whole corpus: ir', run('--print', 'ir', ...options));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
