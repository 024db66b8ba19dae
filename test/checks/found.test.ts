import { describe, expect, it } from 'vitest';
import { runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { textAt, treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec } from './base.ts';
import { type Fixture, readFixtures } from './fixture.ts';

/** The families of JSON documents, whose places are exact. */
const FAMILIES = /^(?:artifact|gates|validator-gates|mailbox|pointer|ledger)\//;
const fixtures = readFixtures().filter(({ name }) => /^(?:gate|validator|mailbox|pointer|ledger)/.test(name));
const filesOf = ({ path, text, others }: Fixture): Record<string, string> => ({ [path]: text, ...others });

const findingsOf = async (files: Record<string, string>): Promise<Finding[]> =>
  runChecks(await treeOf(files), baseSpec()).filter(({ rule }) => FAMILIES.test(rule));

describe('what a finding says that it found stands at its place', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const files = filesOf(fixture);
    const tree = await treeOf({ ...baseFiles(), ...files });
    const told = (await findingsOf({ ...baseFiles(), ...files })).filter(({ found }) => found !== undefined);
    for (const { rule, found, place } of told) {
      const file = tree.files.find(({ path }) => path === place.file)!;
      expect([rule, textAt(file, place)]).toEqual([rule, found]);
    }
  });
});

describe('a fix', () => {
  const fixable = fixtures.filter(({ expected }) =>
    expected.some((line) => line.includes('/not-canonical ')),
  );

  it('of a mailbox and of a ledger entry is there', () => {
    expect(fixable.map(({ name }) => name)).toEqual(['ledger-not-canonical', 'mailbox']);
  });

  it.each(fixable.map((fixture) => [fixture.name, fixture] as const))(
    '%s: applied, its finding is gone and the content is the same',
    async (_, fixture) => {
      const files = filesOf(fixture);
      const before = await findingsOf({ ...baseFiles(), ...files });
      const fixed: Record<string, string> = { ...files };
      for (const { fix, place } of before) {
        if (!fix) continue;
        const [edit] = fix;
        // It covers the whole file, so that the file is its text.
        const lines = files[place.file]!.split('\n');
        expect(edit?.range).toEqual({
          line: 1,
          column: 1,
          endLine: lines.length,
          endColumn: lines.at(-1)!.length + 1,
        });
        fixed[place.file] = edit!.text;
        expect(JSON.parse(edit!.text)).toEqual(JSON.parse(files[place.file]!));
      }
      const after = await findingsOf({ ...baseFiles(), ...fixed });
      const others = ({ rule }: Finding): boolean => !rule.endsWith('/not-canonical');
      expect(after.map(({ message }) => message)).toEqual(
        before.filter(others).map(({ message }) => message),
      );
    },
  );
});
