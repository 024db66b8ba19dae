import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answering,
  choicesOf,
  filterOf,
  isFiltered,
  NO_PACKET,
  textsOf,
} from '../../../../tools/report/page/sessions/filter.ts';
import { made } from './made.ts';

const { sessions } = made(120, 200);
const texts = textsOf(sessions);
const zero = Date.parse(sessions.from);
const length = Date.parse(sessions.as_of) - zero;
const asked = (query: string) =>
  answering(sessions.lanes, texts, filterOf(new URLSearchParams(query)), zero, length).flatMap((is, at) =>
    is ? [at] : [],
  );

describe('filters', () => {
  it('let everything pass that nothing is asked of', () => {
    expect(isFiltered(filterOf(new URLSearchParams('span=1&show=table')))).toBe(false);
    expect(asked('')).toHaveLength(120);
  });

  it('find a session by its id and by how that begins', () => {
    const { session_id } = sessions.lanes[7]!;
    expect(asked(`session=${session_id}`)).toEqual([7]);
    expect(asked(`session=${session_id.slice(0, 9)}`)).toEqual([7]);
    expect(asked('session=nothing')).toEqual([]);
  });

  it('find those without a work packet', () => {
    expect(asked(`wp=${NO_PACKET}`)).toEqual(
      sessions.lanes.flatMap(({ wp_id }, at) => (wp_id === null ? [at] : [])),
    );
  });

  it('find words in any order and case, also of tools and of reasons for a cancel', () => {
    expect(asked('text=BRANCH wrong').length).toBe(
      sessions.lanes.filter(({ cancelled }) => cancelled !== null).length,
    );
    expect(asked('text=run_tests').length).toBeGreaterThan(0);
    expect(asked('text=run_tests no-such-word')).toEqual([]);
  });

  it('take a range of time from inclusive to exclusive, and a time that is none for nothing', () => {
    const { start } = sessions.lanes[100]!;
    const iso = (time: number) => new Date(zero + time).toISOString();
    expect(asked(`to=${iso(start)}`)).not.toContain(100);
    expect(asked(`to=${iso(start + 1)}`)).toContain(100);
    const { end } = sessions.lanes.find((lane) => lane.end !== null)!;
    expect(asked(`from=${iso(end!)}`)).toContain(0);
    expect(asked(`from=${iso(end! + 1)}`)).not.toContain(0);
    expect(asked('from=yesterday')).toHaveLength(120);
  });

  it('equal what looking at each session gives', () => {
    const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
    const lanes = sessions.lanes;
    const wanted = fc.record({
      role: one(['', ...lanes.map(({ role }) => role)]),
      model: one(['', ...lanes.map(({ model_id }) => model_id)]),
      wp: one(['', NO_PACKET, ...lanes.map(({ wp_id }) => wp_id ?? '')]),
      state: one(['', ...lanes.map(({ state }) => state)]),
      session: one(['', ...lanes.map(({ session_id }) => session_id.slice(0, 1))]),
    });
    fc.assert(
      fc.property(wanted, (filter) => {
        const naive = lanes.flatMap((lane, at) =>
          (filter.role === '' || lane.role === filter.role) &&
          (filter.model === '' || lane.model_id === filter.model) &&
          (filter.wp === '' || (lane.wp_id === null ? '-' : lane.wp_id) === filter.wp) &&
          (filter.state === '' || lane.state === filter.state) &&
          lane.session_id.indexOf(filter.session) === 0
            ? [at]
            : [],
        );
        expect(asked(new URLSearchParams(filter).toString())).toEqual(naive);
      }),
    );
  });

  it('name what there is to choose, the most frequent first', () => {
    expect(
      choicesOf(sessions.lanes, ({ role }) => role).map(({ value, count }) => `${value} ${count}`),
    ).toEqual(['Researcher 30', 'Reviewer 30', 'Validator 30', 'Coder 27', 'Orchestrator 3']);
  });
});
