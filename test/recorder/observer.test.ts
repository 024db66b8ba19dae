// F06: whoever looks at the database while sessions run sees no end whose event is not there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openReadOnly, openSqliteStore, systemClock, systemIds } from '../../tools/engine/index.ts';
import { completes, database, open, root } from '../engine/opened.ts';

const RUNS = 1_000;
const AT_ONCE = 20;
const library = join(import.meta.dirname, '..', '..', 'dist', 'lib', 'engine.js');

/** The same look from another process, which has nothing of this one but the file. */
const outside = `
  import { openReadOnly } from ${JSON.stringify(library)};
  const log = await openReadOnly(process.argv[1]);
  const told = new Set();
  let [after, missing, looks] = [0, 0, 0];
  for (let ended = []; ended.length < ${RUNS}; looks += 1) {
    ended = (await log.sessions()).filter(({ state }) => state === 'COMPLETED');
    for await (const { seq, event } of log.readEvents({ after_seq: after })) {
      after = seq;
      if (event.fr_event_id === 'FR-EVT-SESS-003') told.add(event.payload.session_id);
    }
    missing += ended.filter(({ session_id }) => !told.has(session_id)).length;
  }
  await log[Symbol.asyncDispose]();
  console.log(JSON.stringify({ missing, told: told.size, looks: looks > 0 }));
`;

it(`F06: an observer that polls during ${RUNS} runs never sees a session or a job that has ended before its event`, async () => {
  const path = database();
  await using engine = await open(completes, {
    store: `sqlite:${path}`,
    clock: systemClock,
    ids: systemIds,
  });
  const other = spawn(process.execPath, ['--input-type=module', '-e', outside, path]);
  let [out, err] = ['', ''];
  other.stdout.on('data', (part: Buffer) => (out += part.toString()));
  other.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<number | null>((resolve) => other.on('close', resolve));

  await using log = await openReadOnly(path);
  await using rows = await openSqliteStore(path, { readOnly: true });
  engine.start();
  const told = new Set<string>();
  const jobs = new Set<string>();
  let after = 0;
  const missing: string[] = [];
  let [looks, between] = [0, 0];
  const all: string[] = [];
  for (let done = 0; done < RUNS; looks += 1) {
    // A few at a time, so that at every look some have ended and others run.
    const some = Array.from({ length: Math.min(AT_ONCE, RUNS - all.length) }, async () => {
      const { session_id } = await engine.createSession(root);
      await engine.enqueue({ session_id });
      return session_id;
    });
    all.push(...(await Promise.all(some)));
    // First the state, then the events: what was there at the first look has to be there at the second.
    const seen = await rows.read((view) => ({
      sessions: view.all('session').filter(({ terminal }) => terminal !== null),
      jobs: view.all('span').filter(({ kind, end_time }) => kind === 'model_run' && end_time !== null),
    }));
    const one = all[(looks * AT_ONCE) % all.length]!;
    const detail = looks % 4 === 0 ? await log.session(one, 0) : undefined;
    for await (const { seq, event } of log.readEvents({ after_seq: after })) {
      after = seq;
      if (event.fr_event_id === 'FR-EVT-SESS-003') {
        told.add(event.payload.session_id);
        jobs.add(event.job_id!);
      }
    }
    missing.push(...seen.sessions.map(({ session_id }) => session_id).filter((id) => !told.has(id)));
    missing.push(...seen.jobs.map(({ job_id }) => job_id!).filter((id) => !jobs.has(id)));
    if (detail?.session.state === 'COMPLETED' && !told.has(one)) missing.push(one);
    done = seen.sessions.length;
    if (done > 0 && done < RUNS) between += 1;
    await turn();
  }
  expect(missing).toEqual([]);
  expect([told.size, jobs.size]).toEqual([RUNS, RUNS]);
  expect(between).toBeGreaterThan(0); // it has looked while they ran
  expect([await ended, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual({ missing: 0, told: RUNS, looks: true });
}, 120_000);
