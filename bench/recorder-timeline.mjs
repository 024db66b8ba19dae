// Questions to a log of millions of events: the timeline of one session, a family in a stretch of time, a check of all.
import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnly, openSqliteStore } from '../dist/lib/engine.js';
import * as recorder from '../dist/lib/recorder.js';
import { eventOf, sessionId } from './events.mjs';
import { buildLog } from './recorder-log.mjs';
import { openBare } from './sql-tape.mjs';

const EVENTS_PER_SESSION = 100;
const HOT = 1_000;
const COLD = 60;

const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const both = (values) =>
  `p50 ${quantile(values, 0.5).toFixed(2)}, p99 ${quantile(values, 0.99).toFixed(2)} ms`;

/** Drops what the system holds of a file in memory, where dd can ask for that; false where it cannot. */
function forget(path) {
  try {
    execFileSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What a timeline is in SQL: the events of a session and those that name it, in order. */
const SQL =
  'SELECT seq, body FROM events WHERE model_session_id = ? UNION ALL ' +
  'SELECT e.seq, e.body FROM event_names n JOIN events e ON e.seq = n.seq WHERE n.session_id = ? ' +
  'ORDER BY seq';

export async function timelines({ folder, millions, say, clock }) {
  const path = join(folder, 'log.db');
  const count = Math.round(millions * 1_000_000);
  const sessions = Math.max(1, Math.round(count / EVENTS_PER_SESSION));
  const many = `${count.toLocaleString('en')} events`;
  const began = performance.now();
  await buildLog(path, count, sessions);
  const size = statSync(path).size;
  say(
    `a log of ${many}`,
    `${(size / 2 ** 30).toFixed(2)} GB, ${(size / count).toFixed(0)} bytes an event, built in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );

  let next = 0;
  const anySession = () => {
    next += 1;
    return sessionId((next * 104_729) % sessions);
  };
  const took = async (work) => {
    const started = clock();
    const found = await work();
    return { ms: clock() - started, found };
  };
  const ask = async (log, model_session_id) => {
    const found = [];
    for await (const stored of log.readEvents({ model_session_id })) found.push(stored);
    return found;
  };
  const bareOf = () => {
    const database = openBare(path);
    for (const sql of ['busy_timeout = 5', 'query_only = ON']) database.exec(`PRAGMA ${sql}`);
    const statement = database.prepare(SQL);
    return { database, rows: (id) => statement.all(id, id) };
  };
  const parsed = (rows) => rows.map(({ seq, body }) => ({ seq, event: JSON.parse(body) }));

  // Hot: one connection that has been used, other sessions each time, in turns with bare SQL.
  {
    const log = await openReadOnly(path);
    // Each its own connection: what one has read must not lie ready for another.
    const [bare, parsing] = [bareOf(), bareOf()];
    for (let i = 0; i < 100; i += 1) {
      await ask(log, anySession());
      bare.rows(anySession());
      parsed(parsing.rows(anySession()));
    }
    const [ours, plain, withParsing] = [[], [], []];
    let events = 0;
    for (let i = 0; i < HOT; i += 1) {
      const id = anySession();
      // Whoever comes first brings the pages into memory for the others; so each does in its turn.
      const turns = [
        async () => {
          const { ms, found } = await took(() => ask(log, id));
          ours.push(ms);
          events += found.length;
        },
        async () => void plain.push((await took(() => bare.rows(id))).ms),
        async () => void withParsing.push((await took(() => parsed(parsing.rows(id)))).ms),
      ];
      for (let turn = 0; turn < 3; turn += 1) await turns[(turn + i) % 3]();
      if (i > 0) continue;
      const [our, their] = [await ask(log, id), parsed(parsing.rows(id))];
      if (JSON.stringify(our) !== JSON.stringify(their)) throw new Error('bare SQL answers something else');
    }
    const ratio = quantile(ours, 0.5) / quantile(plain, 0.5);
    const p99 = quantile(ours, 0.99);
    say(
      `timeline of one session among ${many}`,
      `${both(ours)} (≤ 2), bare ${both(plain)}: × ${ratio.toFixed(2)} (≤ 3), ${(events / HOT).toFixed(0)} events`,
      ratio <= 3 && p99 <= 2,
    );
    say(
      '  beside bare SQL that parses the bodies',
      `${both(withParsing)}: × ${(quantile(ours, 0.5) / quantile(withParsing, 0.5)).toFixed(2)}`,
    );
    bare.database.close();
    parsing.database.close();
    await log[Symbol.asyncDispose]();
  }

  // Cold: a new connection each time, on a file of which the system holds nothing in memory.
  {
    const [ours, plain] = [[], []];
    let cold = true;
    for (let i = 0; i < COLD; i += 1) {
      cold = forget(path) && cold;
      const log = await openReadOnly(path);
      ours.push((await took(() => ask(log, anySession()))).ms);
      await log[Symbol.asyncDispose]();
      cold = forget(path) && cold;
      const bare = bareOf();
      plain.push((await took(() => bare.rows(anySession()))).ms);
      bare.database.close();
    }
    const how = cold ? 'new connection, file not in memory' : 'new connection';
    say(`  cold (${how})`, `${both(ours)}, bare ${both(plain)}`);
  }

  // A family in a stretch of time: a hundredth of the log, and the rare events of it.
  {
    const from = eventOf(Math.round(count * 0.6), sessions).timestamp;
    const to = eventOf(Math.round(count * 0.61), sessions).timestamp;
    const log = await openReadOnly(path);
    const { ms, found } = await took(async () => {
      let events = 0;
      for await (const _ of log.readEvents({ family: 'FR-EVT-SESS-SPAWN', from, to })) events += 1;
      return events;
    });
    await log[Symbol.asyncDispose]();
    const bare = openBare(path);
    const direct = await took(() =>
      bare
        .prepare(
          "SELECT seq, body FROM events WHERE fr_event_id GLOB 'FR-EVT-SESS-SPAWN-*' AND at >= ? AND at < ? ORDER BY seq",
        )
        .all(Date.parse(from), Date.parse(to)),
    );
    bare.close();
    if (direct.found.length !== found)
      throw new Error(`${found} events, bare SQL finds ${direct.found.length}`);
    say(
      'a family in 1 % of the time',
      `${ms.toFixed(0)} ms, bare (reads every row) ${direct.ms.toFixed(0)} ms, ${found} events`,
    );
  }

  // Reading all of it: the chain, and the rules of a log.
  const store = await openSqliteStore(path, { readOnly: true });
  const most = Math.min(count, 1_000_000);
  {
    const check = recorder.createLogCheck(() => {});
    const { ms } = await took(async () => {
      for await (const { seq, event } of store.readEvents({ limit: most })) check.observe(event, seq);
      check.end();
    });
    say('check of a log, per million events', `${((ms * 1_000) / most).toFixed(1)} s`);
  }
  {
    const { ms, found } = await took(async () => {
      let events = 0;
      for await (const _ of store.readEvents({ limit: most })) events += 1;
      return events;
    });
    say('reading all events, per million', `${((ms * 1_000) / found).toFixed(1)} s`);
  }
  {
    const { ms, found } = await took(() => store.verify?.());
    if (found?.faults_total > 0) throw new Error(`the log has ${found.faults_total} faults`);
    if (found) say('proof of the chain, per million events', `${(ms / 1_000 / millions).toFixed(1)} s`);
  }
  await store[Symbol.asyncDispose]();
  rmSync(path);
}
