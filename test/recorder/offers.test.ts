import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../tools/engine/index.ts';
import { createRecorder, type EventLog } from '../../tools/recorder/index.ts';
import { all, kinds } from './opened-recorder.ts';
import { eventOf, samples } from './samples/index.ts';

const sample = samples.find(({ id }) => id === 'FR-EVT-006')!;
const event = (number: number): Record<string, unknown> => eventOf(sample, number);
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
const none = { lost: 0, last_reason: null };

describe.each(kinds)('D-65: offered to %s', (_, open) => {
  it('events are stored in their order by the time the recorder is closed', async () => {
    const { recorder, closed } = await open();
    for (const number of numbers(1, 1_500)) recorder.offer(event(number));
    await recorder[Symbol.asyncDispose]();
    expect((await closed()).map(({ event: { event_id } }) => event_id)).toEqual(
      numbers(1, 1_500).map((number) => event(number).event_id),
    );
    expect(recorder.losses()).toEqual(none);
  });

  it('a required event is refused, and an invalid one is an error of its caller', async () => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    for (const required of samples.filter(({ id }) => id !== 'FR-EVT-006'))
      expect(() => recorder.offer(eventOf(required))).toThrow(
        expect.objectContaining({
          code: 'HSK-400-INVALID-EVENT',
          message: `${required.id} is required evidence (D-65): accept it instead of offering it`,
        }),
      );
    expect(() => recorder.offer({ ...event(1), actor: 'robot' })).toThrow(
      expect.objectContaining({ code: 'HSK-400-INVALID-EVENT' }),
    );
    expect(recorder.losses()).toEqual(none);
    expect((await state()).count).toBe(0);
  });
});

/** A log in memory whose commits can be held up, or fail. */
function troubled(fail: (events: number) => string | null = () => null) {
  const store = openMemoryStore();
  const commits: number[] = [];
  let release = (): void => {};
  let held: Promise<void> | null = null;
  const log: EventLog = {
    ...store,
    async appendEvents(events) {
      await held;
      const reason = fail(events.length);
      if (reason !== null) throw new Error(reason);
      commits.push(events.length);
      await store.appendEvents(events);
    },
  };
  return {
    log,
    commits,
    hold() {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => {
      held = null;
      release();
    },
    ids: async () => (await all(store.readEvents({}))).map(({ event: { event_id } }) => event_id),
  };
}

describe('D-65: an event that is lost is counted', () => {
  it('when too many wait: the newest are lost, those that wait are not', async () => {
    const { log, hold, release, ids } = troubled();
    const recorder = createRecorder(log, { max_offered: 10 });
    hold();
    for (const number of numbers(1, 13)) recorder.offer(event(number));
    await Promise.resolve(); // the first batch is being stored, and counts among those that wait
    recorder.offer(event(14));
    expect(recorder.losses()).toEqual({ lost: 4, last_reason: '10 offered events wait already' });
    release();
    await recorder[Symbol.asyncDispose]();
    expect(await ids()).toEqual(numbers(1, 10).map((number) => event(number).event_id));
    expect(recorder.losses().lost).toBe(4);
  });

  it('when the store fails: nobody hears of it who did not ask', async () => {
    const { log, ids } = troubled(() => 'disk full');
    const recorder = createRecorder(log);
    for (const number of numbers(1, 3)) recorder.offer(event(number));
    await recorder[Symbol.asyncDispose]();
    expect(recorder.losses()).toEqual({ lost: 3, last_reason: 'disk full' });
    expect(await ids()).toEqual([]);
  });

  it('alone, when its id is recorded with another content: the others are stored', async () => {
    const { log, ids } = troubled();
    const recorder = createRecorder(log);
    await recorder.accept(event(2));
    for (const number of numbers(1, 4)) recorder.offer({ ...event(number), actor: 'human' });
    recorder.offer(event(5));
    recorder.offer({ ...event(5), actor: 'human' });
    await recorder[Symbol.asyncDispose]();
    expect(recorder.losses()).toEqual({
      lost: 2,
      last_reason: `event_id ${event(2).event_id} is recorded with another content`,
    });
    expect(await ids()).toEqual([2, 1, 3, 4, 5].map((number) => event(number).event_id));
  });

  it('when it comes after the recorder was closed', async () => {
    const { log } = troubled();
    const recorder = createRecorder(log);
    await recorder[Symbol.asyncDispose]();
    recorder.offer(event(1));
    expect(recorder.losses()).toEqual({ lost: 1, last_reason: 'the recorder is closed' });
    await expect(recorder.accept(event(1))).rejects.toMatchObject({
      code: 'HSK-500-DB',
      message: 'the recorder is closed',
    });
  });

  it('and what is counted is a copy', () => {
    const recorder = createRecorder(openMemoryStore());
    recorder.losses().lost = 7;
    expect(recorder.losses()).toEqual(none);
  });
});

it('D-65: what is offered in one turn goes into one commit, 512 at most', async () => {
  const { log, commits } = troubled();
  const recorder = createRecorder(log);
  for (const number of numbers(1, 1_100)) recorder.offer(event(number));
  await recorder[Symbol.asyncDispose]();
  expect(commits).toEqual([512, 512, 76]);
});

it('D-65: what the caller changes after he has offered it is not what is stored', async () => {
  const store = openMemoryStore();
  const recorder = createRecorder(store);
  const offered = event(1);
  recorder.offer(offered);
  (offered.payload as { latency_ms: number }).latency_ms = -1;
  await recorder[Symbol.asyncDispose]();
  expect((await all(store.readEvents({})))[0]?.event).toEqual(event(1));
});
