import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES, runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec } from './base.ts';

const folder = join(import.meta.dirname, 'fixtures');

/**
 * A fixture is one document. The comment at its end says where it stands in the tree, and every finding that
 * the whole tree then has, as `line:col severity rule message`; `spec: none` takes the spec away.
 */
interface Fixture {
  name: string;
  path: string;
  text: string;
  spec: boolean;
  expected: string[];
}

const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map(readFixture);

function readFixture(name: string): Fixture {
  const whole = readFileSync(join(folder, name), 'utf8');
  const at = whole.lastIndexOf('<!-- expect\n');
  const lines = whole.slice(at).trimEnd().split('\n').slice(1, -1);
  const path = lines.find((line) => line.startsWith('path: '))?.slice(6);
  if (at < 0 || path === undefined) throw new Error(`${name} has no "<!-- expect" with a path`);
  return {
    name: basename(name, '.md'),
    path,
    text: whole.slice(0, at),
    spec: !lines.includes('spec: none'),
    expected: lines.filter((line) => !/^(?:path|spec): /.test(line)),
  };
}

async function findingsOf(fixture: Fixture): Promise<Finding[]> {
  const tree = await treeOf({ ...baseFiles(), [fixture.path]: fixture.text });
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
    // Those across documents need several documents, and have fixtures of their own in across/.
    const own = RULES.filter(({ appliesTo, id }) => appliesTo !== 'tree' || id === 'anchor/no-spec');
    expect(own.map(({ id }) => id).filter((id) => !triggered.has(id))).toEqual([]);
  });

  it('the registry is sorted and names no rule twice', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});
