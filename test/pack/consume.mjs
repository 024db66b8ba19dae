// A project that installs the packed library alone: it type-checks and runs against what was published.
//   node test/pack/consume.mjs FOLDER_WITH_TARBALL
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const scratch = resolve(process.argv[2]);
const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
const consumer = join(scratch, 'consumer');
mkdirSync(consumer);
const run = (command, args) => execFileSync(command, args, { cwd: consumer, stdio: 'inherit' });

writeFileSync(
  join(consumer, 'package.json'),
  JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
);
run('npm', [
  'install',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--ignore-scripts',
  join(scratch, tarball),
]);
writeFileSync(
  join(consumer, 'use.ts'),
  `import { readTree, runChecks, worktreeSnapshot, type Finding } from 'govkit';
import { openEngine, scripted, seededIds, simulatedClock, type Engine } from 'govkit/engine';
import { checkEvent, type EventQuery } from 'govkit/recorder';
import { loadSpec, resolveAnchor } from 'govkit/spec';
import { generate } from 'govkit/contracts';

const clock = simulatedClock(0);
const engine: Engine = await openEngine({ store: 'memory:', runner: scripted({}, clock), clock, ids: seededIds(1) });
await engine[Symbol.asyncDispose]();
const query: EventQuery = {};
const findings: Finding[] = runChecks(await readTree(worktreeSnapshot('.')), undefined);
const answers: unknown[] = [checkEvent, loadSpec, resolveAnchor, generate, query];
if (answers.length !== 5 || findings.length === 0) throw new Error('the library does not answer');
`,
);
writeFileSync(
  join(consumer, 'tsconfig.json'),
  JSON.stringify({
    compilerOptions: {
      module: 'NodeNext',
      target: 'ES2023',
      lib: ['ES2023', 'ESNext.Disposable'],
      strict: true,
      outDir: 'out',
      types: ['node'],
      typeRoots: [join(project, 'node_modules', '@types')],
    },
    files: ['use.ts'],
  }),
);
run(process.execPath, [join(project, 'node_modules', 'typescript', 'bin', 'tsc')]);
run(process.execPath, ['out/use.js']);
run(process.execPath, ['node_modules/govkit/dist/bin/gov.js', '--version']);
console.log('the packed library installs, type-checks and runs');
