import stringWidth from 'fast-string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { asked, ranIn, treeWith } from './asked.ts';

const root = treeWith();
beforeAll(() => ranIn(root));

const view = (name: string, args: string[] = [], columns?: number) =>
  asked(root, ['recorder', 'query', '--db', 'run.db', '--view', name, ...args], columns);

describe('gov recorder query --view', () => {
  it.each(['tree', 'timeline', 'cost'])('%s on 80 columns', async (name) => {
    expect((await view(name, [], 80)).out).toMatchSnapshot();
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
      'gov: --family narrows no view of tree (expected --session, --tree, --role, --model, --wp, --from, --to)\n',
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
});
