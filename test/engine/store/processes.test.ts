import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openReadOnly } from '../../../tools/engine/index.ts';
import { SCHEMA_VERSION } from '../../../tools/engine/store/sqlite-schema.ts';
import { verifyLog } from '../../../tools/recorder/index.ts';
import { ROOT } from '../../contracts/spec-fixture.ts';
import { database } from '../opened.ts';
import { drivers } from './drivers.ts';
import { madeByVersion1, versionOf } from './version-1.ts';

const PROCESSES = 8;
const SESSIONS = 12;

/** Opens the file, makes sessions and closes it again: at the same time as all the others. */
const script = `
  const { openEngine } = await import(process.argv[1]);
  const engine = await openEngine({
    store: 'sqlite:' + process.argv[2],
    runner: { run: async () => ({ outcome: 'completed', close: true }) },
    unboundSessions: 'allow',
  });
  const root = ${JSON.stringify({
    role: 'Orchestrator',
    model_id: 'local/large',
    backend: 'local',
    parameter_class: 'P32B',
    execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
    memory_policy: 'SESSION_SCOPED',
  })};
  for (let i = 0; i < ${SESSIONS}; i += 1) {
    const { session_id } = await engine.createSession(root);
    if (i % 3 === 0) await engine.enqueue({ session_id });
    process.stdout.write(session_id + '\\n');
  }
  engine.start();
  await engine.idle();
  await engine[Symbol.asyncDispose]();
`;

function run(path: string): Promise<{ code: number | null; out: string; err: string }> {
  const engine = pathToFileURL(join(ROOT, 'dist/lib/engine.js')).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, engine, path]);
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

describe.each(drivers)('%s', (_name, driver) => {
  it.each([
    ['a file that none of them has made yet', async () => database()],
    ['a file of version 1', async () => (await madeByVersion1(driver)).path],
  ])(
    'eight processes open %s, write and run at once: all of it is there, in a log that holds',
    async (_file, make) => {
      const path = await make();
      const all = await Promise.all(Array.from({ length: PROCESSES }, () => run(path)));
      expect(all.map(({ code, err }) => ({ code, err }))).toEqual(all.map(() => ({ code: 0, err: '' })));
      const acknowledged = all.flatMap(({ out }) => out.trim().split('\n'));
      expect(new Set(acknowledged).size).toBe(PROCESSES * SESSIONS);
      await using log = await openReadOnly(path);
      const sessions = new Map((await log.sessions()).map((session) => [session.session_id, session]));
      expect(acknowledged.filter((id) => !sessions.has(id))).toEqual([]);
      const events = [];
      for await (const { event } of log.readEvents()) events.push(event);
      expect(verifyLog(events)).toEqual([]);
      const completed = acknowledged.filter((id) => sessions.get(id)?.state === 'COMPLETED');
      expect(completed).toHaveLength(PROCESSES * (SESSIONS / 3));
      const file = driver(path, { readOnly: true });
      expect(versionOf(file)).toEqual({ user_version: SCHEMA_VERSION });
      file.close();
    },
  );
});
