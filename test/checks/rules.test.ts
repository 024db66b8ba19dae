import { describe, expect, it } from 'vitest';
import { RULES } from '../../tools/checks/index.ts';
import { textAt } from '../artifacts/memory.ts';
import { fileOfFixture, findingsOf, lineOf, readFixtures } from './fixture.ts';

const fixtures = readFixtures().map((fixture) => [fixture.name, fixture] as const);

describe('rules', () => {
  it.each(fixtures)('%s', async (_, fixture) => {
    const found = await findingsOf(fixture);
    expect(found.map((finding) => lineOf(fixture, finding))).toEqual(fixture.expected);
  });

  it.each(fixtures)('%s: what is said to be found stands there', async (_, fixture) => {
    const file = fileOfFixture(fixture);
    const found = await findingsOf(fixture);
    for (const { place, found: text } of found.filter(({ place }) => place.file === fixture.path)) {
      if (text !== undefined) expect(textAt(file, place)).toBe(text);
    }
  });

  it('every registered rule has a fixture that triggers it', async () => {
    const found = await Promise.all(fixtures.map(([, fixture]) => findingsOf(fixture)));
    const triggered = new Set(found.flat().map(({ rule }) => rule));
    // Those across documents need several documents, and have fixtures of their own in across/.
    const own = RULES.filter(({ appliesTo, id }) => appliesTo !== 'tree' || id === 'anchor/no-spec');
    expect(own.map(({ id }) => id).filter((id) => !triggered.has(id))).toEqual([]);
  });

  it('the registry is sorted and names no rule twice', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s says why it is demanded', (_, { docs }) => {
    expect(docs?.trim().length ?? 0).toBeGreaterThan(100);
  });
});
