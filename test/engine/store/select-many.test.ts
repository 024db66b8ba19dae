import { expect, it } from 'vitest';
import { openMemoryStore } from '../../../tools/engine/index.ts';
import { openSqliteStore } from '../../../tools/engine/store/sqlite.ts';
import type { Change, Decision, SessionRow } from '../../../tools/kernel/index.ts';
import { database } from '../opened.ts';

const child = (session_id: string, parent_session_id: string | null, spawn_seq: number): Change => ({
  table: 'session',
  key: session_id,
  row: { session_id, parent_session_id, spawn_seq, terminal: null, wp_id: null } as SessionRow,
});
const decision: Decision<null> = {
  rejected: false,
  // Not in the order of their numbers; two share one, and come in the order of insertion.
  changes: [
    child('b3', 'b', 3),
    child('a', null, 0),
    child('a2', 'a', 2),
    child('b1', 'b', 1),
    child('a1', 'a', 1),
    child('b1 too', 'b', 1),
  ],
  events: [],
  artifacts: [],
  effects: [],
  result: null,
};

it.each([
  ['memory', async () => openMemoryStore()],
  ['sqlite', () => openSqliteStore(database())],
] as const)('%s: many values are answered as each of them is', async (_, open) => {
  await using store = await open();
  await store.transact(
    () => decision,
    () => [],
  );
  // More than one statement looks for, and among them some that nobody has.
  const values = ['b', ...Array.from({ length: 1_200 }, (_, n) => `nobody ${n}`), 'a'];
  const { many, each } = await store.read((view) => ({
    many: view.selectMany('session', 'parent', values),
    each: new Map(values.map((value) => [value, view.select('session', 'parent', value)])),
  }));
  expect(many).toEqual(each);
  expect([...many.keys()]).toEqual(values);
  expect(many.get('b')!.map(({ session_id }) => session_id)).toEqual(['b1', 'b1 too', 'b3']);
  expect(many.get('a')!.map(({ session_id }) => session_id)).toEqual(['a1', 'a2']);
  expect(many.get('nobody 7')).toEqual([]);
});
