import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readRefinement, readTree } from '../../tools/artifacts/index.ts';
import { planRefinement, type RefineInput, wpStatus } from '../../tools/gate/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { decode } from '../../tools/text/index.ts';
import { cutLines, indexOf, laidOut } from '../spec/sections/layout.ts';

const root = join(import.meta.dirname, '..', '..');
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

const input = (change: Partial<RefineInput> = {}): RefineInput => ({
  tree,
  spec,
  wpId: WP,
  template,
  specSha1: 'a'.repeat(40),
  now: '2026-02-24T10:00:00Z',
  ...change,
});

describe('planRefinement', () => {
  it('writes one file that its own reader understands', () => {
    const { unmet, writes } = planRefinement(input());
    expect(unmet).toEqual([]);
    expect([...writes.keys()]).toEqual([PATH]);
    const refinement = readRefinement(decode(PATH, Buffer.from(writes.get(PATH)!)));
    expect(refinement.wpId?.value).toBe(WP);
    expect(refinement.specSha1?.value).toBe('a'.repeat(40));
    expect(refinement.reviewStatus?.value).toBe('PENDING');
    expect(refinement.anchors).toHaveLength(5);
  });

  it('is ASCII, has no unfilled name, and cites what the spec says at those lines', () => {
    const text = planRefinement(input()).writes.get(PATH)!;
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
    const text = planRefinement(input({ spec: modules })).writes.get(PATH)!;
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
    const text = planRefinement(input()).writes.get(PATH)!;
    for (const n of [1, 2, 3, 4, 5]) expect(text).toContain(`- FR-EVT-SESS-SPAWN-00${n}: <fill`);
  });

  it('the same input gives the same bytes', () => {
    expect(planRefinement(input()).writes).toEqual(planRefinement(input()).writes);
  });

  it('a scaffold proves nothing: the gate says what is still open', async () => {
    const planned = plannedSnapshot(snapshot, planRefinement(input()).writes);
    const status = wpStatus(await readTree(planned), spec, WP);
    expect([status.stage, status.ready, status.next]).toEqual(['REFINEMENT', false, `complete ${PATH}`]);
    expect(status.items.filter(({ state }) => state === 'PASS').map(({ intent }) => intent)).toEqual([
      'main_body',
    ]);
  });

  it('lists every unmet precondition at once, with its place, and writes nothing', async () => {
    const stub = readFileSync(join(root, STUB), 'utf8')
      .replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED (do not activate)')
      .replace('4.3.9.17 Workspace', '4.3.9.99 Workspace');
    const planned = plannedSnapshot(
      snapshot,
      new Map([
        [STUB, stub],
        [PATH, '# taken\n'],
      ]),
    );
    const { unmet, writes } = planRefinement(input({ tree: await readTree(planned) }));
    expect(writes.size).toBe(0);
    expect(unmet.map(({ place, message }) => [`${place.file}:${place.line}`, message.split(',')[0]])).toEqual(
      [
        [`${STUB}:20`, 'Unexpected status "SUPERSEDED (do not activate)"'],
        [`${STUB}:26`, expect.stringContaining('Unexpected anchor UNRESOLVED')],
        [`${PATH}:1`, `Unexpected second refinement of ${WP}`],
      ],
    );
  });

  it('a work packet without a stub has nothing to refine', () => {
    const { unmet } = planRefinement(input({ wpId: 'WP-1-Nowhere-v1' }));
    expect(unmet.map(({ message }) => message)).toEqual([
      'Unexpected absence of a stub for WP-1-Nowhere-v1, expected one to refine',
    ]);
  });
});
