import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openReadOnly } from '../../../tools/engine/index.ts';
import { drivers } from '../../engine/store/drivers.ts';
import { asked, ranIn, treeWith } from '../session/asked.ts';

const root = treeWith();
const db = join(root, 'run.db');
const ids = new Map<string, string>();
let model = '';
beforeAll(async () => {
  await ranIn(root);
  await using log = await openReadOnly(db);
  for (const { session_id, request_id, model_id } of await log.sessions()) {
    ids.set(request_id ?? 'lead', session_id);
    model = model_id;
  }
});

const query = (...args: string[]) => asked(root, ['recorder', 'query', '--db', 'run.db', ...args]);

interface Line {
  seq: number;
  type: string;
  model_session_id: string;
}
const lines = (out: string): Line[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
const found = async (...args: string[]): Promise<Line[]> => lines((await query(...args)).out);

describe('gov recorder query', () => {
  it('F09, F10: by a session or a tree, said as other commands take it, with type and time', async () => {
    const whole = await found('--tree', 'lead');
    expect(whole).toEqual(await found());
    const wrong = ids.get('wrong')!;
    const own = await found('--session', wrong.slice(0, 8));
    expect(own).toEqual(await found('--session', wrong.toUpperCase()));
    expect(own.some(({ model_session_id }) => model_session_id !== wrong)).toBe(true);
    const below = new Set((await found('--tree', 'wrong')).map(({ seq }) => seq));
    expect(own.every(({ seq }) => below.has(seq))).toBe(true);
    const deeper = await found(
      '--session',
      'deeper',
      '--type',
      'session.created',
      '--type',
      'FR-EVT-SESS-002',
    );
    expect(new Set(deeper.map(({ type }) => type))).toEqual(
      new Set(['session.created', 'session.state_change']),
    );
    expect(deeper.every(({ model_session_id }) => model_session_id === ids.get('deeper'))).toBe(true);
    expect(await found('--session', 'deeper', '--to', '2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('D-49: a family is meant exactly, with a star it is all below it', async () => {
    const types = async (family: string) =>
      new Set((await found('--family', family)).map(({ type }) => type));
    expect([...(await types('FR-EVT-SESS'))].every((type) => type.startsWith('session.'))).toBe(true);
    expect(await types('FR-EVT-SESS')).not.toContain('session.spawn_requested');
    expect(await types('FR-EVT-SESS-*')).toContain('session.spawn_requested');
    expect(await types('FR-EVT-SESS-*')).toContain('session_scheduler.dispatch');
  });

  it('by role, lane, actor, model and job, each as narrow as it says', async () => {
    const coder = await found('--role', 'Coder', '--lane', 'subagent', '--actor', 'agent', '--model', model);
    const coders = ['done', 'held', 'wrong', 'deeper'].map((name) => ids.get(name));
    expect(coder.length).toBeGreaterThan(0);
    expect(coder.every(({ model_session_id }) => coders.includes(model_session_id))).toBe(true);
    const enqueued = (await found('--session', 'done', '--type', 'session_scheduler.enqueue'))[0]!;
    const { job_id } = enqueued as unknown as { job_id: string };
    const job = await found('--job', job_id);
    expect(job).toContainEqual(enqueued);
    expect(job.length).toBeLessThan((await found('--session', 'done')).length);
  });

  it('page by page, with the command for the next page until there is none', async () => {
    const all = await found('--role', 'Coder');
    const paged: Line[] = [];
    let next: string[] = [];
    for (let pages = 0; pages < 100; pages += 1) {
      const { out, err } = await query('--role', 'Coder', '--limit', '7', ...next);
      paged.push(...lines(out));
      if (err === '') break;
      const reached = paged.at(-1)!.seq;
      expect(err).toBe(`next   gov recorder query --role Coder --limit 7 --after ${reached} --db run.db\n`);
      next = ['--after', `${reached}`];
    }
    expect(paged).toEqual(all);
  });

  it('the newest, and those before them', async () => {
    const all = await found('--tree', 'wrong');
    const { out, err } = await query('--tree', 'wrong', '--last', '3');
    expect(lines(out)).toEqual(all.slice(-3));
    const before = all.at(-3)!.seq;
    expect(err).toBe(`next   gov recorder query --tree wrong --last 3 --before ${before} --db run.db\n`);
    expect(await found('--tree', 'wrong', '--last', '3', '--before', `${before}`)).toEqual(all.slice(-6, -3));
    expect((await query('--tree', 'wrong', '--last', `${all.length}`)).err).toBe('');
  });

  it.each([
    ['--type', 'session.creatd', 'a type or an event id (did you mean session.created?)'],
    ['--type', 'fr-evt-sess-001', 'a type or an event id (did you mean FR-EVT-SESS-001?)'],
    ['--family', 'FR-EVT-SES', 'an event family (did you mean FR-EVT-SESS?)'],
    ['--lane', 'FAST', 'one of PRIMARY, SUBAGENT, BACKGROUND, VALIDATION'],
    ['--actor', 'nobody', 'one of human, agent, system'],
    ['--from', '2026-02-24', 'an RFC 3339 time, such as 2026-02-24T09:00:00Z'],
    ['--to', '2026-02-30T09:00:00Z', 'an RFC 3339 time, such as 2026-02-24T09:00:00Z'],
    ['--after', '-1x', 'a whole number from 0'],
    ['--last', '0', 'a whole number from 1'],
    ['--before', '0', 'a place after 0'],
  ])('%s %s is no question', async (option, value, expected) => {
    expect(await query(`${option}=${value}`)).toEqual({
      code: 2,
      out: '',
      err: `gov: ${option} ${value}: expected ${expected}\n`,
    });
  });

  it('refuses what cannot hold together, and a session that is nowhere', async () => {
    const [from, to] = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect((await query('--from', from, '--to', to)).err).toBe(
      `gov: --to ${to}: expected a time after --from, which is ${from}\n`,
    );
    expect((await query('--limit', '1', '--last', '2')).err).toBe(
      'gov: --limit 1 and --last 2 exclude each other\n',
    );
    const nobody = '00000000-0000-7000-8000-000000000001';
    expect(await query('--tree', nobody)).toEqual({
      code: 2,
      out: '',
      err: `gov: "${nobody}" is no session in ./run.db (expected an id, its beginning, or a name; gov session list)\n`,
    });
  });

  it('a database that is named as a file is told how it is asked', async () => {
    expect(await asked(root, ['recorder', 'query', 'run.db'])).toEqual({
      code: 2,
      out: '',
      err: 'gov: run.db: a session database (gov recorder query --db run.db)\n',
    });
    expect((await asked(root, ['recorder', 'check', 'run.db', '--db', 'run.db'])).err).toBe(
      'gov: FILE and --db: expected one of them\n',
    );
    const held = async (...args: string[]): Promise<unknown> => {
      const { out } = await asked(root, ['recorder', 'check', '--json', ...args]);
      return (JSON.parse(out) as { ids: unknown }).ids;
    };
    expect(await held('--db', 'run.db')).toEqual(await held('run.db'));
  });

  it('says that nothing was found, and which name no session has', async () => {
    const said = async (...args: string[]) => (await query(...args)).err;
    const nothing = 'no event of ./run.db answers this query';
    expect(await said('--job', 'nobody')).toBe(`${nothing}\n`);
    expect(await said('--role', 'Codr')).toBe(
      `${nothing}: no session has the role Codr (did you mean Coder?)\n`,
    );
    expect(await said('--wp', 'WP-1-X-v1')).toBe(`${nothing}: no session has the work packet WP-1-X-v1\n`);
    expect(await said('--role', 'Coder', '--job', 'nobody')).toBe(`${nothing}\n`);
    expect(await said('--role', 'Codr', '--quiet')).toBe('');
  });

  it('F16: tells what is not there any more, in its place', async () => {
    const direct = drivers[0]![1](db, {});
    const gap =
      "(5, 8, 'archived', 'old.ndjson', '2026-03-01T00:00:00Z', '0'), (11, 11, 'lost', NULL, '2026-03-02T00:00:00Z', '0')";
    direct.exec(`INSERT INTO event_gaps (first_seq, last_seq, why, archive, at, hash) VALUES ${gap}`);
    direct.exec('DELETE FROM events WHERE seq BETWEEN 5 AND 8 OR seq = 11');
    try {
      const { out, err } = await query('--limit', '8', '--json');
      expect(lines(out).map((line) => ('gap' in line ? line.gap : line.seq))).toEqual([
        ...[1, 2, 3, 4],
        { first_seq: 5, last_seq: 8, why: 'archived', archive: 'old.ndjson', at: '2026-03-01T00:00:00Z' },
        ...[9, 10],
        { first_seq: 11, last_seq: 11, why: 'lost', archive: null, at: '2026-03-02T00:00:00Z' },
        ...[12, 13],
      ]);
      expect(err).toBe('next   gov recorder query --limit 8 --json --after 13 --db run.db\n');
      expect((await query('--before', '11')).err).toBe(
        'events 5 to 8 are not here: archived in old.ndjson, 2026-03-01T00:00:00Z (./run.db)\n',
      );
      expect((await query('--after', '8', '--before', '13')).err).toBe(
        'event 11 is not here: nobody has them, 2026-03-02T00:00:00Z; gov recorder verify tells more (./run.db)\n',
      );
      expect((await query('--last', '2')).err).not.toContain('not here');
    } finally {
      direct.exec('DELETE FROM event_gaps');
      direct.close();
    }
  });
});
