import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import { type Database, openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { asked, ranIn, treeWith } from '../session/asked.ts';

const root = treeWith({ 'notes.md': 'no database\n' });
beforeAll(() => ranIn(root));

const verify = (args: string[], columns?: number) => asked(root, ['recorder', 'verify', ...args], columns);

/** The file as somebody has changed it, for one look. */
async function changed(
  sql: string,
  look: () => Promise<void>,
  back: (file: Database) => void,
): Promise<void> {
  const file = await openDatabase(join(root, 'run.db'), {});
  file.exec(sql);
  await look();
  back(file);
  file.close();
}

describe('gov recorder verify', () => {
  it('says what was proven, and the head to note elsewhere', async () => {
    const { code, out } = await verify(['--db', 'run.db']);
    expect(code).toBe(0);
    const head = /head (\d+:[0-9a-f]{64})$/m.exec(out)![1]!;
    const [seq] = head.split(':');
    expect(out).toBe(
      [
        './run.db',
        `${seq} events (1-${seq}) · 0 sealed segments · no gap`,
        '',
        `clean · head ${head}`,
        `next   gov recorder verify run.db --head ${head}`,
        '       note it elsewhere; later it shows that the log still goes on from here',
        '',
      ].join('\n'),
    );
    expect((await verify(['run.db', '--head', head])).code).toBe(0);
    expect((await verify(['run.db', '--quiet'])).out).toBe('');
    const other = await verify(['run.db', '--head', `3:${'0'.repeat(64)}`]);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('log/not-continued')]);
  });

  it('F13: names the first bad record, and what to read about it', async () => {
    const edit = "UPDATE events SET body = replace(body, 'trace_id', 'tracE_id') WHERE seq = 5";
    await changed(
      edit,
      async () => {
        const { code, out } = await verify(['run.db'], 80);
        expect(code).toBe(1);
        expect(out).toMatch(/^ {2}record 5 {2}log\/edited {2}Unexpected body of record 5, expected the one/m);
        expect(out).toContain('1 fault in ');
        expect(out).toContain('next   gov explain log/edited\n');
        for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
        const { faults, faults_total } = JSON.parse((await verify(['run.db', '--json'])).out);
        expect([faults_total, faults]).toEqual([
          1,
          [expect.objectContaining({ rule: 'log/edited', seq: 5, last_seq: 5 })],
        ]);
      },
      (file) => file.exec("UPDATE events SET body = replace(body, 'tracE_id', 'trace_id') WHERE seq = 5"),
    );
    expect((await verify(['run.db'])).code).toBe(0);
  });

  it('an empty log is clean where no session ever was, and a fault beside sessions', async () => {
    await (await openSqliteStore(join(root, 'new.db')))[Symbol.asyncDispose]();
    expect(await verify(['new.db'])).toEqual({
      code: 0,
      out: './new.db\nno session ever was: the log is empty, and there is nothing to prove\n',
      err: '',
    });
    const file = await openDatabase(join(root, 'new.db'), {});
    file.exec("INSERT INTO model_sessions (key, body) VALUES ('a', '{}')");
    file.close();
    const emptied = await verify(['new.db']);
    expect(emptied.code).toBe(1);
    expect(emptied.out).toContain('Unexpected empty log beside 1 session, expected their events');
  });

  it.each([
    [['notes.md'], 'notes.md: expected a session database or an archive'],
    [['nosuch.db'], 'nosuch.db: ENOENT'],
    [['--db', 'nosuch.db'], '--db nosuch.db: no such file'],
    [['run.db', '--db', 'run.db'], 'FILE and --db: expected one of them'],
    [['run.db', '--head', '5'], '--head 5: expected SEQ:HASH as gov recorder verify prints it'],
  ])('%j is a wrong call', async (args, message) => {
    const { code, err } = await verify(args);
    expect([code, err]).toEqual([2, expect.stringContaining(`gov: ${message}`)]);
  });
});
