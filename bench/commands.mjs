// Whole commands on the bundle against the budgets of the design, each beside Node's own start in the same run.
//   node bench/commands.mjs [CORPUS_ROOT]       (default: ../shared/corpus/handshake-2026-02-24)
// Prints median wall time, peak memory and the ratio to `node -e 0`. It judges nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBenchTree } from './tree.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const corpus = resolve(process.argv[2] ?? join(project, '..', 'shared', 'corpus', 'handshake-2026-02-24'));
const gov = join(project, 'dist', 'bin', 'gov.js');
const RUNS = 7;

// The corpus lies in no repository, so nothing is cached for it: cold. Its copy in one is warm from the second run.
const warm = mkdtempSync(join(tmpdir(), 'govkit-bench-'));
process.on('exit', () => rmSync(warm, { recursive: true, force: true }));
if (existsSync(corpus)) {
  cpSync(corpus, warm, { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd: warm });
}

// Three trees of our own making: the size of the budget, and one beside another ten times as large.
const made = (name, size) => {
  const root = join(warm, '..', `${basename(warm)}-${name}`);
  writeBenchTree(root, size);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=B', '-c', 'user.email=b@example.org', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'bench');
  const stub = join(root, '.GOV/task_packets/stubs/WP-1-Planned-Work-1-v1.md');
  appendFileSync(stub, '- [ ] One more thing.\n');
  git('add', '--all');
  spawnSync('node', [gov, 'check', '--root', root]);
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  return root;
};
const budget = made('budget', { stubs: 400, packets: 200, specLines: 84_000 });
const small = made('small', { stubs: 80, packets: 137, specLines: 69_000 });
const large = made('large', { stubs: 800, packets: 1370, specLines: 69_000 });
// Without its git folder nothing is kept for it.
const cold = join(warm, '..', `${basename(warm)}-cold`);
cpSync(budget, cold, { recursive: true, filter: (path) => basename(path) !== '.git' });
process.on('exit', () => rmSync(cold, { recursive: true, force: true }));

const overlay = join(project, 'templates', 'overlays', 'handshake.yaml');
// The corpus spec with everything that the session engine needs of it, to every target; in no repository, so cold.
const types = readFileSync(join(project, 'test', 'support', 'session-types.json'), 'utf8');
const SESSION = [...JSON.parse(types), 'FR-EVT-SESS-*'];
const closure = join(warm, '..', `${basename(warm)}-closure`);
if (existsSync(corpus)) {
  for (const path of ['Handshake_Master_Spec_v02.137.md', '.GOV/roles_shared/SPEC_CURRENT.md'])
    cpSync(join(corpus, path), join(closure, path));
  const outputs = [
    ['typescript', 'src/contracts'],
    ['markdown', 'docs/contracts'],
    ['json-schema', 'schemas/contracts'],
    ['samples', 'schemas/contracts'],
  ].map(([target, out]) => ({ target, out }));
  writeFileSync(
    join(closure, 'gov.config.yaml'),
    JSON.stringify({ codegen: { roots: SESSION, overlay: 'overlay.yaml', outputs } }),
  );
  cpSync(overlay, join(closure, 'overlay.yaml'));
  process.on('exit', () => rmSync(closure, { recursive: true, force: true }));
}

const rows = [
  ['node -e 0', ['-e', '0'], ''],
  ['gov --help', [gov, '--help'], ''],
  ['gov check (400 + 200, cold)', [gov, 'check', '--root', cold], '≤ 4000 ms'],
  ['gov check (400 + 200, warm)', [gov, 'check', '--root', budget], '≤ 300 ms'],
  ['gov check --staged (1 stub)', [gov, 'check', '--staged', '--root', small], '≤ 200 ms'],
  ['gov check --staged (ten times the tree)', [gov, 'check', '--staged', '--root', large], '≤ 1.2 × that'],
  ['gov check (own tree)', [gov, 'check', '--root', project], '≤ 200 ms'],
  ['gov codegen --check (own spec)', [gov, 'codegen', '--check', '--root', project], ''],
  ...(existsSync(corpus)
    ? [
        ['gov check (corpus, cold)', [gov, 'check', '--root', corpus], '≤ 2000 ms, ≤ 250 MB'],
        ['gov check (corpus, warm)', [gov, 'check', '--root', warm], '≤ 200 ms'],
        [
          'gov wp status WP (corpus, warm)',
          [gov, 'wp', 'status', 'WP-1-Session-Spawn-Contract-v1', '--root', warm],
          '',
        ],
        ['gov wp status (corpus, all of them, warm)', [gov, 'wp', 'status', '--root', warm], ''],
        [
          'gov spec resolve --stubs (cold)',
          [gov, 'spec', 'resolve', '--stubs', '--root', corpus],
          '≤ 400 ms, < 200 MB',
        ],
        ['gov spec resolve --stubs (warm)', [gov, 'spec', 'resolve', '--stubs', '--root', warm], ''],
        ['gov spec show 11.5.1 (warm)', [gov, 'spec', 'show', '11.5.1', '--root', warm], ''],
        [
          'gov spec diff v02.134 v02.137',
          [gov, 'spec', 'diff', 'v02.134', 'v02.137', '--root', corpus],
          '< 200 MB',
        ],
        ['gov codegen (session closure, all targets, cold)', [gov, 'codegen', '--root', closure], '≤ 600 ms'],
        [
          'gov codegen (the same, typescript alone)',
          [gov, 'codegen', '--target', 'typescript', '--root', closure],
          '≤ 600 ms',
        ],
        [
          'gov codegen --print ir (whole spec, cold)',
          [gov, 'codegen', '--print', 'ir', '--overlay', overlay, '--root', corpus],
          '≤ 2000 ms',
        ],
      ]
    : []),
  [
    'gov session run (delegation)',
    [gov, 'session', 'run', join(project, '.GOV/scenarios/delegation.yaml'), '--root', project],
    '',
  ],
];

const samples = rows.map(() => []);
for (let run = 0; run <= RUNS; run++) {
  for (const [i, [, args]] of rows.entries()) {
    const started = process.hrtime.bigint();
    const done = spawnSync(
      '/usr/bin/env',
      ['node', '--require', join(project, 'bench', 'peak.cjs'), ...args],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    const wall = Number(process.hrtime.bigint() - started) / 1e6;
    const peak = Number(/peak-rss-kb (\d+)/.exec(done.stderr)?.[1] ?? 0) / 1024;
    if (run > 0) samples[i].push({ wall, peak }); // the first round warms the file cache
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const base = median(samples[0].map((sample) => sample.wall));
for (const [i, [name, , budget]] of rows.entries()) {
  const wall = median(samples[i].map((sample) => sample.wall));
  const peak = median(samples[i].map((sample) => sample.peak));
  console.log(
    `${name.padEnd(50)} ${wall.toFixed(0).padStart(6)} ms ${peak.toFixed(0).padStart(5)} MB  ×${(wall / base).toFixed(1).padStart(5)}  ${budget}`,
  );
}
