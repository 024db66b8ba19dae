import { beforeAll, describe, expect, it } from 'vitest';
import { type Scan, scan } from '../../tools/markdown/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import {
  fingerprintOf,
  loadSpec,
  resolveAnchor,
  type SpecIndex,
  sectionsByNumber,
} from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

describe('the Master Spec v02.137', () => {
  let index: SpecIndex;
  let lines: string[];
  beforeAll(async () => {
    index = await loadSpec(worktreeSnapshot(corpusRoot), { root: corpusRoot });
    lines = index.files[0]?.lines ?? [];
  });

  it('is found through SPEC_CURRENT.md', () => {
    expect([index.files[0]?.path, index.version, lines.length]).toEqual([
      'Handshake_Master_Spec_v02.137.md',
      'v02.137',
      69_476,
    ]);
  });

  // remark (20 s) says the same, line by line and fence end by fence end: measured once, kept as numbers.
  it('strict: 2,833 ATX headings and 761 fences, 9 of them in lists and quotes', () => {
    const strict = scan(lines);
    expect(strict.headings).toHaveLength(2833);
    expect(strict.fences).toHaveLength(761);
    expect(strict.fences.filter((fence) => fence.within)).toHaveLength(9);
    expect(strict.fences.filter((fence) => !fence.closed).map((fence) => fence.line)).toEqual([69_476]);
    expect(strict.repairs).toEqual([]);
  });

  // 3,716 in the research: that scanner knew no HTML blocks. Line 30309 follows a lone `<INSTRUCTIONS>` tag, so
  // CommonMark reads it as HTML; 3,715 is right.
  it('repaired: 2,874 headings, with md fences 3,715, and 51 that a strict reader does not see', () => {
    const full: Scan = scan(lines, { repair: true, recurse: true });
    expect(scan(lines, { repair: true }).headings).toHaveLength(2874);
    expect(full.headings).toHaveLength(3715);
    expect(full.headings.filter((heading) => heading.hiddenBy !== undefined)).toHaveLength(51);
    expect(full.fences.filter((fence) => fence.depth === 0)).toHaveLength(754);
    expect(full.fences.filter((fence) => fence.depth > 0)).toHaveLength(245);
    const by = (rule: string): number[] =>
      full.repairs.filter((repair) => repair.rule === rule).map((repair) => repair.line);
    expect(by('R1')).toEqual([10_127, 19_332, 19_456, 21_630, 22_296, 68_345]);
    expect(by('R2')).toHaveLength(15);
    expect(by('R5')).toEqual([69_476]);
  });

  it('Coverage Matrix 7.6.1.2: 75 rows, 63 YES, 12 NO', () => {
    const matrix = index.matrix ?? [];
    expect(matrix).toHaveLength(75);
    expect(matrix.filter((row) => row.authority === 'YES')).toHaveLength(63);
    expect(matrix.filter((row) => row.authority === 'NO')).toHaveLength(12);
    expect(matrix.filter((row) => row.number.split('.').length === 3).map((row) => row.number)).toEqual([
      '2.3.14',
      '2.3.15',
      '4.3.9',
    ]);
  });

  const ranges: [number: string, line: number, endLine: number][] = [
    ['4.3.9.12', 30_456, 30_555],
    ['4.3.9.13', 30_556, 30_631],
    ['4.3.9.14', 30_632, 30_683],
    ['4.3.9.15', 30_684, 30_779],
    ['4.3.9.16', 30_780, 30_856],
    ['4.3.9.17', 30_857, 30_902],
    ['4.3.9.18', 30_903, 30_980],
    ['4.3.9.19', 30_981, 31_034],
    ['4.3.9.20', 31_035, 31_055],
    ['4.3.9.21', 31_056, 31_074],
    ['6.0.2', 22_421, 22_610],
    ['4.3.9', 19_753, 20_131],
    ['4.3.9.2', 19_783, 19_845],
    ['2.6.8.10', 9690, 10_044],
    ['7.2.0.5', 29_262, 29_290],
    ['11.9.1', 68_019, 68_079],
    ['11.9.1.X', 68_059, 68_079],
  ];
  it.each(ranges)('%s stands at %i to %i', (number, line, endLine) => {
    expect(sectionsByNumber(index, number).map((section) => [section.line, section.endLine])).toEqual([
      [line, endLine],
    ]);
  });

  const anchors: [anchor: string, status: string, line: number, flags: string[]][] = [
    ['4.3.9.15 Session Spawn Contract and Lifecycle', 'IN_TEMPLATE_FENCE', 30_684, []],
    ['4.3.9.12 ModelSession', 'IN_TEMPLATE_FENCE', 30_456, []],
    ['4.3.9.17 Workspace Safety Boundaries', 'IN_TEMPLATE_FENCE', 30_857, []],
    ['4.3.9.20 Inbound Trust Boundary Rules', 'IN_TEMPLATE_FENCE', 31_035, []],
    ['4.3.9.18 Session Observability', 'IN_TEMPLATE_FENCE', 30_903, []],
    ['4.3.9.13.5 Flight Recorder Events', 'IN_TEMPLATE_FENCE', 30_609, []],
    ['4.3.9.15.* Spawn FR events', 'IN_TEMPLATE_FENCE', 30_684, ['WILDCARD']],
    ['11.5 Flight Recorder events (FR-EVT-SESS-SPAWN-*)', 'UNIQUE', 64_200, ['TIE_BROKEN_BY_PLACE']],
    ['11.9.1.X Session-Scoped Observability Requirements', 'UNIQUE', 68_059, []],
    ['11.1 Capability Registry', 'UNIQUE', 62_444, ['TIE_BROKEN_BY_PLACE']],
    ['11.5.1 Flight Recorder Ingestion Contract', 'UNIQUE', 64_215, []],
    ['6.0.2 Unified Tool Surface Contract', 'HIDDEN_BY_BROKEN_FENCE', 22_421, []],
    ['2.6.8.12 Autonomous Governance Protocol', 'HIDDEN_BY_BROKEN_FENCE', 10_133, []],
    ['7.2.0.5', 'NOT_MAIN_BODY', 29_262, []],
    ['7.6.3 Phase 1', 'ROADMAP', 45_499, ['TIE_BROKEN_BY_PLACE']],
    ['9.3 Debug Bundle Inclusion', 'APPENDIX', 69_264, []],
    ['2.3.15.3 Mechanical Operations', 'MISPLACED', 6000, []],
    ['2.9.3 Mutation Traceability', 'TITLE_MISMATCH', 15_728, []],
    ['4.3.3.4.5 SwapRequest + escalation rule', 'UNIQUE', 19_239, []],
    ['5.6.1 File-scope locks for concurrent Work Units', 'IN_TEMPLATE_FENCE', 34_492, []],
    ['Addendum: 2.4 ViewMode (SFW/NSFW)', 'ADDENDUM_PARAGRAPH', 26_943, []],
  ];
  it.each(anchors)('%s → %s at %i', (anchor, status, line, flags) => {
    const result = resolveAnchor(index, anchor);
    expect([result.status, result.section?.line, result.flags]).toEqual([status, line, flags]);
  });

  it('11.5 has four candidates', () => {
    const { candidates } = resolveAnchor(index, '11.5');
    expect(candidates.map((section) => section.line)).toEqual([64_200, 55_197, 61_653, 69_378]);
  });

  it('4.3.9.15.* covers the clause and its six parts', () => {
    const { candidates } = resolveAnchor(index, '4.3.9.15.*');
    expect(candidates.map((section) => section.number)).toEqual([
      '4.3.9.15',
      ...[1, 2, 3, 4, 5, 6].map((part) => `4.3.9.15.${part}`),
    ]);
  });

  it('the number of the session chapter has authority, its place has none', () => {
    const [section] = sectionsByNumber(index, '4.3.9.15');
    expect([section?.authority, section?.placeAuthority, section?.inPlace, section?.container]).toEqual([
      'YES',
      'NO',
      false,
      30_332,
    ]);
  });

  // Place and number disagree for 4.3.9.12: it stands in chapter 4 of a template, and is a part of 4.3.9.
  it.each([
    ['4.3.9.12', 30_456, '4.3.9', 19_753],
    ['4.3.9.12.1', 30_460, '4.3.9.12', 30_456],
    ['2.3.15.3', 6000, '2.3.15', 5706],
    ['11.9.1.X', 68_059, '11.9.1', 68_019],
  ])('the numeric parent of %s (line %i) is %s at %i', (number, _, parent, line) => {
    const [section] = sectionsByNumber(index, number);
    const found = section?.numericParent === undefined ? undefined : index.sections[section.numericParent];
    expect([found?.number, found?.line]).toEqual([parent, line]);
  });

  it('24 pseudo-schema blocks are reachable, 16 of them in the session chapter, with their container', () => {
    const yaml = index.blocks.filter((block) => block.lang === 'yaml');
    const schemas = yaml.filter((block) => block.lines.some((line) => /^[A-Z][\w-]+:/.test(line)));
    const session = schemas.filter((block) => block.section?.number?.startsWith('4.3.9.'));
    expect(yaml).toHaveLength(38);
    expect(schemas).toHaveLength(24);
    expect(session.filter((block) => block.container === 30_332)).toHaveLength(16);
  });

  it('no converted code comment is a chapter', () => {
    const chapters = index.sections.filter(
      (section) => section.level === 1 && section.container === undefined,
    );
    expect(chapters.map((section) => section.number ?? section.title)).toEqual([
      'Handshake Master Specification v02.137',
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
    ]);
  });

  it('the fingerprint of 4.3.9.15 is a recipe and a sha256', () => {
    const [section] = sectionsByNumber(index, '4.3.9.15');
    expect(section && fingerprintOf(index, section)).toMatch(/^1:[0-9a-f]{64}$/);
  });
});
