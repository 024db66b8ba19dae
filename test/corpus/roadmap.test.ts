import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readStub, readTree } from '../../tools/artifacts/index.ts';
import { missingStubs, planStub, roadmapCover } from '../../tools/gate/index.ts';
import { askedAnchor, candidateLines } from '../../tools/gate/steps/stub-anchors.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import {
  type AnchorResult,
  identifiersOf,
  loadSpec,
  type RoadmapItem,
  resolveAnchor,
  roadmapItems,
  type SpecIndex,
} from '../../tools/spec/index.ts';
import { decode } from '../../tools/text/index.ts';
import { corpusRoot } from '../support/corpus.ts';

const template = readFileSync(join(import.meta.dirname, '..', '..', 'templates', 'stub.md'), 'utf8');
let tree: GovTree;
let spec: SpecIndex;
let items: readonly RoadmapItem[];

beforeAll(async () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  spec = await loadSpec(snapshot, { root: corpusRoot });
  tree = await readTree(snapshot);
  items = roadmapItems(spec);
});

const nameOf = ({ section, number, place }: RoadmapItem): string => `${section} ${number} @${place.line}`;

describe('the roadmap of v02.137', () => {
  it('has 88 numbered items: 4 of Phase 0, 43 of Phase 1, 17 of Phase 2, 11 of Phase 3, 13 of Phase 4', () => {
    const counts = new Map<string, number>();
    for (const { section, phase } of items) {
      const key = `${section} P${phase}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts]).toEqual([
      ['7.6.2 P0', 4],
      ['7.6.3 P1', 43],
      ['7.6.4 P2', 17],
      ['7.6.5 P3', 11],
      ['7.6.6 P4', 13],
    ]);
  });

  it('which are all its lines that begin with a number and bold words; the matrix has 8 numbered rules beside them', () => {
    const chapter = spec.files[0]!.lines.slice(45_200, 47_289);
    const numbered = chapter.flatMap((line, at) =>
      /^ {0,3}\d+\. /.test(line) ? [{ line, at: at + 45_201 }] : [],
    );
    const bold = numbered.filter(({ line }) => line.includes('. **'));
    expect([numbered.length, bold.length]).toEqual([96, 88]);
    expect(items.map(({ place }) => place.line)).toEqual(bold.map(({ at }) => at));
  });

  it('counts on from a heading of 11.7.5 that was pasted into Phase 1', () => {
    const behind = items.filter(({ place }) => place.line > 45_678 && place.line < 46_271);
    expect(new Set(behind.map(({ section }) => section))).toEqual(new Set(['7.6.3']));
    expect(behind).toHaveLength(30);
  });

  it('has ten numbers twice within a section', () => {
    const twice = items.filter((item) =>
      items.some((other) => other !== item && other.section === item.section && other.number === item.number),
    );
    const names = [...new Set(twice.map(({ section, number }) => `${section} ${number}`))];
    expect([names.length, names.join(', ')]).toEqual([
      10,
      '7.6.3 13, 7.6.3 14, 7.6.3 15, 7.6.3 16, 7.6.3 17, 7.6.3 18, 7.6.4 8, 7.6.4 13, 7.6.5 9, 7.6.6 11',
    ]);
  });

  it('plans sessions with the items 28 to 37, at the lines 45856 to 45865', () => {
    const sessions = items.filter(({ section, number }) => section === '7.6.3' && number >= 28);
    expect(sessions.map(({ number, title, place, endLine }) => [number, place.line, endLine, title])).toEqual(
      [
        [28, 45_856, 45_856, 'Multi-Session Orchestration: ModelSession + Scheduler'],
        [29, 45_857, 45_857, 'ModelSession persistence layer'],
        [30, 45_858, 45_858, 'Session spawn contract (OpenClaw pattern)'],
        [31, 45_859, 45_859, 'Session-scoped capability tokens'],
        [32, 45_860, 45_860, 'Tool calling + structured output adapters'],
        [33, 45_861, 45_861, 'Workspace safety boundaries for parallel writes'],
        [34, 45_862, 45_862, 'Crash recovery / resume'],
        [35, 45_863, 45_863, 'DCC multi-session steering panel'],
        [36, 45_864, 45_864, 'Flight Recorder coverage'],
        [37, 45_865, 45_865, 'Session observability bindings'],
      ],
    );
  });
});

describe('the stubs of the roadmap', () => {
  it('cover 15 items; what a superseded stub pointed at counts only where another points at it', () => {
    const covered = roadmapCover(tree, spec).filter(({ stubs }) => stubs.length > 0);
    expect(
      covered.map(({ item, stubs }) => `${nameOf(item)} ${stubs.map(({ stem }) => stem.slice(5)).join(' ')}`),
    ).toEqual([
      '7.6.3 9 @45635 Dev-Experience-ADRs',
      '7.6.3 18 @45707 Role-Mailbox-v1 Spec-Authoring-Rubric-v1 Spec-Router-Session-Log',
      '7.6.3 23 @45791 Global-Silent-Edit-Guard',
      '7.6.3 25 @45799 Response-Behavior-ANS-001',
      '7.6.3 26 @45834 Loom-MVP-v1',
      '7.6.3 27 @45844 Handshake-Stage-MVP-v1',
      '7.6.3 28 @45856 ModelSession-Core-Scheduler-v1',
      '7.6.3 29 @45857 ModelSession-Core-Scheduler-v1',
      '7.6.3 30 @45858 Session-Spawn-Contract-v1',
      '7.6.3 31 @45859 Session-Scoped-Capabilities-Consent-Gate-v1',
      '7.6.3 32 @45860 Provider-Feature-Coverage-Agentic-Ready-v1',
      '7.6.3 33 @45861 Workspace-Safety-Parallel-Sessions-v1',
      '7.6.3 34 @45862 Session-Crash-Recovery-Checkpointing-v1',
      '7.6.3 36 @45864 Session-Observability-Spans-FR-v1',
      '7.6.3 37 @45865 Session-Observability-Spans-FR-v1',
    ]);
    expect(missingStubs(tree, spec)).toHaveLength(88 - covered.length);
  });

  it('a stub that is planned for any missing item covers it and no other', () => {
    for (const item of missingStubs(tree, spec)) {
      const { unmet, writes } = planStub({
        tree,
        spec,
        wpId: 'WP-1-Planned-Here-v1',
        item: item.number,
        section: item.section,
        title: item.title,
        anchors: ['11.5'],
        template,
        packetFolder: '.GOV/task_packets',
        now: '2026-02-24T00:00:00Z',
      });
      expect(unmet).toEqual([]);
      const [[path, text] = ['', '']] = writes;
      const stub = readStub(decode(path, Buffer.from(text)));
      const cover = roadmapCover({ ...tree, stubs: [stub] }, spec).filter(({ stubs }) => stubs.length > 0);
      expect(cover.map((covered) => nameOf(covered.item))).toEqual([nameOf(item)]);
    }
  });
});

describe('an anchor that is written with file, number and title leads where it led', () => {
  const written = (asked: readonly string[]): { accepted: number; strayed: string[] } => {
    const anchors = asked.map((text) => askedAnchor(spec, text)).filter(({ accepted }) => accepted);
    const told = ({ status, section, paragraph, identifier, fingerprint }: AnchorResult): unknown[] => [
      status,
      section?.id,
      paragraph?.line,
      identifier?.id,
      fingerprint,
    ];
    const strayed = anchors.filter(({ text, result }) => {
      const [line = ''] = candidateLines(spec, [askedAnchor(spec, text)]);
      return JSON.stringify(told(resolveAnchor(spec, line))) !== JSON.stringify(told(result));
    });
    return { accepted: anchors.length, strayed: strayed.map(({ text }) => text) };
  };

  it('of 1922 sections', () => {
    const asked = spec.sections.flatMap(({ number, title }) =>
      number === undefined ? [] : [`${number} ${title}`],
    );
    expect(written(asked)).toEqual({ accepted: 1922, strayed: [] });
  });

  it('of 708 ids', () => {
    expect(written(identifiersOf(spec).map(({ id }) => id))).toEqual({ accepted: 708, strayed: [] });
  });

  it('of 599 ids behind the number of a section that defines them', () => {
    const asked = identifiersOf(spec).flatMap(({ id, definitions }) =>
      definitions.flatMap(({ section }) =>
        section?.number === undefined ? [] : [`${section.number} ${id}`],
      ),
    );
    expect(written(asked)).toEqual({ accepted: 599, strayed: [] });
  });
});
