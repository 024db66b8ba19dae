import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../tools/engine/index.ts';
import { createRecorder, RecorderError } from '../../tools/recorder/index.ts';
import { all, kinds } from './opened-recorder.ts';
import { eventOf, samples } from './samples/index.ts';

const sample = samples.find(({ id }) => id === 'FR-EVT-SESS-002')!;
const event = (number: number): Record<string, unknown> => eventOf(sample, number);
const other = (number: number): Record<string, unknown> => ({ ...event(number), actor: 'human' });
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
const idOf = (number: number): unknown => event(number).event_id;

async function errorOf(work: Promise<unknown>): Promise<RecorderError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RecorderError);
  return error as RecorderError;
}

describe.each(kinds)('acceptAll on %s', (_, open) => {
  it('F11: stores all events in their order; none that is stored already is stored again', async () => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    const batch = numbers(1, 600).map(event);
    expect(await recorder.acceptAll(batch)).toEqual(batch);
    const before = await state();
    expect(await recorder.acceptAll(batch)).toEqual(batch);
    expect(await recorder.acceptAll([])).toEqual([]);
    expect(await state()).toEqual(before);
    await recorder.acceptAll([event(5), event(601), event(7), event(602), event(602)]);
    const stored = await all(recorder.query());
    expect(stored.map(({ seq }) => seq)).toEqual(numbers(1, 602));
    expect(stored.map(({ event: { event_id } }) => event_id)).toEqual(numbers(1, 602).map(idOf));
  });

  it.each<[string, (batch: Record<string, unknown>[]) => void, string]>([
    [
      'an event that is invalid',
      (batch) => {
        batch[2] = { ...batch[2], actor: 'robot' };
      },
      'events[2]: FR-EVT-SESS-002 actor: Invalid option: expected one of "human"|"agent"|"system"',
    ],
    [
      'a hole',
      (batch) => {
        delete batch[2];
      },
      'events[2]: an event is one JSON object',
    ],
    [
      'F11: an event that is recorded with another content',
      (batch) => {
        batch[2] = other(100);
      },
      `events[2]: event_id ${idOf(100)} is recorded with another content`,
    ],
    [
      'F11: one id with two contents',
      (batch) => {
        batch[2] = other(1);
      },
      `events[2]: event_id ${idOf(1)} comes twice, with two contents`,
    ],
  ])('%s: nothing of the batch is stored, and the error names the place', async (_, spoil, message) => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    await recorder.accept(event(100));
    const before = await state();
    const batch = numbers(1, 5).map(event);
    spoil(batch);
    const error = await errorOf(recorder.acceptAll(batch));
    expect(error).toMatchObject({ code: 'HSK-400-INVALID-EVENT', message, index: 2 });
    expect(await state()).toEqual(before);
    await recorder.acceptAll(numbers(1, 5).map(event));
    expect((await state()).count).toBe(6);
  });

  it('F11: one event of two writers at the same time is stored once', async () => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    await Promise.all([
      recorder.acceptAll(numbers(1, 20).map(event)),
      recorder.acceptAll(numbers(10, 30).map(event)),
      recorder.accept(event(15)),
      ...numbers(1, 30).map((number) => recorder.accept(event(number))),
    ]);
    expect((await state()).count).toBe(30);
    const answers = await Promise.allSettled([recorder.accept(event(31)), recorder.accept(other(31))]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await state()).count).toBe(31);
  });

  it('a single event is told of without a place', async () => {
    const { recorder } = await open();
    await using _closed = recorder;
    await recorder.accept(event(1));
    const error = await errorOf(recorder.accept(other(1)));
    expect(error.message).toBe(`event_id ${idOf(1)} is recorded with another content`);
    expect((await errorOf(recorder.accept(null))).index).toBeUndefined();
  });
});

it('what is no list is refused', async () => {
  await using recorder = createRecorder(openMemoryStore());
  for (const batch of [null, undefined, event(1), 'x', new Set([event(1)])])
    expect(await errorOf(recorder.acceptAll(batch as never))).toMatchObject({
      code: 'HSK-400-INVALID-EVENT',
      message: 'a batch is a list of events',
    });
});

it('an event is looked up only after the store has refused it', async () => {
  const store = openMemoryStore();
  const looked: string[] = [];
  const appended: number[] = [];
  await using recorder = createRecorder({
    ...store,
    appendEvents: (events) => {
      appended.push(events.length);
      return store.appendEvents(events);
    },
    findEvent: (id) => {
      looked.push(id);
      return store.findEvent(id);
    },
  });
  await recorder.acceptAll(numbers(1, 100).map(event));
  expect({ looked, appended }).toEqual({ looked: [], appended: [100] });
  await recorder.acceptAll(numbers(100, 101).map(event));
  expect({ looked, appended }).toEqual({ looked: [idOf(100), idOf(101)], appended: [100, 2, 1] });
});

it('11.5.1: a store that fails and cannot be read either tells what it said first', async () => {
  await using recorder = createRecorder({
    ...openMemoryStore(),
    appendEvents: () => Promise.reject(new Error('disk full')),
    findEvent: () => Promise.reject(new Error('and gone')),
  });
  expect(await errorOf(recorder.acceptAll([event(1), event(2)]))).toMatchObject({
    code: 'HSK-500-DB',
    message: 'disk full',
  });
});

it('a store that is gone does not answer for what it once held', async () => {
  const store = openMemoryStore();
  await store.appendEvents([await createRecorder(openMemoryStore()).accept(event(1))]);
  await using recorder = createRecorder({
    ...store,
    appendEvents: () => Promise.reject(new Error('the file was deleted')),
  });
  expect(await errorOf(recorder.accept(event(1)))).toMatchObject({ code: 'HSK-500-DB' });
});
