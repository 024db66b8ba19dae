import { expect, it } from 'vitest';
import { Sessions } from '../../../tools/recorder/conform/sessions.ts';
import type { KnownSession } from '../../../tools/recorder/conform/state.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const ended = (n: number, over: Partial<KnownSession> = {}): KnownSession => ({
  id: id(n),
  state: 'FAILED',
  parent: null,
  depth: 0,
  children: [],
  work: null,
  messages: 0,
  announced: 3,
  notices: 0,
  announces: true,
  silent: false,
  told: true,
  completed: false,
  listed: false,
  swept: false,
  ...over,
});

it('a session that is made small and asked for again is the one that it was', () => {
  const sessions = new Sessions();
  sessions.set(id(1), ended(1, { state: 'COMPLETED', completed: true, children: [id(2)] }));
  sessions.set(id(2), ended(2, { parent: id(1), depth: 1, silent: true }));
  const first = sessions.get(id(2))!;
  sessions.settle();
  expect(sessions.get(id(1))!.children).toEqual([]);
  expect(sessions.get(id(2))).not.toBe(first);
  expect(sessions.get(id(2))).toEqual({ ...first, swept: true });
  sessions.settle();
  sessions.settle();
  expect([sessions.has(id(1)), sessions.has(id(2)), sessions.has(id(3))]).toEqual([true, true, false]);
  expect(sessions.get(id(1))).toMatchObject({ state: 'COMPLETED', completed: true, told: true });
});

it.each([
  ['lives', { state: 'BLOCKED' as const }],
  ['has children that live', { children: [id(9)] }],
  ['was cancelled, and no cascade has listed it yet', { state: 'CANCELLED' as const }],
  ['has completed and not reported it yet', { state: 'COMPLETED' as const }],
])('one that %s is kept as it is', (_, over) => {
  const sessions = new Sessions();
  sessions.set(id(1), ended(1, over));
  const kept = sessions.get(id(1));
  sessions.settle();
  expect(sessions.get(id(1))).toBe(kept);
});
