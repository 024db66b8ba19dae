// The simulation with a seed and a length of one's own, outside the tests, on as many threads as wanted.
//   node test/sim/run.mjs [--seed N] [--commands M] [--threads T]
// GOVKIT_SIM_PLANT names a fault of planted.ts to plant: how a failure looks.
// Plain JavaScript: it bundles the simulator, which is TypeScript, and runs that.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');

/** One file beside the packages that it imports. */
async function bundle() {
  const { build } = await import('esbuild');
  const folder = join(project, 'node_modules', '.cache', 'govkit-sim');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${process.pid}.mjs`);
  await build({
    absWorkingDir: project,
    entryPoints: [join(here, 'bundle.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
  });
  return outfile;
}

async function work({ file, seed, commands }) {
  const { Coverage, planted, plants, simulate } = await import(pathToFileURL(file).href);
  const coverage = new Coverage();
  const started = performance.now();
  const wanted = process.env.GOVKIT_SIM_PLANT;
  const plant = plants.find(({ name }) => name === wanted);
  if (wanted !== undefined && !plant) throw new Error(`GOVKIT_SIM_PLANT: no fault is called "${wanted}"`);
  const decide = plant ? { decide: planted(plant) } : {};
  const done = await simulate({ seed, commands, coverage, digest: true, ...decide });
  return { seed, ...done, seconds: (performance.now() - started) / 1000, counts: [...coverage.counts] };
}

const inWorker = (data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: data });
    worker.once('message', ({ failed, done }) => (failed ? reject(new Error(failed)) : resolve(done)));
    worker.once('error', reject);
  });

async function main() {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, commands: { type: 'string' }, threads: { type: 'string' } },
  });
  // The seed of a run that names none is a new one; it is printed, so that the run can be had again.
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const commands = Number(values.commands ?? 100_000);
  const threads = Number(values.threads ?? 1);
  // A run that gave no command has shown nothing; it must not look like one that found nothing.
  for (const [name, least, value] of [
    ['seed', 0, seed],
    ['commands', 1, commands],
    ['threads', 1, threads],
  ])
    if (!Number.isSafeInteger(value) || value < least)
      throw new Error(`--${name} is ${values[name]}, expected a whole number of at least ${least}`);
  const file = await bundle();
  const share = Math.ceil(commands / threads);
  try {
    const parts = Array.from({ length: threads }, (_, at) => ({
      file,
      seed: (seed + at * 1_000_003) >>> 0,
      commands: share,
    }));
    const results = await Promise.all(threads === 1 ? [work(parts[0])] : parts.map(inWorker));
    process.stdout.write(`${JSON.stringify({ seed, commands, threads, results })}\n`);
  } finally {
    rmSync(file, { force: true });
  }
}

if (isMainThread) {
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
} else {
  parentPort.postMessage(
    await work(workerData).then(
      (done) => ({ done }),
      (error) => ({ failed: String(error.message ?? error) }),
    ),
  );
}
