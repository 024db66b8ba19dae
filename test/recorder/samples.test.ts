import { describe, expect, it } from 'vitest';
import { events } from '../../tools/generated/index.ts';
import { all, kinds } from './opened-recorder.ts';
import { eventOf, type Sample, samples } from './samples/index.ts';
import { mutationsOf } from './samples/mutations.ts';

const invalid = { name: 'RecorderError', code: 'HSK-400-INVALID-EVENT' };
const ofSessions = samples.filter(({ session }) => session !== null);
const byId = (list: readonly Sample[]) => list.map((sample): [string, Sample] => [sample.id, sample]);

it('F20: every registered event has a sample that was written by hand', () => {
  expect(samples.map(({ id }) => id).sort()).toEqual(Object.keys(events).sort());
  expect(ofSessions).toHaveLength(14);
  for (const { id, type } of samples) expect(events[id as keyof typeof events].type).toBe(type);
});

describe.each(kinds)('on %s', (_, open) => {
  it.each(byId(samples))(
    'FM-29, F05: %s is accepted as it was written, and no mutation of it',
    async (_, sample) => {
      const { recorder, state } = await open();
      await using _closed = recorder;
      const event = eventOf(sample, 99);
      expect(await recorder.accept(event)).toEqual(event);
      expect(await all(recorder.query())).toEqual([{ seq: 1, event }]);
      const before = await state();
      const mutations = mutationsOf(sample);
      expect(mutations.length).toBeGreaterThan(150);
      const accepted: string[] = [];
      for (const { what, event: wrong } of mutations) {
        const refusal = await recorder.accept(wrong).then(
          () => null,
          (error: unknown) => error,
        );
        if (refusal === null) accepted.push(what);
        else expect(refusal, what).toMatchObject(invalid);
      }
      expect(accepted).toEqual([]);
      expect(await state()).toEqual(before);
    },
  );

  it('F04, FM-29: an event of a session without it, or with another one, is refused', async () => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    for (const sample of ofSessions) {
      const { model_session_id, ...without } = eventOf(sample);
      const field = `expected payload.${sample.session}`;
      await expect(recorder.accept(without)).rejects.toMatchObject({
        ...invalid,
        message: `${sample.id}: missing model_session_id (${field})`,
      });
      const other = '0190d6a0-7c1e-7a3b-8f00-00000000ffff';
      await expect(recorder.accept({ ...without, model_session_id: other })).rejects.toMatchObject({
        ...invalid,
        message: `${sample.id}: model_session_id ${other} differs from payload.${sample.session} ${model_session_id}`,
      });
      for (const wrong of [null, '', ` ${model_session_id}`, `${model_session_id}\0`, 7])
        await expect(recorder.accept({ ...without, model_session_id: wrong })).rejects.toMatchObject(invalid);
    }
    expect((await state()).count).toBe(0);
  });

  it('F04: an event of no session need not name one', async () => {
    const { recorder } = await open();
    await using _closed = recorder;
    const free = samples.filter(({ session }) => session === null);
    for (const [at, sample] of free.entries()) {
      const { model_session_id: _, ...without } = eventOf(sample, at);
      expect(await recorder.accept(without)).toEqual(without);
    }
    expect(await all(recorder.query())).toHaveLength(6);
  });

  it('F03: an id with the type of any other event is refused, under either name of the type', async () => {
    const { recorder, state } = await open();
    await using _closed = recorder;
    for (const sample of samples) {
      for (const { type } of samples.filter(({ id }) => id !== sample.id)) {
        const { type: _, ...event } = eventOf(sample);
        await expect(recorder.accept({ ...event, type })).rejects.toMatchObject(invalid);
        await expect(recorder.accept({ ...event, event_type: type })).rejects.toMatchObject(invalid);
      }
    }
    expect((await state()).count).toBe(0);
  });
});
