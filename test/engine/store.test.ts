import { expect, it } from 'vitest';
import { openReadOnly, openSqliteStore } from '../../tools/engine/index.ts';
import { compiledDriver } from '../../tools/engine/store/sqlite-driver.ts';
import { temporaryFolder } from '../support/repository.ts';
import { completes, database, open, root } from './opened.ts';

it('openReadOnly sees what an engine wrote and creates nothing', async () => {
  const path = database();
  await expect(openReadOnly(path)).rejects.toMatchObject({ code: 'store_unavailable' });
  await using engine = await open(completes, { store: `sqlite:${path}` });
  const { session_id } = await engine.createSession(root);
  await using log = await openReadOnly(path);
  expect(await log.sessions()).toMatchObject([{ session_id, total_tokens: 0 }]);
});

it('a missing driver is one line that says what to install', async () => {
  await expect(compiledDriver(() => Promise.reject(new Error('not found')))).rejects.toMatchObject({
    code: 'store_unavailable',
    message:
      'the session engine needs better-sqlite3 on Node 20 (npm i better-sqlite3@12.11.1) or Node ≥ 22.13',
  });
  await expect(openSqliteStore(temporaryFolder())).rejects.toMatchObject({ code: 'store_unavailable' });
});
