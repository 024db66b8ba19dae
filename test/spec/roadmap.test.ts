import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { buildIndex, loadSpec, type RoadmapItem, roadmapItems, specFileOf } from '../../tools/spec/index.ts';

const HEAD = `# Acme Spec v01.02
# 1. Vision
## 1.5 Limits
### 1.5.1 Depth
### 1.5.X Overview
# 7. Work
## 7.6 Development Roadmap
### 7.6.3 Phase 1 - Core
`;

/** The items of a roadmap whose section 7.6.3 says this. */
function itemsOf(...lines: string[]): readonly RoadmapItem[] {
  return roadmapItems(indexOf(`${HEAD}\n${lines.join('\n')}\n`));
}

function indexOf(text: string, name = 'Acme_Master_Spec_v01.02.md'): ReturnType<typeof buildIndex> {
  return buildIndex(name, [specFileOf(name, new TextEncoder().encode(text))]);
}

describe('roadmapItems: what an item is', () => {
  const cases: [
    name: string,
    lines: string[],
    expected: [number, title: string, text: string, tags: string[]][],
  ][] = [
    ['colon inside the bold', ['30. **Title here:** and text.'], [[30, 'Title here', 'and text.', []]]],
    ['colon behind it', ['30. **Title**: text'], [[30, 'Title', 'text', []]]],
    ['a parenthesis', ['3) **Title: more (note)**'], [[3, 'Title: more (note)', '', []]]],
    ['a tag in the bold', ['1. **[ADD v02.44] Title**'], [[1, 'Title', '', ['[ADD v02.44]']]]],
    ['a tag before the bold', ['1. [ADD v02.44] **Title**'], [[1, 'Title', '', ['[ADD v02.44]']]]],
    ['a tag behind the bold', ['1. **Title** [ADD v02.130]  '], [[1, 'Title', '', ['[ADD v02.130]']]]],
    ['text over two lines', ['1. **Title:** one', '   two', 'three'], [[1, 'Title', 'one two three', []]]],
    ['bold over two lines', ['1. **Title', '   more:** text'], [[1, 'Title more', 'text', []]]],
    ['a list below it is not its text', ['1. **Title**', '   - one', '   - two'], [[1, 'Title', '', []]]],
    [
      'nor is one that is indented too far for its list',
      ['14. **A**', '', '   15. **B**', '      - one'],
      [
        [14, 'A', '', []],
        [15, 'B', '', []],
      ],
    ],
    [
      'numbers repeat',
      ['1. **A**', '', 'Then:', '', '1. **B**'],
      [
        [1, 'A', '', []],
        [1, 'B', '', []],
      ],
    ],
    ['a step below an item is none', ['1. **A**', '   1. **Step**'], [[1, 'A', '', []]]],
    ['no bold: a rule', ['1. Every section MUST be listed.'], []],
    ['bold that does not end', ['1. **Every section'], []],
    ['bold without words', ['1. **:** text', '2. **[ADD v1]** text'], []],
    ['a bullet', ['- **Title:** text'], []],
    ['in a fence', ['```', '1. **A**', '```'], []],
    ['in a template fence', ['````md', '### 7.6.9 Phase 9', '1. **A**', '````'], []],
    ['in a comment', ['<!--', '1. **A**', '-->'], []],
    ['as code', ['    1. **A**'], []],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(itemsOf(...lines).map(({ number, title, text, tags }) => [number, title, text, tags])).toEqual(
      expected,
    );
  });

  it('has its place from the number to the end of the line, and ends with what is indented below it', () => {
    const [first, second] = itemsOf(
      '1. **A**  ',
      '   - one',
      '',
      '   - two',
      '',
      'Prose.',
      '',
      '   2. **B** x',
    );
    expect(first?.place).toEqual({
      file: 'Acme_Master_Spec_v01.02.md',
      line: 10,
      column: 1,
      endLine: 10,
      endColumn: 9,
    });
    expect(first?.endLine).toBe(13);
    expect([second?.place.column, second?.endLine]).toEqual([4, 17]);
  });
});

describe('roadmapItems: whose it is', () => {
  it('of each section with its phase, none outside the roadmap', () => {
    const text = `${HEAD}1. **A**\n### 7.6.4 Later work\n1. **B**\n## 7.7 More\n1. **C**\n# 8. Next Roadmap\n1. **D**\n`;
    expect(roadmapItems(indexOf(text)).map(({ section, phase, title }) => [section, phase, title])).toEqual([
      ['7.6.3', 1, 'A'],
      ['7.6.4', undefined, 'B'],
      ['8', undefined, 'D'],
    ]);
  });

  it('a heading of another chapter that was pasted into the list takes no item from its section', () => {
    const items = itemsOf('1. **A**', '', '#### 1.5.1 Depth', '', 'Text.', '', '2. **B**');
    expect(items.map(({ section, number, phase }) => [section, number, phase])).toEqual([
      ['7.6.3', 1, 1],
      ['7.6.3', 2, 1],
    ]);
  });

  it('a spec without a roadmap has none', () => {
    expect(roadmapItems(indexOf('# 1. Vision\n1. **A**\n'))).toEqual([]);
  });
});

describe('roadmapItems: anchors that an item names', () => {
  const cases: [text: string, expected: string[]][] = [
    ['(1.5.1)', ['1.5.1']],
    ['(1.5.1, 9.9.9)', ['1.5.1', '9.9.9']],
    ['(1.5.X)', ['1.5.X']],
    ['(see 1.5.1.)', ['1.5.1']],
    ['(a (1.5.1) b, 1.5)', ['1.5.1', '1.5']],
    ['see §1.5.1 + § 1.5.', ['1.5.1', '1.5']],
    ['as Section 8.8 and section 1.5.1 say', ['8.8', '1.5.1']],
    ['1.5.1 twice (1.5.1) and (1.5.1)', ['1.5.1']],
    ['1.5.1 outside of parentheses', []],
    ['(1.4 GB)', []],
    ['(v1.5.1, x@1.5.1, a/1.5.1, poe-1.5.1, 1.5.1-rc)', []],
    [
      'families FR-EVT-SESS-*, FR-EVT-SESS-SPAWN-* and FR-EVT-007',
      ['FR-EVT-SESS-*', 'FR-EVT-SESS-SPAWN-*', 'FR-EVT-007'],
    ],
    ['FR-EVT-LOOM-001..012, FR-EVT-LOOM-008/009', ['FR-EVT-LOOM-001..012', 'FR-EVT-LOOM-008/009']],
    [String.raw`FR-EVT-SESS-\*`, ['FR-EVT-SESS-*']],
    ['fr-evt-007, FR-EVT-0071', []],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(itemsOf(`1. **A:** ${text}`)[0]?.anchors).toEqual(expected);
  });

  it('those of the list below it, too, and not those of the prose behind it', () => {
    expect(itemsOf('1. **A**', '   - one (1.5.1)', '', 'Prose (1.5.X).')[0]?.anchors).toEqual(['1.5.1']);
  });

  it('reads a line of a hundred thousand parentheses at once', () => {
    expect(itemsOf(`1. **A:** ${'('.repeat(100_000)}1.5.1`)[0]?.anchors).toEqual(['1.5.1']);
  });
});

describe('roadmapItems of the own spec', () => {
  const root = join(import.meta.dirname, '..', '..');
  let items: readonly RoadmapItem[];
  beforeAll(async () => {
    items = roadmapItems(await loadSpec(worktreeSnapshot(root), { root }));
  });

  it('are 28 to 37 of 7.6.3, Phase 1, with the clauses that they plan', () => {
    expect(items.map(({ section, phase }) => `${section} ${phase}`)).toEqual(Array(10).fill('7.6.3 1'));
    expect(items.map(({ number, title, anchors }) => [number, title, anchors.join(' ')])).toEqual([
      [28, 'Multi-Session Orchestration: ModelSession + Scheduler', '4.3.9.12 4.3.9.13'],
      [29, 'ModelSession persistence layer', '4.3.9.12.5'],
      [30, 'Session spawn contract (OpenClaw pattern)', '4.3.9.15'],
      [31, 'Session-scoped capability tokens', '4.3.9.16.4 11.1'],
      [32, 'Tool calling + structured output adapters', '4.3.9.16'],
      [33, 'Workspace safety boundaries for parallel writes', '4.3.9.17'],
      [34, 'Crash recovery / resume', '4.3.9.19'],
      [35, 'DCC multi-session steering panel', ''],
      [36, 'Flight Recorder coverage', 'FR-EVT-SESS-* FR-EVT-SESS-SCHED-* FR-EVT-SESS-SPAWN-* 11.5'],
      [37, 'Session observability bindings', '4.3.9.18 11.9.1.X'],
    ]);
  });
});
