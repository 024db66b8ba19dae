import { describe, expect, it } from 'vitest';
import { LOG_RULES } from '../../../tools/recorder/index.ts';
import { planted } from './planted.ts';
import { check, record, rulesOf } from './recorded.ts';

const recorded = await record();
const { log, spans } = recorded;

it('what the engine records breaks no rule', () => {
  expect(check(log, spans)).toEqual([]);
});

it('every rule is planted', () => {
  expect([...new Set(planted.map(({ rule }) => rule))].sort()).toEqual(LOG_RULES.map(({ id }) => id));
});

describe('a violation is found under its own id and under no other', () => {
  it.each(planted.map((plant) => [plant.rule, plant.name, plant] as const))('%s: %s', (rule, _, plant) => {
    const found = check(plant.log?.(recorded) ?? log, plant.spans?.(recorded) ?? spans, plant.options);
    expect(rulesOf(found)).toEqual([rule, ...(plant.also ?? [])].sort());
  });
});
