import { describe, expect, it } from 'vitest';
import { openReadOnly, openSqliteStore } from '../../../tools/engine/index.ts';
import { database } from '../opened.ts';
import { drivers } from './drivers.ts';

describe.each(drivers)('%s', (_name, driver) => {
  const changed = async (...statements: string[]): Promise<string> => {
    const path = database();
    await (await openSqliteStore(path, { driver }))[Symbol.asyncDispose]();
    const file = driver(path, {});
    for (const statement of statements) file.exec(statement);
    file.close();
    return path;
  };

  it.each([
    ['a dropped table', ['DROP TABLE event_gaps'], 'the table event_gaps is not there'],
    ['a dropped index', ['DROP INDEX events_session'], 'the index events_session is not there'],
    [
      'a view in the place of a table',
      ['ALTER TABLE events RENAME TO other', 'CREATE VIEW events AS SELECT * FROM other'],
      'events is a view, expected a table',
    ],
    [
      'one column more',
      ['ALTER TABLE events ADD COLUMN note TEXT'],
      'the table events is another than govkit makes',
    ],
    [
      'a trigger that lets rows go',
      ['CREATE TRIGGER gone BEFORE INSERT ON events BEGIN SELECT raise(ignore); END'],
      'the trigger gone is on the table events, expected none',
    ],
  ])(
    '%s is refused when the file is opened, for writing and for reading',
    async (_what, statements, fault) => {
      const path = await changed(...statements);
      const refusal = {
        code: 'store_unavailable',
        message: `${path} was changed: ${fault}; take a copy from before`,
      };
      await expect(openSqliteStore(path, { driver })).rejects.toMatchObject(refusal);
      await expect(openSqliteStore(path, { driver, readOnly: true })).rejects.toMatchObject(refusal);
    },
  );

  it('what others have made beside it is left alone', async () => {
    const path = await changed(
      'CREATE TABLE notes (text TEXT)',
      'CREATE VIEW kinds AS SELECT fr_event_id, count(*) AS events FROM events GROUP BY 1',
    );
    await (await openSqliteStore(path, { driver }))[Symbol.asyncDispose]();
    await (await openReadOnly(path))[Symbol.asyncDispose]();
  });
});
