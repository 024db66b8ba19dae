import { beforeAll, describe, expect, it } from 'vitest';
import { findingsSchema } from '../../tools/cli/schemas/findings.ts';
import { sectionSchema, sectionsSchema } from '../../tools/cli/schemas/section.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { authorityRows, loadSpec, passagesOf, type SpecIndex } from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';

const run = (...args: string[]) => gov(corpusRoot, [...args, '--root', corpusRoot]);
const json = (...args: string[]) => JSON.parse(run(...args, '--json').out);

describe('passages of v02.137', () => {
  let index: SpecIndex;
  beforeAll(async () => {
    index = await loadSpec(worktreeSnapshot(corpusRoot), { root: corpusRoot });
  });

  const anchors: [anchor: string, ...parts: [line: number | undefined, endLine: number | undefined][]][] = [
    ['4.3.9.15.*', [30_684, 30_779]],
    [
      '4.3.9.12–.21',
      [30_456, 30_555],
      [30_556, 30_631],
      [30_632, 30_683],
      [30_684, 30_779],
      [30_780, 30_856],
      [30_857, 30_902],
      [30_903, 30_980],
      [30_981, 31_034],
      [31_035, 31_055],
      [31_056, 31_074],
    ],
    ['Handshake_Master_Spec_v02.113.md 7.2.5 + 6.0.1 (notes)', [29_544, 29_559], [22_382, 22_420]],
    ['§6.3 / §11.8', [26_253, 28_717], [65_836, 68_016]],
    ['Addendum: 2.4 ViewMode (SFW/NSFW)', [26_976, 26_988]],
    ['Handshake_Master_Spec_v02.137.md:55200', [55_197, 55_220]],
    ['11.9.1.X', [68_059, 68_079]],
    ['4.6', [undefined, undefined]],
    ['9.3 Debug Bundle Inclusion', [69_264, 69_275]],
  ];
  it.each(anchors)('%s', (anchor, ...parts) => {
    expect(passagesOf(index, anchor).map(({ span }) => [span?.line, span?.endLine])).toEqual(parts);
  });

  it.each([
    ['4.3.9.15', '4.3.9', '7.5'],
    ['11.5', '11.5', '11.5'],
    ['2.3.15.3', '2.3.15', '2.3.15'],
    ['2.6.6.7', '2.6', '2.6'],
    ['5.6.1', undefined, '7.5'],
    ['10.14', undefined, undefined],
  ])('the row that gives %s its authority is %s by number and %s by place', (anchor, byNumber, byPlace) => {
    const section = passagesOf(index, anchor)[0]?.result.section;
    const rows = section && authorityRows(index, section);
    expect([rows?.byNumber?.number, rows?.byPlace?.number]).toEqual([byNumber, byPlace]);
  });
});

describe('commands on v02.137', () => {
  it.each([
    [['spec', 'lint'], 0],
    [['spec', 'list'], 0],
    [['spec', 'list', '7.5'], 0],
    [['spec', 'list', '--duplicates'], 0],
    [['spec', 'show', '4.3.9.15'], 0],
    [['spec', 'show', '7'], 0],
    [['spec', 'show', '7', '--outline'], 0],
    [['spec', 'show', '4.3.9.12–.21'], 0],
    [['spec', 'show', '1'], 0],
    [['spec', 'show', '4.6'], 1],
  ])('%s takes at most 80 lines', (args, code) => {
    const done = run(...args);
    expect([done.code, done.err]).toEqual([code, '']);
    expect(done.out.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
  });

  it('gov spec lint --json holds every finding, of reading too', () => {
    const report = findingsSchema.parse(json('spec', 'lint'));
    expect(report.summary).toEqual({ error: 0, warning: 159, info: 24, baselined: 0 });
    expect(report.stats).toMatchObject({ files: 1, spec: { version: 'v02.137', sections: 3707 } });
  });

  it('gov spec list --json counts what is in fences, hidden, and there twice', () => {
    const { sections } = sectionsSchema.parse(json('spec', 'list'));
    expect(sections).toHaveLength(3707);
    expect(sections.filter(({ container }) => container !== undefined)).toHaveLength(838);
    expect(sections.filter(({ hiddenBy }) => hiddenBy !== undefined)).toHaveLength(51);
    const twice = sectionsSchema.parse(json('spec', 'list', '--duplicates')).sections;
    expect([twice.length, new Set(twice.map(({ number }) => number)).size]).toEqual([691, 142]);
    const session = sectionsSchema.parse(json('spec', 'list', '4.3.9', '--in-fence')).sections;
    expect(session).toHaveLength(52);
    expect(new Set(session.map(({ container }) => container))).toEqual(new Set([30_332]));
  });

  it('gov spec show --json is complete', () => {
    const report = sectionSchema.parse(json('spec', 'show', '4.3.9.15'));
    expect(report).toMatchObject({ line: 30_684, endLine: 30_779, container: 30_332, placeAuthority: 'NO' });
    expect(report.text.split('\n')).toHaveLength(96);
    expect(report.outline.map(({ number }) => number)).toEqual(
      [1, 2, 3, 4, 5, 6].map((part) => `4.3.9.15.${part}`),
    );
    expect(report.parents.map(({ line }) => line)).toEqual([
      28_718, 29_848, 30_019, 30_197, 30_302, 30_330, 30_333, 30_426, 30_444,
    ]);
  });
});
