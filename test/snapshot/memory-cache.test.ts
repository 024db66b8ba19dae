import { expect, it } from 'vitest';
import { MemoryCache } from '../../tools/snapshot/index.ts';

it('gives back what was written, and keeps the last eight of each kind', async () => {
  const cache = new MemoryCache();
  for (let at = 0; at < 9; at++) await cache.write('spec', `key ${at}`, { at });
  await cache.write('other', 'key 0', 'x');
  expect(await cache.read('spec', 'key 0')).toBeUndefined();
  expect(await cache.read('spec', 'key 1')).toEqual({ at: 1 });
  expect(await cache.read('spec', 'key 8')).toEqual({ at: 8 });
  expect(await cache.read('other', 'key 0')).toBe('x');
  expect(await cache.read('none', 'key 0')).toBeUndefined();
});

it('takes what is written again for the newest', async () => {
  const cache = new MemoryCache();
  for (let at = 0; at < 8; at++) await cache.write('spec', `key ${at}`, at);
  await cache.write('spec', 'key 0', 'again');
  await cache.write('spec', 'key 8', 8);
  expect([await cache.read('spec', 'key 0'), await cache.read('spec', 'key 1')]).toEqual([
    'again',
    undefined,
  ]);
});
