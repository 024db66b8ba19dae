import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES, runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec } from './base.ts';
import { type Fixture, readFixture } from './fixture.ts';

const folder = join(import.meta.dirname, 'fixtures');

const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFixture(join(folder, name)));

async function findingsOf(fixture: Fixture): Promise<Finding[]> {
  const tree = await treeOf({ ...baseFiles(), ...fixture.files });
  return runChecks(tree, fixture.spec ? baseSpec() : undefined);
}

function lineOf(fixture: Fixture, { place, severity, rule, message }: Finding): string {
  const file = place.file === fixture.path ? '' : `${place.file}:`;
  return `${file}${place.line}:${place.column} ${severity} ${rule} ${message}`;
}

describe('rules', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const found = await findingsOf(fixture);
    expect(found.map((finding) => lineOf(fixture, finding))).toEqual(fixture.expected);
  });

  it('every registered rule has a fixture that triggers it', async () => {
    const triggered = new Set((await Promise.all(fixtures.map(findingsOf))).flat().map(({ rule }) => rule));
    expect(RULES.map(({ id }) => id).filter((id) => !triggered.has(id))).toEqual([]);
  });

  it('the registry is sorted and names no rule twice', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});
