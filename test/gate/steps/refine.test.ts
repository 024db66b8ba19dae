import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, type Refinement, readRefinement, readTree } from '../../../tools/artifacts/index.ts';
import { runChecks } from '../../../tools/checks/index.ts';
import {
  type By,
  notesOf,
  openDossier,
  openRows,
  planRefine,
  type RefineInput,
  refinementBlock,
  type StepPlan,
  wpStatus,
} from '../../../tools/gate/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../../tools/spec/index.ts';
import { decode } from '../../../tools/text/index.ts';
import { cutLines, indexOf, laidOut } from '../../spec/sections/layout.ts';
import { answered, refusals } from './taken.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const WP = 'WP-1-Session-Spawn-Contract-v1';
const PATH = `.GOV/refinements/${WP}.md`;
const STUB = `.GOV/task_packets/stubs/${WP}.md`;
const template = readFileSync(join(root, 'templates', 'refinement.md'), 'utf8');
const snapshot = worktreeSnapshot(root);

let tree: GovTree;
let spec: SpecIndex;

beforeAll(async () => {
  tree = await readTree(snapshot);
  spec = await loadSpec(snapshot, { root });
});

const INPUT: RefineInput = { template, specSha1: 'a'.repeat(40) };
const BY: By = { actor: 'ilja', role: 'Orchestrator', time: '2026-02-24T10:00:00Z' };

interface Change {
  tree?: GovTree;
  spec?: SpecIndex;
  wpId?: string;
  by?: Partial<By>;
}

const plan = (change: Change = {}): StepPlan =>
  planRefine(
    openDossier(change.tree ?? tree, change.spec ?? spec, change.wpId ?? WP),
    { ...BY, ...change.by },
    INPUT,
  );

/** The tree with these files laid over it. */
const laidOver = async (files: Record<string, string | undefined>): Promise<GovTree> =>
  readTree(plannedSnapshot(snapshot, new Map(Object.entries(files))));

/** The tree as the plan leaves it. */
const left = (planned: StepPlan): Promise<GovTree> => laidOver(Object.fromEntries(planned.writes));

describe('planRefine', () => {
  it('writes a file that its own reader understands, and the entry that says so', () => {
    const { unmet, writes, said } = plan();
    expect([unmet, said]).toEqual([[], [`wrote ${PATH}`]]);
    expect([...writes.keys()]).toEqual([
      expect.stringMatching(new RegExp(`^\\.GOV/ledger/${WP}/0001-refine-[0-9a-f]{16}\\.json$`)),
      PATH,
    ]);
    const refinement = readRefinement(decode(PATH, Buffer.from(writes.get(PATH)!)));
    expect(refinement.wpId?.value).toBe(WP);
    expect(refinement.specSha1?.value).toBe('a'.repeat(40));
    expect(refinement.reviewStatus?.value).toBe('PENDING');
    expect(refinement.anchors).toHaveLength(5);
  });

  it('is ASCII, has no unfilled name, and cites what the spec says at those lines', () => {
    const text = plan().writes.get(PATH)!;
    expect(text).toMatch(/^[\t\n\x20-\x7e]*$/);
    expect(text).not.toMatch(/\{\{/);
    const lines = spec.files[0]!.lines;
    const windows = [
      ...text.matchAll(/CONTEXT_START_LINE: (\d+)\n- CONTEXT_END_LINE: (\d+)\n- CONTEXT_TOKEN: (.+)/g),
    ];
    expect(windows).toHaveLength(5);
    for (const [, from, to, token] of windows) {
      const window = lines.slice(Number(from) - 1, Number(to)).join('\n');
      expect(window).toContain(token);
      expect(Number(to) - Number(from)).toBeLessThan(250);
    }
  });

  it('in a spec of modules, each window is lines of the module that the anchor names', async () => {
    const whole = readFileSync(join(root, '.GOV/spec/Handshake_Master_Spec_v02.137.md'), 'utf8');
    // A module per heading: every cited section goes on in further modules.
    const cuts = cutLines(indexOf(laidOut(whole)), [1, 2, 3, 4, 5, 6]);
    const modules = indexOf(laidOut(whole, { cuts, frontMatter: true }));
    const text = plan({ spec: modules }).writes.get(PATH)!;
    const anchors = [
      ...text.matchAll(
        /SPEC_ANCHOR: (\S+) .+\n- CONTEXT_START_LINE: (\d+)\n- CONTEXT_END_LINE: (\d+)\n- CONTEXT_TOKEN: (.+)/g,
      ),
    ];
    expect(anchors).toHaveLength(5);
    for (const [, name, from, to, token] of anchors) {
      const { lines } = modules.files.find(({ path }) => path.endsWith(`/${name}`))!;
      expect(lines[Number(from) - 1]).toContain(token);
      expect(Number(to)).toBe(lines.length);
    }
    expect(text).toContain(`SPEC_CURRENT.md -> ${modules.source}`);
  });

  it('names the events of the cited sections', () => {
    const text = plan().writes.get(PATH)!;
    for (const n of [1, 2, 3, 4, 5]) expect(text).toContain(`- FR-EVT-SESS-SPAWN-00${n}: <fill`);
  });

  it('the same input gives the same bytes', () => {
    expect(plan().writes).toEqual(plan().writes);
  });

  it('a scaffold proves nothing: the gate says what is still open', async () => {
    const status = wpStatus(await left(plan()), spec, WP);
    expect([status.stage, status.ready, status.next]).toEqual([
      'REFINEMENT',
      false,
      `just approve-refinement ${WP}`,
    ]);
    expect(status.items.filter(({ state }) => state === 'PASS').map(({ intent }) => intent)).toEqual([
      'main_body',
    ]);
  });

  it('the scaffold passes its own checks', async () => {
    const findings = runChecks(await left(plan()), spec).filter(({ severity }) => severity === 'error');
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
  });

  it('carries every note of the stub under an id of its own', async () => {
    const text = plan().writes.get(PATH)!;
    const notes = notesOf(tree.stubs.find(({ stem }) => stem === WP)!);
    expect(notes.length).toBeGreaterThan(5);
    for (const { id } of notes) expect(text).toContain(`- ${id}: CARRY (`);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
  });

  it('lists every unmet precondition at once, with its place, and writes nothing', async () => {
    const stub = readFileSync(join(root, STUB), 'utf8')
      .replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED (do not activate)')
      .replace('4.3.9.17 Workspace', '4.3.9.99 Workspace');
    const superseded = `${WP} is superseded and must not be activated: ${STUB}:20 says "SUPERSEDED (do not activate)"`;
    const refused = plan({ tree: await laidOver({ [STUB]: stub }), by: { role: 'Coder' } });
    expect([refused.writes.size, refused.git, refused.said, refusals(refused)]).toEqual([
      0,
      [],
      [],
      [
        [
          'ROLE_MAY_NOT_WRITE',
          `.GOV/ledger/${WP}:1`,
          'Unexpected role "Coder", expected Orchestrator or Operator: nobody else records "refine"',
        ],
        ['NOT_ACTIVATABLE', `${STUB}:20`, `Unexpected step "refine", expected none: ${superseded}`],
        [
          'ANCHOR_UNRESOLVED',
          `${STUB}:26`,
          'Unexpected anchor UNRESOLVED (no heading has the number 4.3.9.99; renumbered? The title stands at 4.3.9.17 "Workspace Safety Boundaries for Parallel Sessions" (line 989)), expected a section of the main body of v02.137',
        ],
      ],
    ]);
  });

  it.each([
    ['of the roadmap alone', '7.6.3 Phase 1', 'ANCHOR_ROADMAP_ONLY'],
    ['without a number', 'the session chapter', 'ANCHOR_NO_NUMBER'],
  ])('an anchor %s is refused', async (_, anchor, code) => {
    const stub = readFileSync(join(root, STUB), 'utf8').replace(
      /Handshake_Master_Spec\S+ 4\.3\.9\.17 .*/,
      anchor,
    );
    expect(refusals(plan({ tree: await laidOver({ [STUB]: stub }) })).map(([found]) => found)).toEqual([
      code,
    ]);
  });

  it('a work packet without a stub has nothing to refine', () => {
    const wpId = 'WP-1-Nowhere-v1';
    expect(refusals(plan({ wpId }))).toEqual([
      [
        'NO_STUB',
        `.GOV/task_packets/stubs/${wpId}.md:1`,
        `Unexpected absence of a stub for ${wpId}, expected one to refine (gov wp stub ${wpId})`,
      ],
    ]);
  });

  it('without a spec there is nothing to refine from', () => {
    expect(refusals(planRefine(openDossier(tree, undefined, WP), BY, INPUT))).toEqual([
      ['NO_SPEC', `${STUB}:1`, 'Unexpected absence of a Master Spec, expected one to refine from'],
    ]);
  });

  it('a board without a section for the stub is nowhere to record in', async () => {
    const board = '.GOV/roles_shared/TASK_BOARD.md';
    const refused = plan({ tree: await laidOver({ [board]: '# Task Board\n' }) });
    expect([refused.writes.size, refusals(refused)]).toEqual([
      0,
      [
        [
          'NOWHERE_TO_RECORD',
          `${board}:1`,
          'Unexpected no section, expected a section for STUB to record in',
        ],
      ],
    ]);
  });

  it('a refinement that is there is taken on as it is, and recorded twice never', async () => {
    const own = plan().writes.get(PATH)!.replace('- GAPS', '- Gaps');
    const taken = await laidOver({ [PATH]: own });
    const first = plan({ tree: taken });
    expect([...first.writes.keys()]).toEqual([expect.stringMatching(/0001-refine-/)]);
    expect(first.said).toEqual([`took on ${PATH} as it is; nothing of it was changed`]);
    const recorded = await laidOver({ [PATH]: own, ...Object.fromEntries(first.writes) });
    const second = plan({ tree: recorded });
    expect([second.done, second.unmet, second.writes.size]).toEqual([`${PATH} is recorded`, [], 0]);
  });
});

describe('openRows', () => {
  const scaffold = (): Refinement => readRefinement(decode(PATH, Buffer.from(plan().writes.get(PATH)!)));

  it('names each row that a person fills in, once, with what is to stand there', () => {
    const rows = openRows(scaffold());
    const asked = rows.map(({ field, expected }) => `${field}: ${expected}`);
    const events = asked.filter((row) => row.startsWith('FR-EVT-'));
    expect(events.length).toBeGreaterThan(4);
    for (const row of events) expect(row).toMatch(/^FR-EVT-[A-Z0-9-]+: emitted or read, and when$/);
    expect(asked.filter((row) => !events.includes(row))).toEqual([
      'GAPS_IDENTIFIED: what the spec leaves open for this packet, or NONE with a reason',
      'RED_TEAM_ADVISORY: what could go wrong, or be abused',
      'PRIMITIVES: types, records and contracts that the work touches',
      'Appears in Main Body: [x] PASS, or [ ] FAIL',
      'Explicitly named: [x] PASS, or [ ] FAIL',
      'Specific: [x] PASS, or [ ] FAIL',
      'Measurable acceptance criteria: [x] PASS, or [ ] FAIL',
      'No ambiguity: [x] PASS, or [ ] FAIL',
      'CLEARLY_COVERS_VERDICT: PASS or FAIL',
      'CLEARLY_COVERS_REASON: a value',
      'AMBIGUITY_FOUND: YES or NO',
      'AMBIGUITY_REASON: a value, or NONE',
      'ENRICHMENT_NEEDED: YES or NO',
      'REASON_NO_ENRICHMENT: a value',
      'REQUESTOR: who asked for it',
      'RISK_TIER: LOW, MEDIUM or HIGH',
      'IN_SCOPE_PATHS: one exact file a line',
      'TEST_PLAN: a command that shows it',
      'ROLLBACK_HINT: how it is taken back',
      'RISK_MAP: what can fail -> what it breaks',
      'END_TO_END_CLOSURE_PLAN: from the trigger to what a user sees',
    ]);
    const { file } = scaffold();
    for (const { line } of rows) expect(file.lines[line - 1]).toMatch(/<[^<>]|\[ \]/);
  });

  it('one that is answered has none, and the lines of the Operator are never among them', () => {
    const text = answered(plan().writes.get(PATH)!);
    expect(openRows(readRefinement(decode(PATH, Buffer.from(text))))).toEqual([]);
    expect(text).toContain('- USER_SIGNATURE: <pending>');
  });
});

describe('refinementBlock', () => {
  it('is the whole refinement, its excerpts named and not repeated', () => {
    const text = plan().writes.get(PATH)!;
    const refinement = readRefinement(decode(PATH, Buffer.from(text)));
    const block = refinementBlock(refinement);
    expect(block.filter((line) => line.startsWith('  ('))).toEqual(
      refinement.anchors.map(({ excerpt }) => `  (${excerpt!.lines.length} lines, ${PATH}:${excerpt!.line})`),
    );
    expect(block[0]).toBe(`# Technical Refinement: ${WP}`);
    for (const { place } of refinement.anchors)
      expect(block).toContain(refinement.file.lines[place.line - 1]);
    for (const { excerpt } of refinement.anchors)
      for (const line of excerpt!.lines) if (line.trim() !== '') expect(block).not.toContain(`  ${line}`);
  });
});
