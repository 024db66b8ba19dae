import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recorderCheckSchema } from '../../../tools/cli/schemas/recorder-check.ts';
import { recorderEventSchema } from '../../../tools/cli/schemas/recorder-event.ts';
import { openReadOnly } from '../../../tools/engine/index.ts';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { asked, ranIn, treeWith } from '../session/asked.ts';

const root = treeWith();
let lead: string;
let wrong: string;

/** One database as it was, and one of which a record is unreadable and another of a kind of a later version. */
beforeAll(async () => {
  const db = await ranIn(root);
  await using log = await openReadOnly(db);
  const sessions = await log.sessions();
  lead = sessions[0]!.session_id;
  wrong = sessions.find(({ request_id }) => request_id === 'wrong')!.session_id;
  copyFileSync(db, join(root, 'odd.db'));
  const odd = await openDatabase(join(root, 'odd.db'), {});
  odd.exec("UPDATE events SET body = '{\"cut' WHERE seq = 5");
  odd.exec(
    "UPDATE events SET body = replace(body, '\"FR-EVT-SESS-', '\"FR-EVT-LATER-'), fr_event_id = 'FR-EVT-LATER-SPAWN-001' WHERE seq = 6",
  );
  odd.close();
});

const query = (...args: string[]) => asked(root, ['recorder', 'query', ...args]);
const parsed = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function check(name: string, text: string, ...options: string[]) {
  writeFileSync(join(root, name), text);
  const { out } = await asked(root, ['recorder', 'check', name, ...options, '--json']);
  return recorderCheckSchema.parse(JSON.parse(out));
}

describe('gov recorder query --spans', () => {
  it('adds every span behind the events, and a check of both pairs them', async () => {
    const { out } = await query('--db', 'run.db', '--spans');
    const lines = parsed(out);
    for (const line of lines) expect(recorderEventSchema.safeParse(line).error).toBeUndefined();
    const first = lines.findIndex((line) => 'span' in line);
    expect(lines.slice(first).every((line) => 'span' in line)).toBe(true);
    const report = await check('both.ndjson', out);
    expect(report).toMatchObject({ rules: {}, stats: { events: first, spans: lines.length - first } });
    expect(lines.length - first).toBeGreaterThan(10);
    const without = lines.filter((line) => line.span !== 'model_session');
    const { rules } = await check('less.ndjson', without.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(Object.keys(rules).every((rule) => rule.startsWith('span/'))).toBe(true);
    expect(Object.keys(rules).length).toBeGreaterThan(0);
  });

  it('has only those of the sessions that are asked for', async () => {
    const of = async (...args: string[]) =>
      parsed((await query('--db', 'run.db', '--spans', ...args)).out).filter((line) => 'span' in line);
    const all = await of();
    expect(await of('--tree', lead)).toEqual(all);
    expect(await of('--session', wrong)).toEqual(all.filter(({ session_id }) => session_id === wrong));
    const tree = await of('--tree', wrong);
    expect(new Set(tree.map(({ session_id }) => session_id)).size).toBe(2);
    const coders = await of('--role', 'Coder');
    expect([coders.length > 0, coders.length < all.length]).toEqual([true, true]);
    const report = await check(
      'tree.ndjson',
      (await query('--db', 'run.db', '--spans', '--tree', 'wrong')).out,
      '--partial',
    );
    expect(report).toMatchObject({ partial: true, rules: {} });
  });

  it.each([
    [
      ['--spans', '--type', 'session.created'],
      'gov: --spans: expected no --type beside it, only --session, --tree, --role, --model, --wp\n',
    ],
    [['--spans', 'both.ndjson'], 'gov: --spans: expected no FILE beside it, files have their span lines\n'],
  ])('%j is a wrong call', async (args, err) => {
    expect(await query(...args)).toEqual({ code: 2, out: '', err });
  });
});

describe('what is stored and no event of this version', () => {
  it('an unreadable record is told in its place, with --json as a gap line', async () => {
    const { out, err } = await query('--db', 'odd.db', '--after', '3', '--before', '8');
    expect(parsed(out).map(({ seq }) => seq)).toEqual([4, 6, 7]);
    expect(err).toBe('event 5 is here and no event any more; gov recorder verify tells more (./odd.db)\n');
    const json = await query('--db', 'odd.db', '--after', '3', '--before', '8', '--json');
    expect(json.err).toBe('');
    expect(parsed(json.out).map((line) => line.seq ?? line.gap)).toEqual([
      4,
      { first_seq: 5, last_seq: 5, why: 'unreadable', archive: null, at: null },
      6,
      7,
    ]);
    const last = await query('--db', 'odd.db', '--before', '8', '--last', '3', '--json');
    expect(parsed(last.out).map(({ seq }) => seq ?? 'gap')).toEqual([4, 'gap', 6, 7]);
  });

  it('an unknown event is given back as it is stored, and says that it is unknown', async () => {
    const { out } = await query('--db', 'odd.db', '--after', '5', '--limit', '1');
    const [line] = parsed(out);
    expect(line).toMatchObject({ seq: 6, unknown: true, fr_event_id: 'FR-EVT-LATER-SPAWN-001' });
    expect(recorderEventSchema.safeParse(line).error).toBeUndefined();
    writeFileSync(join(root, 'later.ndjson'), out);
    expect(parsed((await query('later.ndjson')).out)).toEqual([line]);
  });

  it('F03: a check says of both what they are, and reads on', async () => {
    const { out } = await asked(root, ['recorder', 'check', 'odd.db', '--json']);
    const { findings } = recorderCheckSchema.parse(JSON.parse(out));
    const about = (seq: number) =>
      findings
        .filter(({ place, rule }) => place.line === seq && /^(log|event)\//.test(rule))
        .map(({ rule, message }) => `${rule} ${message}`);
    expect(about(5)).toEqual(['log/not-an-event Unexpected body of record 5, expected an event']);
    expect(about(6)).toEqual([expect.stringMatching(/^event\/invalid .*unknown.*FR-EVT-LATER-SPAWN-001/i)]);
  });
});
