import stringWidth from 'fast-string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { asked, ranIn, treeWith } from './asked.ts';

const root = treeWith();
beforeAll(() => ranIn(root));

const view = (name: string, args: string[] = [], columns?: number) =>
  asked(root, ['recorder', 'query', '--db', 'run.db', '--view', name, ...args], columns);

const TWO_TREES = `schema: govkit.scenario@1
title: Two trees
start: 2026-02-24T12:00:00Z
sessions:
  - { as: one, role: Coder, script: work }
  - { as: two, role: Coder, script: work }
scripts:
  work: [{ say: { text: Done., tokens: 5 } }, { complete: {} }]
`;

describe('gov recorder query --view', () => {
  it('tree on 80 columns', async () => {
    expect((await view('tree', [], 80)).out).toMatchInlineSnapshot(`
      "lead          Orchestrator  BLOCKED    waits for children  3 runs, 1.4k tokens
      │                                      $0.11
      ├─ done       Coder         COMPLETED  1 run, 30 tokens  $0.06
      │                                      told lead COMPLETED 12:00:00
      │                                      (sha256:27db…), read 12:00:00
      ├─ broken     Validator     FAILED     1 run
      ├─ held       Coder         PAUSED     because of operator  1 run, 5 tokens
      │                                      1 run without a price
      └─ wrong      Coder         CANCELLED  1 run
         │                                   told lead CANCELLED 12:00:01
         │                                   (sha256:0668…), read 12:00:01
         │                                   cancelled by operator: "wrong branch"
         │                                   12:00:01
         └─ deeper  Coder         CANCELLED  1 run, 5 tokens  1 run without a price
                                             cancelled with wrong by operator: "wrong
                                             branch" 12:00:01
      "
    `);
  });

  it('timeline on 80 columns', async () => {
    expect((await view('timeline', [], 80)).out).toMatchInlineSnapshot(`
      "12:00:00 to 12:00:02 · 2.0 s · 6 sessions · 22 spans

      lead Orchestrator  ─────────────────  2.0 s      BLOCKED    1.4k tokens  $0.11
        run 1            █                  0 ms       completed  1.4k tokens  $0.11
        run 2            █                  0 ms       completed
        run 3                    █          0 ms       completed
      done Coder         ─                  0 ms       COMPLETED  30 tokens  $0.06
        spawned by lead in its run 1 12:00:00
        told lead COMPLETED 12:00:00, read in its run 2 12:00:00
        run 1            █                  0 ms       completed  30 tokens  $0.06
      broken Validator   ─                  0 ms       FAILED
        spawned by lead in its run 1 12:00:00
        run 1            █                  0 ms       failed
      held Coder         ─────────────────  2.0 s      PAUSED     5 tokens  not priced
        spawned by lead in its run 1 12:00:00
        run 1            █                  0 ms       completed  5 tokens  not priced
      wrong Coder        ─────────          1.0 s      CANCELLED
        spawned by lead in its run 1 12:00:00
        told lead CANCELLED 12:00:01, read in its run 3 12:00:01
        run 1            █                  0 ms       completed
      deeper Coder       ─────────          1.0 s      CANCELLED  5 tokens  not priced
        spawned by wrong in its run 1 12:00:00
        run 1            █                  0 ms       completed  5 tokens  not priced
      "
    `);
  });

  it('cost on 80 columns', async () => {
    expect((await view('cost', [], 80)).out).toMatchInlineSnapshot(`
      "lead    Orchestrator  BLOCKED    3 runs, 1.4k tokens, $0.11
      done    Coder         COMPLETED  1 run, 30 tokens, $0.06
      held    Coder         PAUSED     1 run, 5 tokens, 1 run without a price
      deeper  Coder         CANCELLED  1 run, 5 tokens, 1 run without a price
      broken  Validator     FAILED     1 run, 0 tokens
      wrong   Coder         CANCELLED  1 run, 0 tokens

      total  6 sessions, 8 runs, 1.4k tokens, $0.17 and 2 runs without a price
      now    no session is active
      "
    `);
  });

  it.each(['tree', 'timeline', 'cost'])('%s is no wider than its terminal', async (name) => {
    for (const columns of [40, 56, 72, 80, 100, 140]) {
      const { out } = await view(name, [], columns);
      const widest = Math.max(...out.split('\n').map((line) => stringWidth(line)));
      expect([columns, widest <= columns]).toEqual([columns, true]);
    }
  });

  it('takes a session by its name, and the filters of sessions', async () => {
    const ids = async (...args: string[]) => {
      const { lanes, names } = JSON.parse((await view('timeline', [...args, '--json'])).out) as {
        lanes: { session_id: string }[];
        names: Record<string, string>;
      };
      return lanes.map(({ session_id }) => names[session_id]);
    };
    expect(await ids()).toEqual(['lead', 'done', 'broken', 'held', 'wrong', 'deeper']);
    expect(await ids('--tree', 'wrong')).toEqual(['wrong', 'deeper']);
    expect(await ids('--session', 'wrong')).toEqual(['wrong']);
    expect(await ids('--role', 'Validator')).toEqual(['broken']);
    expect(await ids('--to', '2000-01-01T00:00:00Z')).toEqual([]);
  });

  it('says in one line what it does not know', async () => {
    expect((await view('chart')).err).toBe(
      'gov: --view chart: expected one of events, tree, timeline, cost\n',
    );
    expect((await view('tree', ['--family', 'FR-EVT-SESS'])).err).toBe(
      'gov: --family narrows no view of tree (expected --session, --tree, --role, --model, --wp, --from, --to, --limit, --after-tree)\n',
    );
    expect((await view('cost', ['--from', '2026-02-24'])).err).toBe(
      'gov: --from 2026-02-24: expected an RFC 3339 time, such as 2026-02-24T09:00:00Z\n',
    );
    expect(await view('tree', ['--role', 'Nobody'])).toEqual({
      ...{ code: 0, out: '' },
      err: 'none of 6 sessions in ./run.db answers\n',
    });
  });

  it('a page names the one after it', async () => {
    const { out } = await view('tree', ['--limit', '1'], 100);
    expect(out).not.toContain('next'); // one tree is whole, however large it is
  });

  it('the command for the next page asks what this one asked', async () => {
    await ranIn(root, TWO_TREES, 'two.db');
    const paged = (...args: string[]) => asked(root, ['recorder', 'query', ...args], 100);
    const asking = ['--view', 'tree', '--limit', '1', '--role', 'Coder', '--from', '2026-01-01T00:00:00Z'];
    const { out } = await paged(...asking, '--db', 'two.db');
    expect(out).toMatch(/^one /);
    const next = /^next {3}gov recorder query (.*)$/m.exec(out)![1]!;
    expect(next).toMatch(new RegExp(`^${asking.join(' ')} --after-tree [\\w-]+ --db two\\.db$`));
    const last = await paged(...next.split(' '));
    expect([last.code, last.err]).toEqual([0, '']);
    expect(last.out).toMatch(/^two +Coder +COMPLETED[^\n]*\n$/);
  });

  it('a time between nothing is refused, and where to look narrows nothing', async () => {
    const [from, to] = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect((await view('cost', ['--from', from, '--to', to])).err).toBe(
      `gov: --to ${to}: expected a time after --from, which is ${from}\n`,
    );
    expect(await view('cost', ['--root', root, '--spec', 'x.md'])).toEqual(await view('cost'));
  });
});
