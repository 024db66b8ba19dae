import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readStub, readTree, type Stub } from '../../../tools/artifacts/index.ts';
import { runChecks } from '../../../tools/checks/index.ts';
import {
  missingStubs,
  planStub,
  roadmapCover,
  type StubInput,
  type StubPlan,
  suggestWpId,
} from '../../../tools/gate/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import {
  buildIndex,
  loadSpec,
  type RoadmapItem,
  resolveAnchor,
  roadmapItems,
  type SpecIndex,
  specFileOf,
} from '../../../tools/spec/index.ts';
import { decode } from '../../../tools/text/index.ts';
import { treeOf } from '../../artifacts/memory.ts';
import { cutLines, indexOf, laidOut } from '../../spec/sections/layout.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const template = readFileSync(join(root, 'templates', 'stub.md'), 'utf8');
const snapshot = worktreeSnapshot(root);
const SPEC = 'Handshake_Master_Spec_v02.137.md';
const STUBS = '.GOV/task_packets/stubs';
const CRASH = 'WP-1-Crash-Recovery-Resume-v1';

let tree: GovTree;
let spec: SpecIndex;

beforeAll(async () => {
  tree = await readTree(snapshot);
  spec = await loadSpec(snapshot, { root });
});

const planned = (change: Partial<StubInput> = {}): StubPlan =>
  planStub({
    tree,
    spec,
    wpId: CRASH,
    item: 34,
    template,
    packetFolder: '.GOV/task_packets',
    now: '2026-02-24T10:00:00Z',
    ...change,
  });

function read({ writes }: StubPlan): Stub {
  const [[path, text] = ['', '']] = writes;
  return readStub(decode(path, Buffer.from(text)));
}

const text = ({ writes }: StubPlan): string => [...writes.values()].join('');

describe('planStub: what it writes', () => {
  it('one file, whose reader finds what the spec says', () => {
    const plan = planned();
    expect(plan.unmet).toEqual([]);
    expect(plan.leftOut).toEqual([]);
    expect([...plan.writes.keys()]).toEqual([`${STUBS}/${CRASH}.md`]);
    const stub = read(plan);
    expect(stub.title?.text).toBe(CRASH);
    const fields = [
      stub.wpId,
      stub.baseWpId,
      stub.createdAt,
      stub.status,
      stub.specTarget,
      stub.roadmapPointer,
    ];
    expect(fields.map((field) => field?.raw)).toEqual([
      CRASH,
      'WP-1-Crash-Recovery-Resume',
      '2026-02-24T10:00:00Z',
      'STUB (NOT READY FOR DEV)',
      '.GOV/roles_shared/SPEC_CURRENT.md',
      `${SPEC} 7.6.3 (Phase 1) -> item 34 (Crash recovery / resume)`,
    ]);
    expect(stub.candidates.map((candidate) => candidate.text)).toEqual([
      `${SPEC} 4.3.9.19 Session Crash Recovery and Checkpointing (Normative) [ADD v02.137]`,
    ]);
    expect(text(plan)).toContain(
      '- What: Crash recovery / resume: checkpoints, and recovery that can run twice without harm (4.3.9.19).\n- Why: <fill: ',
    );
    expect(stub.checklist?.items.map(({ intent, checked }) => [intent, checked])).toEqual([
      ['main_body', false],
      ['refinement_block', false],
      ['signature', false],
      ['refinement_file', false],
      ['packet', false],
      ['copy_notes', false],
      ['board', false],
    ]);
  });

  it('what nobody can know stays open: why, scope, acceptance, dependencies and risks', () => {
    expect(text(planned()).match(/<fill: [^>]+>/g)).toHaveLength(6);
  });

  it('is ASCII, has no unfilled name, and is the same for the same input', () => {
    for (const item of missingStubs(tree, spec)) {
      const plan = planned({ item: item.number, wpId: suggestWpId(item)!, anchors: ['11.5'] });
      expect(text(plan)).toMatch(/^[\n\x20-\x7e]+$/);
      expect(text(plan)).not.toContain('{{');
    }
    expect(planned()).toEqual(planned());
  });

  it('the rules find nothing in it but its open rows, and that board and registry do not have it yet', async () => {
    const { writes } = planned();
    const after = await readTree(plannedSnapshot(snapshot, writes));
    const before = new Set(runChecks(tree, spec).map((finding) => JSON.stringify(finding)));
    const found = runChecks(after, spec).filter((finding) => !before.has(JSON.stringify(finding)));
    expect(found.map(({ rule, place }) => [rule, place.file])).toEqual([
      ['board/entry-missing', `${STUBS}/${CRASH}.md`],
      ['registry/row-missing', `${STUBS}/${CRASH}.md`],
      ...Array(6).fill(['stub/template-text', `${STUBS}/${CRASH}.md`]),
    ]);
  });

  it('covers its item and no other', async () => {
    for (const item of missingStubs(tree, spec)) {
      const { writes } = planned({ item: item.number, wpId: suggestWpId(item)!, anchors: ['11.5'] });
      const after = await readTree(plannedSnapshot(snapshot, writes));
      const rest = missingStubs(tree, spec).filter(({ number }) => number !== item.number);
      expect(missingStubs(after, spec)).toEqual(rest);
    }
  });

  it('of a spec of modules: the anchor names its module, the pointer the manifest, and both read back', () => {
    const whole = readFileSync(join(root, '.GOV/spec', SPEC), 'utf8');
    const cut = indexOf(laidOut(whole, { cuts: cutLines(indexOf(laidOut(whole)), [1, 2, 3, 4, 5, 6]) }));
    const source = '.GOV/spec/master-spec-v02.137/indexed-spec-manifest.json';
    for (const [modules, file] of [
      [{ ...cut, source }, `${source} `],
      [{ ...cut, source: '07.6-part.md' }, ''],
    ] as const) {
      const plan = planned({ spec: modules });
      const stub = read(plan);
      expect(stub.roadmapPointer?.raw).toBe(`${file}7.6.3 (Phase 1) -> item 34 (Crash recovery / resume)`);
      expect(stub.roadmap?.sections.map(({ number }) => number)).toEqual(['7.6.3']);
      const [anchor] = stub.candidates.map((candidate) => resolveAnchor(modules, candidate.text));
      expect([anchor?.status, anchor?.section?.number]).toEqual(['UNIQUE', '4.3.9.19']);
      expect(anchor?.query.file).toBe(anchor?.section?.file.replace(/^.*\//, ''));
    }
  });

  it('stands where the project keeps its packets, and names that folder', () => {
    const plan = planned({
      packetFolder: 'gov/packets',
      tree: { ...tree, folder: 'gov', pointers: ['gov/NOW.md'] },
    });
    expect([...plan.writes.keys()]).toEqual([`gov/packets/stubs/${CRASH}.md`]);
    expect(text(plan)).toContain('(in `gov/packets/`)');
    expect(text(plan)).toContain('`gov/refinements/');
    expect(text(plan)).not.toContain('`.GOV');
  });
});

describe('planStub: anchors', () => {
  const cases: [item: number, anchors: string[], expected: string[]][] = [
    [
      28,
      [],
      [
        '4.3.9.12 ModelSession: First-Class Session Data Model (Normative) [ADD v02.137]',
        '4.3.9.13 Session Scheduler: Model Calls as Queued Work (Normative) [ADD v02.137]',
      ],
    ],
    [35, ['11.9.1.X'], ['11.9.1.X Session-Scoped Observability Requirements [ADD v02.137]']],
    // The one that the item names already, said in another way.
    [
      34,
      [`${SPEC} 4.3.9.19 Checkpointing`],
      ['4.3.9.19 Session Crash Recovery and Checkpointing (Normative) [ADD v02.137]'],
    ],
    [35, ['INV-SPAWN-002'], ['INV-SPAWN-002 (4.3.9.15.4 Depth and Children Caps)']],
    [35, ['4.3.9.15 INV-SPAWN-002'], ['4.3.9.15 INV-SPAWN-002 (Session Spawn Contract and Lifecycle)']],
    [35, ['4.3.9.15.*'], ['4.3.9.15.* Session Spawn Contract and Lifecycle (Normative) [ADD v02.137]']],
    [
      35,
      ['FR-EVT-SESS-SPAWN-*', 'FR-EVT-SESS-SPAWN-001/002'],
      [
        '4.3.9.15.6 Flight Recorder Events (FR-EVT-SESS-SPAWN-*, FR-EVT-SESS-SPAWN-001, FR-EVT-SESS-SPAWN-002)',
      ],
    ],
    [
      35,
      ['4.3.9.18 + 11.5'],
      [
        '4.3.9.18 Session Observability: ActivitySpan and ModelSessionSpan Binding (Normative) [ADD v02.137]',
        '11.5 Flight Recorder Event Shapes & Retention',
      ],
    ],
  ];
  it.each(cases)('of item %i with %j', (item, anchors, expected) => {
    const plan = planned({ item, anchors });
    expect(plan.unmet).toEqual([]);
    expect(read(plan).candidates.map((candidate) => candidate.text)).toEqual(
      expected.map((line) => `${SPEC} ${line}`),
    );
  });

  it.each(cases)('of item %i with %j lead where they led', (item, anchors, _expected) => {
    const plan = planned({ item, anchors });
    for (const candidate of read(plan).candidates) {
      const { status, flags, section } = resolveAnchor(spec, candidate.text);
      expect([status, section?.container]).toEqual(['UNIQUE', undefined]);
      expect(flags.filter((flag) => flag !== 'WILDCARD' && flag !== 'TIE_BROKEN_BY_PLACE')).toEqual([]);
    }
  });

  it('those of the item that no stub may rest on are left out, and told', async () => {
    const { index, memory } = await small('1. **Work:** on it (1.1, §7.6.3, 9.9.9).');
    const plan = planned({ tree: memory, spec: index, item: 1 });
    expect(plan.unmet).toEqual([]);
    expect(read(plan).candidates.map((candidate) => candidate.text)).toEqual([
      'Acme_Spec_v01.02.md 1.1 Limits',
    ]);
    expect(plan.leftOut.map(({ text: asked, result }) => `${asked} ${result.status}`)).toEqual([
      '7.6.3 ROADMAP',
      '9.9.9 UNRESOLVED',
    ]);
  });

  it('prose and titles that are no ASCII are spelled in it, and nothing in them hides the rest', async () => {
    const { index, memory } = await small('1. **Größe – „weit“ (a [b] item 7):** → `<!--` 会 §1.1');
    const plan = planned({ tree: memory, spec: index, item: 1 });
    const stub = read(plan);
    expect(stub.roadmapPointer?.raw).toBe(
      'Acme_Spec_v01.02.md 7.6.3 (Phase 1) -> item 1 (Grosse - "weit" / a / b item 7)',
    );
    expect(stub.roadmap?.items.map(({ from, to }) => [from, to])).toEqual([[1, 1]]);
    expect(text(plan)).toContain('-> `<! --` \\u4F1A section 1.1\n');
    expect(stub.checklist?.items).toHaveLength(7);
  });
});

/** A spec whose roadmap says this, and a tree without work packets. */
async function small(...lines: string[]): Promise<{ index: SpecIndex; memory: GovTree }> {
  const name = 'Acme_Spec_v01.02.md';
  const body = `# 1. Law\n## 1.1 Limits\n### 1.1.1 Depth\n### 1.1.2 Width\n# 7. Work\n## 7.6 Development Roadmap\n### 7.6.3 Phase 1 - Core\n${lines.join('\n')}\n`;
  return { index: buildIndex(name, [specFileOf(name, Buffer.from(body))]), memory: await treeOf({}) };
}

describe('planStub: what speaks against it', () => {
  const messages = (plan: StubPlan): string[] => {
    expect(plan.writes.size).toBe(0);
    for (const { rule, severity, args } of plan.unmet) {
      expect([rule, severity, args.step]).toEqual(['wp/refused', 'error', 'stub']);
    }
    return plan.unmet.map(
      ({ place, args, message }) => `${place.file}:${place.line} ${args.code} ${message}`,
    );
  };
  const OWN_SPEC = `.GOV/spec/${SPEC}`;

  it('everything at once, each with its place', () => {
    const plan = planned({
      wpId: 'WP-1-Session-Spawn-Contract-v1',
      item: 30,
      anchors: ['7.6.3', '4.3.9.99'],
    });
    expect(messages(plan)).toEqual([
      `${STUBS}/WP-1-Session-Spawn-Contract-v1.md:1 ID_TAKEN Unexpected stub of WP-1-Session-Spawn-Contract-v1, expected none: ${STUBS}/WP-1-Session-Spawn-Contract-v1.md exists and is not overwritten`,
      `${STUBS}/WP-1-Session-Spawn-Contract-v1.md:22 ITEM_COVERED Unexpected second stub for 7.6.3 item 30 (Session spawn contract (OpenClaw pattern)), expected one: WP-1-Session-Spawn-Contract-v1 points at it`,
      `${OWN_SPEC}:1384 ANCHOR_REFUSED Unexpected anchor "7.6.3" ROADMAP (it stands in the roadmap), expected one of the main body of v02.137`,
      expect.stringMatching(
        /^\.GOV\/spec\/\S+:1388 ANCHOR_REFUSED Unexpected anchor "4\.3\.9\.99" UNRESOLVED \(no heading has the number 4\.3\.9\.99/,
      ),
    ]);
  });

  const ids: [wpId: string, expected: string[]][] = [
    ['WP-1-../../x', [`${STUBS}:1 ID_MALFORMED Unexpected id "WP-1-../../x", expected WP-<phase>-<Name>-v1`]],
    ['', [`${STUBS}:1 ID_MALFORMED Unexpected id "", expected WP-<phase>-<Name>-v1`]],
    [
      'WP-1-New',
      [
        `${STUBS}/WP-1-New.md:1 REVISION_MISSING Unexpected id WP-1-New without a revision, expected WP-1-New-v1`,
      ],
    ],
    [
      'WP-1-New-v2',
      [
        `${STUBS}/WP-1-New-v2.md:1 REVISION_NOT_FIRST Unexpected id WP-1-New-v2 although WP-1-New has no other revision, expected WP-1-New-v1`,
      ],
    ],
    [
      'WP-1-Session-Spawn-Contract-v2',
      [
        `${STUBS}/WP-1-Session-Spawn-Contract-v1.md:1 REVISION_EXISTS Unexpected second work packet of WP-1-Session-Spawn-Contract, expected a revision of WP-1-Session-Spawn-Contract-v1: gov wp revise WP-1-Session-Spawn-Contract-v1`,
      ],
    ],
    [
      'WP-1-session-spawn-contract-v1',
      [
        `${STUBS}/WP-1-Session-Spawn-Contract-v1.md:1 PATH_TAKEN Unexpected file at ${STUBS}/WP-1-Session-Spawn-Contract-v1.md, expected none`,
      ],
    ],
    ['WP-KERNEL-002-Base-v1', []],
    ['WP-1-MEX-v1.2-Runtime-v1', []],
  ];
  it.each(ids)('id %j', (wpId, expected) => {
    expect(planned({ wpId }).unmet.length === 0 ? [] : messages(planned({ wpId }))).toEqual(expected);
  });

  const documents: [path: string, content: string | Uint8Array, code: string][] = [
    [`.GOV/refinements/${CRASH}.md`, `### METADATA\n- WP_ID: ${CRASH}\n`, 'ID_TAKEN'],
    [`.GOV/task_packets/${CRASH}.md`, `# Task Packet: ${CRASH}\n`, 'ID_TAKEN'],
    [`${STUBS}/${CRASH}.md`, 'Notes.\n', 'ID_TAKEN'],
    [`${STUBS}/${CRASH}.md`, new Uint8Array([0xff]), 'PATH_UNREADABLE'],
    ['.GOV/refinements/WP-1-Crash-Recovery-Resume-v3.md', '### METADATA\n', 'REVISION_EXISTS'],
    ['.GOV/task_packets/WP-1-Crash-Recovery-Resume.md', '# Task Packet\n', 'REVISION_EXISTS'],
  ];
  it.each(documents)('%s is there', async (path, content, code) => {
    const memory = await treeOf({ [path]: content });
    const { unmet, writes } = planned({ tree: memory });
    expect(unmet.map(({ place, args }) => [place.file, args.code])).toEqual([[path, code]]);
    expect(writes.size).toBe(0);
  });

  const items: [change: Partial<StubInput>, expected: string][] = [
    [
      { item: 99 },
      `${OWN_SPEC}:1363 ITEM_UNKNOWN Unexpected item 99, expected one of the roadmap; nearest: 7.6.3 item 37 (Session observability bindings), 7.6.3 item 36 (Flight Recorder coverage), 7.6.3 item 35 (DCC multi-session steering panel)`,
    ],
    [
      { item: 27, section: '7.6.3' },
      `${OWN_SPEC}:1384 ITEM_UNKNOWN Unexpected item 27, expected one of the roadmap; nearest: 7.6.3 item 28 (Multi-Session Orchestration: ModelSession + Scheduler), 7.6.3 item 29 (ModelSession persistence layer), 7.6.3 item 30 (Session spawn contract (OpenClaw pattern))`,
    ],
    [
      { section: '7.6.4' },
      `${OWN_SPEC}:1363 SECTION_UNKNOWN Unexpected section "7.6.4", expected one that has roadmap items: 7.6.3`,
    ],
    [
      { title: 'spawn' },
      `${OWN_SPEC}:1392 TITLE_UNKNOWN Unexpected title "spawn", expected words of 7.6.3 item 34 (Crash recovery / resume)`,
    ],
    [
      { item: 35 },
      `${OWN_SPEC}:1393 ANCHOR_MISSING Unexpected 7.6.3 item 35 (DCC multi-session steering panel) that names no anchor, expected at least one beside it: a section of v02.137`,
    ],
    [
      { item: 36, wpId: 'WP-1-Coverage-v1' },
      `${STUBS}/WP-1-Session-Observability-Spans-FR-v1.md:22 ITEM_COVERED Unexpected second stub for 7.6.3 item 36 (Flight Recorder coverage), expected one: WP-1-Session-Observability-Spans-FR-v1 points at it`,
    ],
  ];
  it.each(items)('%j', (change, expected) => {
    expect(messages(planned(change))).toEqual([expected]);
  });

  it('a number that two lists have wants section or title', async () => {
    const { index, memory } = await small(
      '1. **Alpha work** (1.1.1)',
      '',
      'Then:',
      '',
      '1. **Beta work** (1.1.2)',
      '### 7.6.4 Phase 2',
      '1. **Gamma work** (1.1.2)',
    );
    const plan = (change: Partial<StubInput>): StubPlan =>
      planned({ tree: memory, spec: index, item: 1, ...change });
    expect(messages(plan({}))).toEqual([
      'Acme_Spec_v01.02.md:8 ITEM_AMBIGUOUS Unexpected item 1, which is 3 items, expected its section or words of its title: 7.6.3 item 1 (Alpha work), 7.6.3 item 1 (Beta work), 7.6.4 item 1 (Gamma work)',
    ]);
    expect(messages(plan({ section: '7.6.3' }))[0]).toContain('which is 2 items');
    expect(read(plan({ section: '7.6.3', title: 'beta' })).roadmapPointer?.raw).toBe(
      'Acme_Spec_v01.02.md 7.6.3 (Phase 1) -> item 1 (Beta work)',
    );
    expect(read(plan({ section: '7.6.4' })).roadmapPointer?.note).toBe('Gamma work');
  });

  const anchors: [text: string, status: string][] = [
    ['the spawn rules', 'NO_NUMBER'],
    ['FR-EVT-NONE-001', 'UNRESOLVED'],
    ['4.3.9.15 Crash Recovery', 'TITLE_MISMATCH'],
    ['4.3.9.19 + 7.6.3', 'ROADMAP'],
    ['4.3.9.15\n- STUB_STATUS: ACTIVATED', 'TITLE_MISMATCH'],
  ];
  it.each(anchors)('anchor %j is %s', (asked, status) => {
    const { unmet, writes } = planned({ anchors: [asked] });
    expect(unmet.map(({ message, args }) => [args.code, message.split(' (')[0]])).toEqual([
      ['ANCHOR_REFUSED', `Unexpected anchor ${JSON.stringify(asked)} ${status}`],
    ]);
    expect(writes.size).toBe(0);
  });

  it('a roadmap without items', async () => {
    const { index, memory } = await small('Prose.');
    expect(messages(planned({ tree: memory, spec: index }))).toEqual([
      'Acme_Spec_v01.02.md:6 ROADMAP_EMPTY Unexpected roadmap without numbered items in v01.02, expected item 34',
    ]);
  });
});

describe('missingStubs', () => {
  it('of the own tree: all but 30, 36 and 37', () => {
    expect(missingStubs(tree, spec).map(({ number }) => number)).toEqual([28, 29, 31, 32, 33, 34, 35]);
  });

  const POINTED = [
    '17. **Photo Studio skeleton** (1.1)',
    '18. **Spec Router and session log (MVP)**',
    '',
    'Then:',
    '',
    '18. **Retrieval Correctness - Phase 1 part**',
    '19. **Lens**',
    '### 7.6.4 Phase 2',
    '18. **Mail ingestion**',
  ];
  const cases: [pointer: string, status: string, covered: string[]][] = [
    ['F_v01.md 7.6.3 (Phase 1) -> item 17', 'STUB', ['7.6.3 Photo Studio skeleton']],
    ['7.6.3 item 18 (Retrieval)', 'STUB', ['7.6.3 Retrieval Correctness - Phase 1 part']],
    ['7.6.3 item 18 ([ADD v02.101] Spec Router)', 'STUB', ['7.6.3 Spec Router and session log (MVP)']],
    [
      '7.6.3 item 18',
      'STUB',
      ['7.6.3 Spec Router and session log (MVP)', '7.6.3 Retrieval Correctness - Phase 1 part'],
    ],
    ['7.6.3 (Phase 1) -> item 18 (Spec Router)', 'STUB', ['7.6.3 Spec Router and session log (MVP)']],
    ['7.6.3 items 17 and 19', 'STUB', ['7.6.3 Photo Studio skeleton', '7.6.3 Lens']],
    ['7.6.4 item 18', 'STUB', ['7.6.4 Mail ingestion']],
    ['7.6.3-7.6.4 item 18 (Mail)', 'STUB', ['7.6.4 Mail ingestion']],
    ['item 19', 'STUB', ['7.6.3 Lens']],
    [
      '7.6.3 (Phase 1) -> Spec Router + session log (MVP); more',
      'STUB',
      ['7.6.3 Spec Router and session log (MVP)'],
    ],
    ['7.6.3 (Phase 1) -> Lens', 'STUB', []],
    ['7.6.3 (Phase 1) -> session log of the Spec Router', 'STUB', []],
    ['1.1 -> item 17', 'STUB', []],
    ['N/A (item 17)', 'STUB', []],
    ['7.6.3 item 17', 'SUPERSEDED (split)', []],
    ['7.6.3 item 17', 'ACTIVATED_TO_PACKET', ['7.6.3 Photo Studio skeleton']],
    ['7.6.3 item 17', 'whatever', ['7.6.3 Photo Studio skeleton']],
  ];
  it.each(cases)('a stub that points at %j and is %s', async (pointer, status, covered) => {
    const { index } = await small(...POINTED);
    const stub = `# Work Packet Stub: WP-1-A-v1\n## STUB_METADATA\n- STUB_STATUS: ${status}\n- ROADMAP_POINTER: ${pointer}\n`;
    const cover = roadmapCover(await treeOf({ [`${STUBS}/WP-1-A-v1.md`]: stub }), index);
    expect(
      cover.flatMap(({ item, stubs }) => (stubs.length > 0 ? [`${item.section} ${item.title}`] : [])),
    ).toEqual(covered);
  });
});

describe('suggestWpId', () => {
  const cases: [title: string, expected: string | undefined][] = [
    ['Session spawn contract (OpenClaw pattern)', 'WP-1-Session-Spawn-Contract-v1'],
    ['Crash recovery / resume', 'WP-1-Crash-Recovery-Resume-v1'],
    ['DCC multi-session steering panel', 'WP-1-DCC-Multi-Session-Steering-Panel-v1'],
    ['Workspace safety [draft] for the writes', 'WP-1-Workspace-Safety-Writes-v1'],
    ['`ModelSession` – Größe v1.2', 'WP-1-ModelSession-Grosse-V1-2-v1'],
    ['会 Übersicht', 'WP-1-Ubersicht-v1'],
    ['会', undefined],
    ['(all of it)', undefined],
    ['x'.repeat(200), `WP-1-X${'x'.repeat(59)}-v1`],
    ['long '.repeat(40), `WP-1-${Array(12).fill('Long').join('-')}-v1`],
  ];
  it.each(cases)('%j', (title, expected) => {
    const [item] = roadmapItems(spec);
    expect(suggestWpId({ ...item!, title })).toBe(expected);
  });

  it('a section without a phase gives no id', () => {
    const { phase: _, ...item } = roadmapItems(spec)[0]!;
    expect(suggestWpId(item satisfies RoadmapItem)).toBeUndefined();
  });
});
