// Whole commands on the bundle against the budgets of the design, each beside Node's own start in the same run.
//   node bench/commands.mjs [CORPUS_ROOT]       (default: ../shared/corpus/handshake-2026-02-24)
// Prints median wall time, peak memory and the ratio to `node -e 0`. It judges nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

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

const overlay = join(project, 'templates', 'overlays', 'handshake.yaml');
const rows = [
  ['node -e 0', ['-e', '0'], ''],
  ['gov --help', [gov, '--help'], ''],
  ['gov check (own tree)', [gov, 'check', '--root', project], '≤ 200 ms'],
  ...(existsSync(corpus)
    ? [
        ['gov check (corpus, cold)', [gov, 'check', '--root', corpus], '≤ 2000 ms, ≤ 250 MB'],
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
        [
          'gov codegen --print ir (cold)',
          [gov, 'codegen', '--print', 'ir', '--overlay', overlay, '--root', corpus],
          '≤ 600 ms',
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
    `${name.padEnd(34)} ${wall.toFixed(0).padStart(6)} ms ${peak.toFixed(0).padStart(5)} MB  ×${(wall / base).toFixed(1).padStart(5)}  ${budget}`,
  );
}
