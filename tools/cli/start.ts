#!/usr/bin/env node
// `npm start`: the four jobs on this repository's own tree, and what to try next.
import './warnings.ts';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runChecks } from '../checks/index.ts';
import { specPointers } from '../config/index.ts';
import { summarize, TreeError } from '../findings/index.ts';
import { openLibrary, pinsOf, readGround, wpStatus } from '../gate/index.ts';
import { worktreeSnapshot } from '../snapshot/index.ts';
import { loadSpec, resolveAnchor } from '../spec/index.ts';
import { ownCache } from './cache.ts';
import { judgeOutputs } from './codegen/judge.ts';
import { generateOptions } from './codegen/outputs.ts';
import { freshRunDatabase, namedDatabase } from './database.ts';
import { loadSettings } from './load.ts';
import { columns, count, createOutput, pad } from './output.ts';
import { printFindings, summaryText } from './reporters/findings.ts';
import { settledText } from './reporters/gate.ts';
import { printRunLines, printViolations } from './reporters/session-run.ts';
import { playScenario } from './scenario.ts';
import { layoutFor, loadTree } from './tree.ts';
import { packageRoot } from './version.ts';

const SCENARIO = '.GOV/scenarios/delegation.yaml';
const JOB_COLUMN = 10;
const STATE_COLUMN = 84;

const out = createOutput(process, { color: true });
const root = packageRoot();
try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof TreeError) printFindings(out, [error.finding]);
  else out.error(`gov: ${(error as Error).stack ?? String(error)}`);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const snapshot = worktreeSnapshot(root);
  const config = await loadSettings(snapshot);
  out.line(`${out.bold('govkit')} · this repository's own governance tree (.GOV)`);
  out.line();

  const [tree, spec] = await Promise.all([
    loadTree(snapshot, config),
    loadSpec(snapshot, { root, cache: await ownCache(root), pointers: specPointers(config.layout) }),
  ]);
  // Information is no fault: `gov check` calls such a tree clean too.
  const findings = runChecks(tree, spec).filter(({ severity }) => severity !== 'info');
  const anchors = tree.stubs.flatMap((stub) => stub.candidates.map(({ text }) => resolveAnchor(spec, text)));
  const resolved = anchors.filter(({ status }) => status === 'UNIQUE').length;
  row(
    'read',
    `${count(tree.stubs.length, 'stub')}, 1 spec (${spec.version}, ${count(spec.sections.length, 'section')}) · ${resolved} of ${anchors.length} anchors resolve`,
    findings.length === 0 ? out.green('clean') : out.red(summaryText(findings)),
  );

  const { outputs, overlay } = config.codegen;
  const options = generateOptions(
    config.codegen,
    overlay === undefined ? undefined : { path: overlay, text: await readFile(join(root, overlay), 'utf8') },
  );
  const { counts, diagnostics, judged, stale } = await judgeOutputs({
    root,
    snapshot,
    index: spec,
    outputs,
    configured: outputs,
    options,
  });
  const drift = [...diagnostics, ...[...judged, ...stale].flatMap(({ finding }) => finding ?? [])];
  const driftErrors = summarize(drift).error;
  row(
    'generate',
    `${count(counts.records, 'record')} · ${count(counts.enums, 'enum')} · ${count(counts.aliases, 'alias', 'aliases')} · ${count(counts.events, 'event')} → ${outputs[0]!.out}${outputs.length > 1 ? ` and ${outputs.length - 1} more` : ''}`,
    driftErrors === 0 ? out.green('up to date') : out.red(summaryText(drift)),
  );

  // A test names its own database, so that it leaves the last run of whoever works here alone.
  const given = process.argv[2];
  const db = given === undefined ? await freshRunDatabase(root) : namedDatabase(resolve(given), given);
  const { result, milliseconds } = await playScenario(root, {
    text: await readFile(join(root, SCENARIO), 'utf8'),
    file: SCENARIO,
    db: db.file,
  });
  await db.keep();
  row(
    'run',
    `${SCENARIO} · ${count(result.stats.sessions, 'session')}, ${count(result.stats.levels, 'level')}`,
    `${milliseconds.toFixed(1)} ms simulated ${(result.stats.simulated_ms / 1000).toFixed(0)} s`,
  );
  printRunLines(out, result);
  printViolations(out, result, 10);

  const ids = tree.stubs.map(({ stem }) => stem);
  const about = { root, tree, layout: layoutFor(config), config, policy: snapshot, now: Date.now() };
  const [library, ground] = await Promise.all([
    openLibrary(snapshot, root, pinsOf(tree), [spec]),
    readGround(about),
  ]);
  for (const [i, id] of ids.entries()) {
    const status = wpStatus(tree, spec, id, library, ground);
    row(
      i === 0 ? 'gate' : '',
      `${pad(id, 42)} ${status.ready ? out.green('open') : out.yellow('closed')}, ${settledText(status)}`,
    );
  }

  const broken = findings.length > 0 || driftErrors > 0 || result.violations.length > 0;
  if (broken) {
    out.line();
    printFindings(out, [...findings, ...drift].filter(({ severity }) => severity !== 'info').slice(0, 20));
  }
  out.line();
  const asked = `npx just activation ${ids.at(-1)}`;
  hint(`${out.dim('next')}   ${asked}`, 'what is missing, and why');
  hint(`       ${pad('node dist/bin/gov.js report --open', columns(asked))}`, 'the same, to look at');
  hint(`       ${pad('npx just', columns(asked))}`, 'every recipe');
  return broken ? 1 : 0;
}

function row(job: string, text: string, state = ''): void {
  const head = out.bold(pad(job, JOB_COLUMN));
  const room = out.limit - JOB_COLUMN - columns(state);
  // A terminal without room for the column has the state behind the text, or below it.
  if (Math.max(STATE_COLUMN, columns(text)) + 1 <= room)
    out.line(`${head}${pad(text, STATE_COLUMN)} ${state}`);
  else if (columns(text) + 2 <= room) out.line(`${head}${text}  ${state}`);
  else {
    out.line(head + text);
    out.line(`${' '.repeat(JOB_COLUMN + 2)}${state}`);
  }
}

/** A command, and what it tells where there is room for it. */
function hint(command: string, told: string): void {
  const line = `${command}      ${told}`;
  out.line(columns(line) <= out.limit ? line : command);
}
