// Changes the kernel in thousands of small ways and sees whether a test turns red: what no test notices is a rule that
// nothing holds. Not part of CI: it takes half an hour.
//   node test/mutation/run.mjs [--json FILE] [FILE…]     (default: all of tools/kernel; from the folder of the repository)
// Works on a copy with Stryker from npm, so that the checkout and its dependencies stay as they are. Exits 1 below 90 %.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const LEAST = 90;
const STRYKER = '9.6.1'; // the last for Node 20

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const copy = mkdtempSync(join(tmpdir(), 'govkit-mutation-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

const say = (line) => process.stdout.write(`${line}\n`);
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'], ...options });

execFileSync('git', ['clone', '--quiet', '.', copy]);
for (const part of ['tools', 'test']) cpSync(part, join(copy, part), { recursive: true }); // as it is now
cpSync('node_modules', join(copy, 'node_modules'), { recursive: true });
const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${STRYKER}`);
run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]);

// The long ones prove other things and would be run for every change.
writeFileSync(
  join(copy, 'vitest.mutation.config.ts'),
  `export default { test: { pool: 'threads', isolate: false, setupFiles: ['test/setup.ts'], testTimeout: 30_000,
    include: ['test/kernel/**/*.test.ts'], exclude: ['test/kernel/**/*model.test.ts', 'test/kernel/large.test.ts'] } };\n`,
);
writeFileSync(
  join(copy, 'stryker.config.json'),
  JSON.stringify({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    mutate: positionals.length > 0 ? positionals : ['tools/kernel/**/*.ts', '!tools/kernel/{index,rows}.ts'],
    coverageAnalysis: 'perTest',
    concurrency: availableParallelism(),
    timeoutMS: 20_000,
    inPlace: true,
    disableTypeChecks: true,
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: 'mutation.json' },
  }),
);
const { status } = spawnSync('npx', ['stryker', 'run'], { cwd: copy, stdio: 'inherit' });
if (status !== 0) process.exit(2);

const report = JSON.parse(readFileSync(join(copy, 'mutation.json'), 'utf8'));
if (values.json) cpSync(join(copy, 'mutation.json'), values.json);
const caught = new Set(['Killed', 'Timeout']);
const counted = new Set([...caught, 'Survived', 'NoCoverage']);
let [all, killed] = [0, 0];
for (const [file, { mutants, source }] of Object.entries(report.files)) {
  const own = mutants.filter(({ status: fate }) => counted.has(fate));
  const left = own.filter(({ status: fate }) => !caught.has(fate));
  all += own.length;
  killed += own.length - left.length;
  const share = own.length === 0 ? 100 : (100 * (own.length - left.length)) / own.length;
  say(`${share.toFixed(0).padStart(4)} %  ${file}  ${own.length - left.length} of ${own.length}`);
  const lines = source.split('\n');
  for (const { location, replacement, mutatorName } of left) {
    const { line, column } = location.start;
    say(`        ${line}:${column}  ${mutatorName}: ${(replacement ?? '').split('\n')[0]}`);
    say(`          ${lines[line - 1].trim()}`);
  }
}
const score = all === 0 ? 0 : (100 * killed) / all;
say(`\n${score.toFixed(1)} % of ${all} changes are noticed (at least ${LEAST} %)`);
process.exit(score >= LEAST ? 0 : 1);
