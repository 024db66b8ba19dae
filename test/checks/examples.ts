import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAcross } from '../../tools/checks/judge/across.ts';
import type { Example, Examples } from '../../tools/cli/explain/example.ts';
import { compareText, type Finding, type Severity } from '../../tools/findings/index.ts';
import { applyFixes, splitLines } from '../../tools/text/index.ts';
import { readTreeFixtures, treeOfFixture } from './across-fixture.ts';
import { baseFiles } from './base.ts';
import { type Fixture, fileOfFixture, findingsOf, readFixtures } from './fixture.ts';

const lintFixtures = join(import.meta.dirname, '..', 'spec', 'lint', 'fixtures');

interface Seen extends Example {
  rule: string;
}

/** What the fixtures show of every rule that has one: the heaviest finding, and whether it can be mended. */
export async function deriveExamples(): Promise<Examples> {
  const seen = [...(await ofDocuments()), ...(await ofTrees()), ...ofSpecs()];
  const rules = [...new Set(seen.map(({ rule }) => rule))].sort(compareText);
  return Object.fromEntries(
    rules.map((rule) => {
      const own = seen.filter((each) => each.rule === rule);
      const fixed = own.filter((each) => each.fixed !== undefined);
      const { rule: _, ...example } = best(own);
      const mending = fixed.length === 0 ? 'never' : fixed.length === own.length ? 'always' : 'sometimes';
      return [rule, { mending, example }];
    }),
  );
}

const WEIGHTS: readonly Severity[] = ['error', 'warning', 'info'];

/** A note about an old document is no good example of an error; of two that weigh the same, a repair shows more. */
function best(own: readonly Seen[]): Seen {
  const rank = ({ severity, fixed }: Seen): number =>
    WEIGHTS.indexOf(severity) * 2 + (fixed === undefined ? 1 : 0);
  return own.reduce((first, each) => (rank(each) < rank(first) ? each : first));
}

async function ofDocuments(): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const fixture of readFixtures()) {
    const findings = await findingsOf(fixture);
    seen.push(...findings.map((finding) => seenIn(fixture, finding)));
  }
  return seen;
}

/** What stands between documents: the line that is shown is of the one that the finding is in. */
async function ofTrees(): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const fixture of readTreeFixtures()) {
    const tree = await treeOfFixture(fixture);
    const files = new Map(tree.files.map((file) => [file.path, file]));
    for (const { rule, severity, place, message } of checkAcross(tree, 'v02.137')) {
      const { file, line } = place;
      const text = (files.get(file)?.lines[line - 1] ?? '').trimEnd();
      seen.push({ rule, file, line, severity, message, text });
    }
  }
  return seen;
}

function seenIn(fixture: Fixture, { rule, severity, place, message, fix, ...rest }: Finding): Seen {
  const { file, line } = place;
  const own = file === fixture.path;
  const lines = own ? fileOfFixture(fixture).lines : splitLines(baseFiles()[file] ?? '');
  const finding: Finding = { rule, severity, place, message, ...rest, ...(fix && { fix }) };
  return {
    rule,
    file,
    line,
    severity,
    message,
    text: (lines[line - 1] ?? '').trimEnd(),
    ...(own && fix
      ? { fixed: splitLines(applyFixes(fileOfFixture(fixture), [finding]).text)[line - 1] ?? '' }
      : {}),
  };
}

/** The fixtures of `gov spec lint` say what is expected of them, and their own test holds them to it. */
function ofSpecs(): Seen[] {
  return readdirSync(lintFixtures)
    .sort()
    .flatMap((name) => {
      const lines = readFileSync(join(lintFixtures, name), 'utf8').split('\n');
      return lines.flatMap((text) => {
        const match = /^(\d+):\d+ (error|warning|info) (spec\/[a-z0-9-]+) (.+)$/.exec(text);
        if (match === null) return [];
        const [, line, severity, rule, message] = match as unknown as [
          string,
          string,
          Severity,
          string,
          string,
        ];
        const at = Number(line);
        const file = 'Acme_Master_Spec_v01.02.md';
        return [{ rule, file, line: at, severity, message, text: (lines[at - 1] ?? '').trimEnd() }];
      });
    });
}
