import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionRecoverSchema, sessionSteerSchema } from '../../../tools/cli/schemas/session.ts';
import {
  type Engine,
  openEngine,
  type Runner,
  seededIds,
  systemProcesses,
} from '../../../tools/engine/index.ts';
import { asked, treeWith } from './asked.ts';

const root = treeWith();
let db = '';
let made = 0;
const engines: Engine[] = [];
const boots: string[] = [];

const declared = {
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
} as const;

const runner: Runner = {
  async run({ session }, io) {
    await io.toolCall({
      tool_id: 'fs.write_file',
      tool_version: '1.0.0',
      arguments: { path: 'a' },
      side_effect: 'WRITE',
      idempotency: session.role === 'Coder' ? 'NON_IDEMPOTENT' : 'IDEMPOTENT',
      invoke: (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    return { outcome: 'completed' };
  },
};

/** A process that has begun one run and is in the middle of a tool call. */
async function begun(role: string, file: string, host: string, pid: number): Promise<void> {
  const { process_started } = systemProcesses.own();
  const engine = await openEngine({
    store: `sqlite:${join(root, file)}`,
    runner,
    ids: seededIds(pid),
    unboundSessions: 'allow',
    processes: { own: () => ({ host, pid, process_started }), lives: () => true },
  });
  engines.push(engine);
  const { session_id } = await engine.createSession({ ...declared, role, capability_grants: [] });
  await engine.enqueue({ session_id });
  engine.start();
  while ((await engine.thread(session_id)).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
}

/** Of a run that is over the clean-up must not write into what the test looks at. */
beforeAll(async () => {
  const { host, pid } = systemProcesses.own();
  await begun('Coder', 'first.db', host, 2 ** 30); // no process has this number
  await begun('Validator', 'first.db', 'elsewhere pid:[1]', 4711);
  await begun('Orchestrator', 'first.db', host, pid);
  const answer = await asked(root, ['session', 'recover', '--json', '--db', copied('look.db')]);
  const { living, unknown } = sessionRecoverSchema.parse(JSON.parse(answer.out));
  boots.push(...[...living, ...unknown].map(({ boot_id }) => boot_id));
});

afterAll(async () => {
  for (const engine of engines) await engine[Symbol.asyncDispose]();
});

/** The database as it is, with what its log holds. */
function copied(name: string): string {
  for (const part of ['', '-wal']) copyFileSync(join(root, `first.db${part}`), join(root, name + part));
  cpSync(join(root, 'first.db.artifacts'), join(root, `${name}.artifacts`), { recursive: true });
  return name;
}

beforeEach(() => {
  made += 1;
  db = copied(`run-${made}.db`);
});

const plain = (text: string): string =>
  text
    .replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'UUID')
    .replaceAll(/\b[0-9a-f]{4,}…\S+/g, 'ID')
    .replaceAll(`process ${process.pid}`, 'process OWN')
    .replaceAll(db, 'DB');

const session = async (words: string, ...args: string[]) => {
  const answer = await asked(root, ['session', ...words.split(' '), '--db', db, ...args], 80);
  return { ...answer, out: plain(answer.out), err: plain(answer.err) };
};

describe('gov session recover', () => {
  it('D-41: pauses what a dead process left, and leaves alone what lives or nobody here can see', async () => {
    const { code, out } = await session('recover');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "1 orphan: paused, its run keeps its place
        ID  Coder  PAUSED  last seen TIME, no checkpoint
      1 run of process OWN, which lives: left alone
      1 run of process 4711 on elsewhere: left alone, nobody here can tell whether
        it lives; if it is surely gone: --presume-dead
        UUID
      1 session to be resumed or cancelled
        ID  Coder  1 run cut off, 1 tool call cut off with it
          fs.write_file  WRITE  begun TIME
            is not made again until somebody approves it: nobody knows whether it was
            done
      next   gov session resume UUID --db DB
      "
    `);
  });

  it('an operator says that a process of another machine is gone', async () => {
    const { out } = await session('recover', '--presume-dead', boots[1]!);
    expect(out).toMatchInlineSnapshot(`
      "2 orphans: paused, the runs keep their places
        ID  Coder  PAUSED  last seen TIME, no checkpoint
        ID  Validator  PAUSED  last seen TIME, no checkpoint
      1 run of process OWN, which lives: left alone
      2 sessions to be resumed or cancelled
        ID  Coder  1 run cut off, 1 tool call cut off with it
          fs.write_file  WRITE  begun TIME
            is not made again until somebody approves it: nobody knows whether it was
            done
        ID  Validator  1 run cut off, 1 tool call cut off with it
          fs.write_file  WRITE  begun TIME
            is made again: it may be repeated
      next   gov session resume UUID --db DB
      "
    `);
  });

  it('with --json it is what the schema says, without the arguments of tools', async () => {
    const { out } = await asked(root, ['session', 'recover', '--json', '--db', db]);
    const answer = sessionRecoverSchema.parse(JSON.parse(out));
    expect({
      recovered: answer.recovered.map(({ role, pending_tool_calls }) => [role, pending_tool_calls.length]),
      pending: answer.pending.map(({ job_ids, pending_tool_calls }) => [
        job_ids.length,
        pending_tool_calls.map(({ judgement }) => judgement),
      ]),
      living: answer.living.map(({ pid, runs }) => [pid, runs]),
      unknown: answer.unknown.map(({ host, pid, runs }) => [host, pid, runs]),
    }).toEqual({
      recovered: [['Coder', 1]],
      pending: [[1, ['ask_operator']]],
      living: [[process.pid, 1]],
      unknown: [['elsewhere pid:[1]', 4711, 1]],
    });
  });

  it('what lives is not presumed dead, and an id that nobody has means nothing', async () => {
    expect(await session('recover', '--presume-dead', boots[0]!)).toEqual({
      code: 2,
      out: '',
      err: 'gov: --presume-dead UUID: process OWN lives, on this machine\n',
    });
    expect((await session('recover', '--presume-dead', 'nobody')).err).toBe(
      'gov: --presume-dead nobody: no process of that id runs a session of ./DB (expected one of: UUID, UUID, UUID)\n',
    );
  });
});

describe('gov session resume after a crash', () => {
  it('E27: the third within an hour wants somebody who says so', async () => {
    await session('recover');
    const { out } = await asked(root, ['session', 'list', '--json', '--db', db]);
    const { sessions } = JSON.parse(out) as { sessions: { session_id: string; role: string }[] };
    const { session_id } = sessions.find(({ role }) => role === 'Coder')!;
    const again = await openEngine({
      store: `sqlite:${join(root, db)}`,
      runner: { run: () => Promise.reject(new Error('never')) },
      unboundSessions: 'allow',
    });
    await again.resume(session_id);
    await again.pause(session_id, 'crash_recovery');
    await again.resume(session_id);
    await again.pause(session_id, 'crash_recovery');
    await again[Symbol.asyncDispose]();
    expect(await session(`resume ${session_id}`)).toEqual({
      code: 1,
      out: '',
      err: 'gov: refused: approval_required · session UUID was resumed after a crash 2 times within an hour, expected an approval; somebody has to say that it may run once more\nnext   gov session resume UUID --approved-by NAME --db DB\n',
    });
    const resumed = await asked(root, [
      ...['session', 'resume', session_id, '--db', db, '--json', '--approved-by', 'Ada'],
    ]);
    expect(sessionSteerSchema.parse(JSON.parse(resumed.out))).toMatchObject({
      action: 'resume',
      state: 'BLOCKED',
      blocked_on: 'dispatch',
    });
    expect((await session(`resume ${session_id}`, '--approved-by', 'system')).err).toBe(
      "gov: --approved-by system: that is the name of the runtime, expected a person's\n",
    );
  });
});
