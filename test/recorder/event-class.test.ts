import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { events } from '../../tools/generated/index.ts';
import { eventClasses } from '../../tools/recorder/index.ts';

const spec = readFileSync(
  new URL('../../.GOV/spec/Handshake_Master_Spec_v02.137.md', import.meta.url),
  'utf8',
);
const decision = spec.slice(spec.indexOf('**Decision (D-65):**'));

/** The events in a row of the table of D-65; `\*` stands for all of a family. */
function inTable(name: string): string[] {
  const row = new RegExp(`^\\| \`${name}\` \\| (.+) \\|$`, 'm').exec(decision)![1]!;
  const ids = Object.keys(events) as (keyof typeof events)[];
  return row.split(', ').flatMap((entry) => {
    const family = /^(.+)-\\\*$/.exec(entry)?.[1];
    return ids.filter((id) => (family === undefined ? id === entry : events[id].family === family));
  });
}

it('D-65, F15: each registered event has exactly one class, and it is that of the spec', () => {
  expect(Object.keys(eventClasses).sort()).toEqual(Object.keys(events).sort());
  const declared = (name: string) =>
    Object.entries(eventClasses)
      .filter(([, declaredClass]) => declaredClass === name)
      .map(([id]) => id)
      .sort();
  expect(declared('required')).toEqual(inTable('required').sort());
  expect(declared('best_effort')).toEqual(inTable('best_effort').sort());
  expect(declared('best_effort')).toEqual(['FR-EVT-006']);
});
