// A database for the report to be measured with: sessions that spawn, call tools, fail, are refused, announce and are
// cancelled, played by the real engine on a clock that nobody waits for. The same numbers give the same log.
//   node bench/report-database.mjs FILE [SESSIONS] [EVENTS] [SEED]   (default: 1,000 sessions, 100,000 events, seed 9)
// Writes FILE and FILE.artifacts, which must not exist. Takes the better part of a minute; `gov recorder check FILE` finds
// nothing. Node 20 needs better-sqlite3.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openEngine, openReadOnly, simulatedClock } from '../dist/lib/engine.js';
import { idsOf, Random } from './report-random.mjs';
import { runner } from './report-runs.mjs';

const START = Date.parse('2026-02-24T09:00:00Z');
const ROLES = ['Orchestrator', 'Coder', 'Validator', 'Researcher'];

// The disk is not waited for: what is lost with the machine is made again.
const require = createRequire(import.meta.url);
const { prototype } = process.getBuiltinModule('node:sqlite')?.DatabaseSync ?? require('better-sqlite3');
const { exec } = prototype;
prototype.exec = function hurried(sql) {
  return exec.call(this, sql.replace('synchronous = FULL', 'synchronous = OFF'));
};

/** Fills a new file, and says what is in it: somewhat more than was asked for. */
export async function fillDatabase(path, { sessions = 1_000, events = 100_000, seed = 9 } = {}) {
  for (const taken of [path, `${path}.artifacts`])
    if (existsSync(taken)) throw new Error(`${taken} exists, expected a new file`);
  const random = new Random(`${seed}`);
  const clock = simulatedClock(START);
  const artifacts = quickArtifacts(`${path}.artifacts`);
  const made = { sessions: 0, most: sessions };
  let engine;
  const run = runner({ seed, clock, made, engine: () => engine });
  engine = await openEngine({
    store: `sqlite:${path}`,
    runner: { run },
    clock,
    ids: idsOf(random),
    artifacts,
    unboundSessions: 'allow',
    admission: {
      admit: async () => ({ capabilities: ['fs', 'net.http'], paths: [], packet_digest: 'bench' }),
    },
    limits: { max_spawn_depth: 4, max_active_children_per_session: 4 },
    budgets: { session_tokens: 60_000, session_cost_usd: 1.5, wp_tokens: 2_000_000 },
    scheduler: {
      max_concurrent_sessions_global: 256,
      max_concurrent_sessions_per_provider: 256,
      max_concurrent_sessions_per_model: 256,
    },
    processes: {
      own: () => ({ host: 'bench', pid: 1, process_started: null }),
      lives: () => false,
    },
  });
  engine.start();
  let written = 0;
  while (made.sessions < sessions || written < events) {
    await Promise.all(
      Array.from({ length: random.between(20, 40) }, async () => {
        if (made.sessions < sessions) await begin(engine, random, made);
        else await goOn(engine, random, made);
      }),
    );
    await engine.idle();
    written = await headOf(path);
  }
  await engine[Symbol.asyncDispose]();
  return { sessions: made.sessions, events: written };
}

async function begin(engine, random, made) {
  made.sessions += 1;
  const wp = random.below(20);
  const { session_id } = await engine.createSession({
    role: random.chance(80) ? ROLES[0] : random.pick(ROLES),
    model_id: random.pick(['local/large', 'local/small', 'hosted/large']),
    backend: 'local',
    parameter_class: 'P32B',
    execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
    memory_policy: 'SESSION_SCOPED',
    ...(wp < 12 ? { wp_id: `WP-1-Bench-Work-${wp + 1}-v1`, capability_grants: ['fs', 'net.http'] } : {}),
  });
  await engine.enqueue({ session_id, max_retries: 2 });
}

/** Somebody writes to a session that still waits for something; where none does, another one begins. */
async function goOn(engine, random, made) {
  const open = (await engine.sessions()).filter(({ state }) => state === 'BLOCKED' || state === 'PAUSED');
  if (open.length === 0) return begin(engine, random, made);
  const { session_id, state } = random.pick(open);
  if (state === 'PAUSED') await engine.resume(session_id, { approved_by: 'operator' });
  await engine.send({ to_session_id: session_id, content: 'Go on with what is left.', source: 'operator' });
  await engine.enqueue({ session_id, max_retries: 2 });
}

async function headOf(path) {
  const log = await openReadOnly(path);
  try {
    for await (const { seq } of log.readEvents({ last: 1 })) return seq;
    return 0;
  } finally {
    await log[Symbol.asyncDispose]();
  }
}

/** Files as the engine keeps them, but the disk is not waited for. */
function quickArtifacts(folder) {
  const contents = new Map();
  const made = new Set();
  return {
    put(id, text) {
      if (contents.has(id)) return;
      contents.set(id, text);
      const hash = id.slice('sha256:'.length);
      const home = join(folder, hash.slice(0, 2));
      if (!made.has(home)) mkdirSync(home, { recursive: true });
      made.add(home);
      writeFileSync(join(home, hash), text);
    },
    get: (id) => contents.get(id),
    has: (id) => contents.has(id),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [file, sessions, events, seed] = process.argv.slice(2);
  if (file === undefined) throw new Error('Unexpected no argument, expected FILE [SESSIONS] [EVENTS] [SEED]');
  const number = (text) => (text === undefined ? undefined : Number(text));
  const begun = performance.now();
  const filled = await fillDatabase(file, {
    sessions: number(sessions),
    events: number(events),
    seed: number(seed),
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${filled.sessions} sessions, ${filled.events} events, ${seconds} s`);
}
