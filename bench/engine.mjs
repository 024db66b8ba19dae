// The session engine on the bundle against the budgets of the design, beside bare SQL that writes the same rows in the
// same run: the same statements, prepared, their bodies ready, on the same driver, pragmas and file system.
//   node bench/engine.mjs [FOLDER] [--cpu]       (default: the system's temporary folder)
// Prints one line per budget and exits 1 if one is missed. --cpu counts the time of the processor, which others on a
// busy machine do not lengthen, and leaves out what the disk takes.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../dist/lib/engine.js';
import { commits, driverName, listen, openBare, player, record, settings } from './sql-tape.mjs';

const ROUNDS = 4;
const args = process.argv.slice(2).filter((arg) => arg !== '--cpu');
const byCpu = args.length < process.argv.length - 2;
const folder = mkdtempSync(join(args[0] ?? tmpdir(), 'govkit-bench-'));
const clock = () => {
  if (!byCpu) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const root = {
  role: 'Orchestrator',
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
};
const request = (requester_session_id, request_id) => ({
  requester_session_id,
  requester_role: 'Orchestrator',
  child_role: 'Coder',
  child_model_preference: null,
  child_backend_preference: null,
  task_payload_artifact_id: `sha256:${'7'.repeat(64)}`,
  spawn_mode: 'ONE_SHOT',
  announce_back: true,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
  max_child_depth: null,
  max_active_children: null,
  request_id,
});
const many = 1_000_000;
const limits = {
  max_spawn_depth: 8,
  max_active_children_per_session: many,
  max_descendants_lifetime: many,
};
const roomy = {
  max_concurrent_sessions_global: many,
  max_concurrent_sessions_per_provider: many,
  max_concurrent_sessions_per_model: many,
};
/** For an engine that takes over from one in this process, as if that had died. */
const survivor = {
  own: () => ({ host: 'bench', pid: 1, process_started: null }),
  lives: () => false,
};
const completes = async () => ({ outcome: 'completed', close: true });
const waits = (_call, io) =>
  new Promise((_, reject) => io.signal.addEventListener('abort', () => reject(io.signal.reason)));
const open = (path, { run = completes, scheduler = {}, ...more } = {}) =>
  openEngine({
    store: `sqlite:${path}`,
    runner: { run },
    unboundSessions: 'allow',
    limits,
    scheduler: { ...roomy, ...scheduler },
    ...more,
  });

/** An engine for as long as the work takes. Node 20 has no `using`. */
const withEngine = async (path, work, options) => {
  const engine = await open(path, options);
  try {
    return await work(engine);
  } finally {
    await engine[Symbol.asyncDispose]();
  }
};

let made = 0;
const fresh = (from) => {
  made += 1;
  const path = join(folder, `${made}.db`);
  for (const end of ['', '-wal']) if (from && existsSync(from + end)) cpSync(from + end, path + end);
  return path;
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const took = async (work) => {
  const started = clock();
  await work();
  return clock() - started;
};
const inGroups = async (count, size, work) => {
  for (let at = 0; at < count; at += size)
    await Promise.all(Array.from({ length: Math.min(size, count - at) }, (_, i) => work(at + i)));
};
const roots = async (engine, count) => {
  const ids = [];
  await inGroups(count, 64, async () => ids.push((await engine.createSession(root)).session_id));
  return ids;
};
/** The database with nothing left in its log, as a run can begin with it. */
const prepared = async (build) => {
  const path = fresh();
  await withEngine(path, build);
  return path;
};
const bareOn = (path) => {
  const database = openBare(path);
  for (const setting of settings) database.exec(setting);
  return database;
};

let missed = 0;
const say = (name, text, ok) => {
  if (!ok) missed += 1;
  console.log(`${ok ? 'ok    ' : 'MISSED'} ${name.padEnd(46)} ${text}`);
};

/** The same work by the engine and by bare SQL, in turns; the best round of both, which others disturbed least. */
async function sideBySide(template, work) {
  const ours = [];
  const bare = [];
  let recorded;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const path = fresh(template);
    listen(round === 0);
    await withEngine(path, async (engine) => {
      if (round === 0) recorded = await record(() => work(engine));
      else ours.push(await took(() => work(engine)));
    });
    rmSync(path);
    const copy = fresh(template);
    const database = bareOn(copy);
    const play = player(database, recorded);
    const ms = await took(play);
    if (round > 0) bare.push(ms);
    database.close();
    rmSync(copy);
  }
  return {
    ours: Math.min(...ours),
    bare: Math.min(...bare),
    commits: commits(recorded),
    writes: recorded.length,
  };
}

console.log(`node ${process.versions.node}, ${driverName}, ${folder}`);

// Durable spawn: two children for each of 512 roots.
{
  let ids;
  const template = await prepared(async (engine) => {
    ids = await roots(engine, 512);
  });
  const SPAWNS = 1024;
  const spawn = (engine) => (i) => engine.spawn(request(ids[i % ids.length], `r${i}`));
  for (const [name, size] of [
    ['durable spawn, one commit each', 1],
    ['durable spawn, 64 per commit', 64],
  ]) {
    const got = await sideBySide(template, (engine) => inGroups(SPAWNS, size, spawn(engine)));
    const share = got.bare / got.ours;
    const perSecond = (ms) => `${(SPAWNS / ms).toFixed(1)} k/s`;
    say(
      name,
      `${perSecond(got.ours)}, bare ${perSecond(got.bare)}: ${(share * 100).toFixed(0)} % (≥ 50 %), ${got.commits} commits`,
      share >= 0.5 && got.commits === Math.ceil(SPAWNS / size),
    );
  }
}

// Cascade cancel of a tree of 100 children with 99 children each.
{
  let top;
  const template = await prepared(async (engine) => {
    [top] = await roots(engine, 1);
    const children = [];
    await inGroups(100, 64, async (i) =>
      children.push((await engine.spawn(request(top, `c${i}`))).child_session_id),
    );
    await inGroups(9900, 64, (i) =>
      engine.spawn({ ...request(children[i % 100], `g${i}`), requester_role: 'Coder' }),
    );
  });
  const got = await sideBySide(template, async (engine) => {
    const { cancelled_session_ids } = await engine.cancel(top, { reason: 'bench', by: 'bench' });
    if (cancelled_session_ids.length !== 10_001) throw new Error(`${cancelled_session_ids.length} cancelled`);
  });
  const ratio = got.ours / got.bare;
  say(
    'cascade cancel, 10,000 descendants',
    `${got.ours.toFixed(0)} ms, bare ${got.bare.toFixed(0)} ms: × ${ratio.toFixed(2)} (≤ 2.5), ${got.writes} writes`,
    ratio <= 2.5,
  );
}

// Growth: the same work among 10, 1,000 and 100,000 sessions; the largest store is kept for recovery.
let large;
{
  const rows = [];
  for (const size of [10, 1_000, 100_000]) {
    const path = fresh();
    const ids = [];
    await withEngine(path, async (engine) => ids.push(...(await roots(engine, size))));
    const times = {};
    await withEngine(fresh(path), async (engine) => {
      const at = (i) => ids[(i * 7919) % ids.length];
      const each = async (name, count, work) => {
        const samples = [];
        for (let i = 0; i < count; i += 1) samples.push(await took(() => work(i)));
        times[name] = median(samples) * 1000;
      };
      await each('query', 300, (i) => engine.session(at(i)));
      await each('spawn', 300, (i) => engine.spawn(request(at(i), `s${i}`)));
      const trees = await roots(engine, 60);
      for (const id of trees) await inGroups(12, 64, (i) => engine.spawn(request(id, `t${i}`)));
      await each('cascade of 13', 60, (i) => engine.cancel(trees[i], { reason: 'bench', by: 'bench' }));
    });
    await withEngine(fresh(path), async (engine) => {
      engine.start();
      const samples = [];
      for (let i = 0; i < 300; i += 1) {
        const [session_id] = await roots(engine, 1);
        samples.push(
          await took(async () => {
            await engine.enqueue({ session_id });
            await engine.idle();
          }),
        );
      }
      times['one run'] = median(samples) * 1000;
    });
    rows.push({ size, times });
    large = { path, ids };
  }
  const [least, , most] = rows;
  for (const name of Object.keys(least.times)) {
    const text = rows.map(({ times }) => times[name].toFixed(0)).join(' / ');
    const growth = most.times[name] / least.times[name];
    say(
      `${name} among 10 / 1,000 / 100,000 sessions`,
      `${text} µs: × ${growth.toFixed(2)} (≤ 1.5)`,
      growth <= 1.5 || most.times[name] < 50,
    );
  }
}

// Recovery: 200 runs of a process that is gone among 100,000 sessions.
{
  const path = fresh(large.path);
  const times = [];
  let crashed;
  await withEngine(
    path,
    async (engine) => {
      for (const session_id of large.ids.slice(500, 700)) await engine.enqueue({ session_id });
      engine.start();
      const running = async () => {
        const active = await engine.sessions({ state: 'ACTIVE' });
        return active.length;
      };
      while ((await running()) < 200) await new Promise((resolve) => setTimeout(resolve, 20));
      crashed = fresh(path);
    },
    { run: waits },
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    let report;
    await withEngine(
      fresh(crashed),
      async (engine) => {
        times.push(
          await took(async () => {
            report = await engine.recover();
          }),
        );
      },
      { processes: survivor },
    );
    if (report.recovered.length !== 200) throw new Error(`${report.recovered.length} recovered`);
  }
  say(
    'recovery, 200 orphans among 100,000 sessions',
    `${median(times).toFixed(1)} ms (≤ 50 ms)`,
    median(times) <= 50,
  );
}

// A long queue costs a dispatch no more than a short one.
{
  const perRun = async (queued) => {
    const path = fresh();
    let done = 0;
    let finish;
    const RUNS = 100;
    const enough = new Promise((resolve) => {
      finish = resolve;
    });
    let started;
    const run = (call, io) => {
      done += 1;
      if (done === 1) started = clock();
      if (done <= RUNS) return completes();
      finish((clock() - started) / RUNS);
      return waits(call, io);
    };
    const work = async (engine) => {
      const ids = await roots(engine, queued);
      const lane = (i) => (i % 2 ? 'BACKGROUND' : 'PRIMARY');
      await inGroups(queued, 64, (i) => engine.enqueue({ session_id: ids[i], lane: lane(i) }));
      engine.start();
      return enough;
    };
    return withEngine(path, work, { run, scheduler: { max_concurrent_sessions_global: 1 } });
  };
  const short = await perRun(110);
  const long = await perRun(10_000);
  say(
    'one run with 110 / 10,000 jobs queued',
    `${(short * 1000).toFixed(0)} / ${(long * 1000).toFixed(0)} µs: × ${(long / short).toFixed(2)} (≤ 1.5)`,
    long / short <= 1.5,
  );
}

process.exitCode = missed > 0 ? 1 : 0;
