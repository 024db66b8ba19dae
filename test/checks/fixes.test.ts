import { describe, expect, it } from 'vitest';
import { planFixes } from '../../tools/cli/check/mend.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { applyFixes } from '../../tools/text/index.ts';
import { fileOf } from '../artifacts/memory.ts';
import { type Fixture, fileOfFixture, findingsOf, readFixtures } from './fixture.ts';

/** A fixture, one of its findings that can be mended, and the rest. */
interface Case {
  fixture: Fixture;
  finding: Finding;
  others: Finding[];
}

async function cases(): Promise<Case[]> {
  const all: Case[] = [];
  for (const fixture of readFixtures()) {
    const findings = (await findingsOf(fixture)).filter(({ place }) => place.file === fixture.path);
    for (const finding of findings.filter(({ fix }) => fix !== undefined)) {
      all.push({ fixture, finding, others: findings.filter((other) => other !== finding) });
    }
  }
  return all;
}

/** The whole file, BOM included. */
function mended(fixture: Fixture, findings: readonly Finding[]): string {
  const file = fileOfFixture(fixture);
  return `${file.bom ? '\uFEFF' : ''}${applyFixes(file, findings).text}`;
}

/** Without its column: a fix before it on the line moves what follows. */
function said({ rule, place, message }: Finding): string {
  return `${place.line} ${rule} ${message}`;
}

/** The file with every range of the fix taken out: what must not change. */
function untouched(text: string, bom: boolean, finding: Finding): string[] {
  const starts = [bom ? 1 : 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  const kept: string[] = [];
  let from = 0;
  for (const { range } of finding.fix ?? []) {
    kept.push(text.slice(from, offset(range.line, range.column)));
    from = offset(range.endLine, range.endColumn);
  }
  return [...kept, text.slice(from)];
}

describe.each((await cases()).map((each) => [`${each.fixture.name}: ${said(each.finding)}`, each] as const))(
  '%s',
  (_, { fixture, finding, others }) => {
    it('is gone after its fix, and nothing new is said', async () => {
      const after = (await findingsOf(fixture, mended(fixture, [finding]))).map(said);
      const same = (all: readonly string[]): number => all.filter((each) => each === said(finding)).length;
      expect(same(after)).toBe(same(others.map(said)));
      const before = new Set(others.map(said));
      expect(after.filter((each) => !before.has(each) && !each.includes(finding.rule))).toEqual([]);
    });

    it('leaves every byte outside its ranges as it was', () => {
      const kept = untouched(fixture.text, fileOfFixture(fixture).bom, finding);
      const result = mended(fixture, [finding]);
      let at = 0;
      for (const [index, { text }] of (finding.fix ?? []).entries()) {
        expect(result.slice(at, at + kept[index]!.length)).toBe(kept[index]);
        at += kept[index]!.length + text.length;
      }
      expect(result.slice(at)).toBe(kept.at(-1));
    });
  },
);

describe('all fixes of a document at once', () => {
  it.each(readFixtures().map((fixture) => [fixture.name, fixture] as const))(
    '%s has nothing left to mend',
    async (_, fixture) => {
      let text = fixture.text;
      const others = { ...fixture.others };
      // Fixes that meet wait for the next run, as they do for `gov check --fix`.
      for (let run = 0; run < 3; run++) {
        const found = await findingsOf({ ...fixture, others }, text);
        const of = (path: string): Finding[] => found.filter(({ place }) => place.file === path);
        text = mended({ ...fixture, text }, of(fixture.path));
        for (const [path, other] of Object.entries(others))
          others[path] = mended({ ...fixture, path, text: other }, of(path));
      }
      const left = (await findingsOf({ ...fixture, others }, text)).filter(({ fix }) => fix !== undefined);
      expect(left.map(said)).toEqual([]);
      expect(fileOf(fixture.path, text).bom).toBe(fileOfFixture(fixture).bom);
    },
  );
});

/** As `gov check --fix --write` does it: fix, judge, fix, until there is nothing to mend. */
async function planned(fixture: Fixture) {
  const judge = async (text?: string) =>
    (await findingsOf(fixture, text)).filter(({ place }) => place.file === fixture.path);
  const before = new TextEncoder().encode(fixture.text);
  return planFixes(await judge(), {
    read: async () => before,
    judge: (edits) => judge(edits.get(fixture.path)),
  });
}

describe('all fixes of a document', () => {
  const fixtures = readFixtures();

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    '%s: made until none is left, and a second run makes none',
    async (_name, fixture) => {
      const { files, left, after } = await planned(fixture);
      expect(left).toBe(0);
      expect(after.filter(({ fix = [] }) => fix.length > 0)).toEqual([]);
      const [file] = files;
      const text = file?.to ?? fixture.text;
      expect(await planned({ ...fixture, text })).toMatchObject({ files: [], fixed: 0, left: 0 });
    },
  );
});
