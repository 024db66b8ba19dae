import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventQuery, Store, StoredEvent } from '../../../tools/engine/index.ts';
import { SEGMENT_SIZE } from '../../../tools/recorder/index.ts';
import { stores } from './drivers.ts';
import { byTheBook, fill, queries, worlds } from './logs.ts';

async function answer(store: Store, query: EventQuery): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const stored of store.readEvents(query)) found.push(stored);
  return found;
}

describe.each(stores)('a query of a %s store', (_, open) => {
  const small = { rows: 6, foreign: 2, minutes: 20 };

  it('finds what somebody finds who reads everything, in order and each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds(small, { min: 0, max: 60 }),
        fc.array(queries(small, 60), { minLength: 20, maxLength: 20 }),
        async (world, asked) => {
          await using store = await open();
          await fill(store, world);
          for (const query of asked) expect(await answer(store, query)).toEqual(byTheBook(world, query));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('skips pages and sealed segments, and nothing that was asked for', async () => {
    const length = 2 * SEGMENT_SIZE + 900;
    const [world] = fc.sample(worlds(small, { min: length, max: length }), { numRuns: 1, seed: 8 });
    await using store = await open();
    await fill(store, world!);
    await fc.assert(
      fc.asyncProperty(queries(small, length), async (query) => {
        const [found, expected] = [await answer(store, query), byTheBook(world!, query)];
        // Thousands of events make no message that anybody reads.
        expect(found.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
        expect(found.at(-1)).toEqual(expected.at(-1));
      }),
      { numRuns: 40 },
    );
  });
});
