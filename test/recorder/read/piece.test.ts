import { describe, expect, it } from 'vitest';
import { namedSessions } from '../../../tools/recorder/index.ts';
import { check, record, rulesOf } from '../conform/recorded.ts';

/** Its events were accepted when they were recorded. */
const piece = { partial: true, accepted: true };
const { log, spans, ids } = await record();

/** What a query for one session finds (D-32). */
const of = (id: string) =>
  log.filter((event) => event.model_session_id === id || namedSessions(event).includes(id));

describe('a piece of a log', () => {
  it('from any event to any other breaks no rule, if it is called one', () => {
    for (let from = 0; from < log.length; from += 3)
      for (const to of [from + 1, from + 17, log.length])
        expect(check(log.slice(from, to), [], piece)).toEqual([]);
  });

  it('what a query for one session gives is one', () => {
    for (const id of Object.values(ids)) {
      const own = of(id);
      expect(own.length).toBeGreaterThan(1);
      expect(check(own, [], piece)).toEqual([]);
      const held = spans.filter(({ session_id }) => session_id === id);
      expect(check(own, held, piece)).toEqual([]);
    }
  });

  it('is still held against what it shows', () => {
    const own = of(ids.first);
    const broken = own.filter(
      (event) => event.fr_event_id !== 'FR-EVT-SESS-003' && event.fr_event_id !== 'FR-EVT-007',
    );
    expect(rulesOf(check(broken, [], piece))).toEqual(['session/not-reported', 'tool/untold']);
  });

  it('if it is not called one, each session that began before it is told once', () => {
    const from = log.findIndex((event) => event.fr_event_id === 'FR-EVT-WF-RECOVERY');
    const found = check(log.slice(from));
    expect(rulesOf(found)).toEqual(['session/unknown']);
    expect(found.map(({ message }) => message)).toEqual(
      [ids.second, ids.below, ids.root, ids.third, ids.orphan].map(
        (id) => `session ${id} occurs, and its creation does not`,
      ),
    );
  });
});
