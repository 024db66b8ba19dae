import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openReadOnly } from '../../tools/engine/index.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder } from '../support/repository.ts';

const bundle = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'gov.js');

const SCENARIO = `schema: govkit.scenario@1
title: A slow tree
sessions:
  - { as: lead, role: Orchestrator, script: lead }
scripts:
  lead:
    - spawn: { as: slow, role: Coder, script: slow }
    - spawn: { as: quick, role: Coder, script: quick }
    - wait: children
    - complete: {}
  slow:
${'    - tool: { id: fs.read_file, ms: 200 }\n'.repeat(600)}    - complete: {}
  quick:
    - say: { text: Done., tokens: 10 }
    - complete: {}
`;
const STUCK = SCENARIO.replace(/ {4}- tool: .*\n/g, '').replace(
  '  slow:\n',
  '  slow:\n    - tool: { id: fs.read_file, ms: 600000 }\n',
);

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, '.GOV'));
  writeFileSync(join(root, 'gov.config.yaml'), 'session:\n  unbound: allow\n');
});

interface Running {
  process: ChildProcess;
  /** When it has said so much of what goes wrong. */
  told(words: string): Promise<void>;
  done: Promise<{ code: number | null; out: string; err: string }>;
}

/** A run on the system clock in a process of its own; it goes on until somebody acts on it. */
function running(scenario: string, ...args: string[]): Running {
  writeFileSync(join(root, 'scenario.yaml'), scenario);
  const child = spawn(
    process.execPath,
    [bundle, 'session', 'run', 'scenario.yaml', '--real-time', '--db', 'run.db', ...args],
    { cwd: root, env: { ...process.env, NO_COLOR: '1' } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const done = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  );
  const told = async (words: string): Promise<void> => {
    while (!err.includes(words)) await once(child.stderr, 'data');
  };
  return { process: child, told, done };
}

/** Looks until a session is in that state; it is the other process that brings it there. */
const until = (name: string, state: string): Promise<void> =>
  expect.poll(async () => (await states())[name], { message: name, timeout: 30_000 }).toBe(state);

async function states(): Promise<Record<string, string>> {
  try {
    await using log = await openReadOnly(join(root, 'run.db'));
    return Object.fromEntries(
      (await log.sessions()).map(({ request_id, state }) => [request_id ?? 'lead', state]),
    );
  } catch {
    return {}; // the other process has not made it yet
  }
}

const session = (...args: string[]) => gov(root, ['session', ...args, '--db', 'run.db']);

describe('a run in one process, acted on from another', () => {
  it('is shown, paused, resumed, given a child and cancelled', async () => {
    const { done } = running(SCENARIO);
    await until('quick', 'COMPLETED');
    await until('slow', 'ACTIVE');
    await until('lead', 'BLOCKED');
    expect(session('show', 'lead').out).toMatch(/^lead {2}Orchestrator {2}BLOCKED\n +waits for 1 child\n/);
    expect(session('pause', 'slow').out).toMatch(
      /^slow {2}Coder {2}(?:ACTIVE {2}pauses at|PAUSED {2}by an operator)/,
    );
    await until('slow', 'PAUSED');
    const more = ['--role', 'Coder', '--task', 'nothing', '--request-id', 'extra'];
    expect(session('spawn', 'lead', ...more)).toMatchObject({ code: 0, err: '' });
    await until('extra', 'COMPLETED');
    expect(session('resume', 'slow').code).toBe(0);
    await until('slow', 'ACTIVE');
    const { out } = session('cancel', 'lead', '--reason', 'wrong branch', '--by', 'operator');
    expect(out.split('\n').map((line) => line.replace(/\b[0-9a-f]{4,}…\S* */, ''))).toEqual([
      'cancelled 2 · skipped 2 (had ended) · by operator: "wrong branch"',
      '  cancelled  lead  Orchestrator',
      '  cancelled  slow  Coder',
      '  skipped    quick  Coder',
      '  skipped    extra  Coder',
      'next   gov session list --tree --under lead --db run.db',
      '',
    ]);
    const { code, out: told, err } = await done;
    expect([code, err]).toEqual([0, expect.stringMatching(/^(?:gov: waits for 1 paused session .*\n)?$/)]);
    expect(told).toContain('every one valid and correlated');
    expect(await states()).toEqual({
      lead: 'CANCELLED',
      slow: 'CANCELLED',
      quick: 'COMPLETED',
      extra: 'COMPLETED',
    });
  }, 120_000);

  it('waits for a session that is paused, and says so once', async () => {
    const { told, done } = running(SCENARIO);
    await until('slow', 'ACTIVE');
    session('pause', 'slow');
    await until('slow', 'PAUSED');
    await told('waits for');
    await pause(500); // it looks five times a second
    session('cancel', 'slow', '--reason', 'enough', '--by', 'operator');
    const { code, err } = await done;
    expect(code).toBe(0);
    expect(err).toMatch(
      /^gov: waits for 1 paused session \(gov session resume [0-9a-f-]{36} --db run\.db; Ctrl-C ends the run\)\n$/,
    );
    expect(await states()).toEqual({ lead: 'COMPLETED', slow: 'CANCELLED', quick: 'COMPLETED' });
  }, 120_000);

  it.each([[[]], [['--json']]])(
    'Ctrl-C stops it in order: with %j',
    async (args) => {
      const { process: child, done } = running(SCENARIO, ...args);
      await until('quick', 'COMPLETED');
      await until('slow', 'ACTIVE');
      await until('lead', 'BLOCKED');
      child.kill('SIGINT');
      expect(await done).toEqual({
        code: 130,
        out: '',
        err: 'gov: stopped · 2 of 3 sessions had not ended, their runs are back in the queue, nothing is half done\nnext   gov session list --tree --db run.db\n',
      });
      expect(await states()).toEqual({ lead: 'BLOCKED', slow: 'BLOCKED', quick: 'COMPLETED' });
      const { jobs, spans } = JSON.parse(session('show', 'slow', '--json').out) as {
        jobs: { state: string }[];
        spans: { kind: string; end_time: string | null }[];
      };
      expect(jobs.map(({ state }) => state)).toEqual(['queued']);
      expect(spans.filter(({ kind, end_time }) => kind === 'attempt' && end_time === null)).toEqual([]);
      expect(session('recover').out).toBe('no orphan: every run belongs to a process that lives\n');
    },
    120_000,
  );

  it('a killed one leaves an orphan, which recover finds and resume lets go on', async () => {
    const { process: child, done } = running(STUCK);
    await until('quick', 'COMPLETED');
    await until('slow', 'ACTIVE');
    await untilToolCall();
    await until('lead', 'BLOCKED');
    child.kill('SIGKILL');
    await done;
    const told = session('recover').out.replaceAll(/\d\d:\d\d:\d\d/g, 'TIME');
    expect(told).toBe(`1 orphan: paused, its run keeps its place
  slow  Coder  PAUSED  last seen TIME, no checkpoint
1 session to be resumed or cancelled
  slow  Coder  1 run cut off, 1 tool call cut off with it
    fs.read_file  READ  begun TIME
      is made again: it may be repeated
next   gov session resume slow --db run.db
`);
    const { recovered, pending } = JSON.parse(session('recover', '--json').out) as {
      recovered: unknown[];
      pending: { job_ids: string[]; pending_tool_calls: { judgement: string }[] }[];
    };
    const cut = pending.map((each) => [each.job_ids.length, each.pending_tool_calls[0]!.judgement]);
    expect([recovered, cut]).toEqual([[], [[1, 'repeat']]]);
    expect(session('resume', 'slow', '--quiet').out).toBe('slow  Coder  BLOCKED  waits for a permit\n');
  }, 120_000);
});

const untilToolCall = (): Promise<void> =>
  expect
    .poll(
      async () => {
        await using log = await openReadOnly(join(root, 'run.db'));
        const slow = (await log.sessions()).find(({ request_id }) => request_id === 'slow')!;
        return (await log.session(slow.session_id, 9))!.messages.map(({ role }) => role);
      },
      { timeout: 30_000 },
    )
    .toContain('TOOL_CALL');
