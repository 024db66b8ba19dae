import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import {
  type Affected,
  type AffectedDocument,
  affectedBy,
  affectedDocuments,
  checkWindow,
  diffOf,
  openLibrary,
  type Pin,
  pinsOf,
  planRebase,
  type RebasePlan,
  type SpecLibrary,
} from '../../tools/gate/index.ts';
import { scan } from '../../tools/markdown/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, parseAnchor, type SpecIndex } from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';

const OLD = 'Handshake_Master_Spec_v02.134.md';
const NEW = 'Handshake_Master_Spec_v02.137.md';
const LOOM = 'WP-1-Loom-MVP-v1';
const MEDIA = 'WP-1-Media-Downloader-v2';

function countBy<T>(items: Iterable<T>, key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

describe('drift of the real tree', () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  let tree: GovTree;
  let pins: Pin[];
  let from: SpecIndex;
  let to: SpecIndex;
  let library: SpecLibrary;
  let documents: AffectedDocument[];
  const of = (kind: Pin['kind']): Pin[] => pins.filter((pin) => pin.kind === kind);

  beforeAll(async () => {
    [tree, from, to] = await Promise.all([
      readTree(snapshot),
      loadSpec(snapshot, { root: corpusRoot, spec: OLD }),
      loadSpec(snapshot, { root: corpusRoot, spec: NEW }),
    ]);
    pins = pinsOf(tree);
    library = await openLibrary(snapshot, corpusRoot, pins, [from, to]);
    documents = affectedDocuments(tree, affectedBy(diffOf(from, to), pins, library));
  });

  describe('what refinements say', () => {
    it('233 anchors, each with its query, window, token and closed excerpt', () => {
      expect(of('refinement')).toHaveLength(233);
      expect(
        of('refinement').filter(
          ({ anchor, window, token, excerpt }) => !(anchor.text && window && token && excerpt),
        ),
      ).toEqual([]);
      const excerpts = tree.refinements.flatMap(({ anchors }) => anchors.map(({ excerpt }) => excerpt!));
      expect(excerpts.filter(({ closed, lines }) => !closed || lines.length === 0)).toEqual([]);
    });

    it('five of them are hidden from a strict reader, in four files', () => {
      const lost = tree.refinements.map(({ stem, file, anchors }) => {
        const seen = scan(file.lines).headings.filter(({ text }) => /^ANCHOR\b/.test(text));
        return [stem, anchors.length - seen.length] as const;
      });
      expect(lost.filter(([, n]) => n !== 0)).toEqual([
        ['WP-1-Operator-Consoles-v3', 1],
        ['WP-1-Spec-Enrichment-LLM-Core-v1', 1],
        ['WP-1-Spec-Enrichment-MT-ContextPack-Defaults-v1', 1],
        ['WP-1-Supply-Chain-MEX-v2', 2],
      ]);
    });

    it('anchor shapes: 209 numbers, 12 lines, 9 of free text, one each of three others', () => {
      const shape = ({ query: { file = '', number, addendum, text }, specLine }: Pin): string => {
        if (specLine !== undefined) return 'FILE:LINE';
        if (addendum) return 'Addendum';
        if (file === '' || number === undefined) return 'free text';
        if (/v\d/.test(number)) return 'N.vNN';
        return number.includes('.') || text.includes(`${number}.`) ? 'FILE N' : 'FILE 6';
      };
      expect(countBy(of('refinement'), shape)).toEqual({
        'FILE N': 209,
        'FILE:LINE': 12,
        'free text': 9,
        'N.vNN': 1,
        Addendum: 1,
        'FILE 6': 1,
      });
      expect(
        of('refinement')
          .map(({ query }) => query.text)
          .filter((text) => text.includes('2.6.6.7.14.6(B)')),
      ).toHaveLength(1);
    });

    it('windows: min 1, median 21, p90 61, max 214 lines', () => {
      const sizes = of('refinement')
        .map(({ window }) => window!.end - window!.start + 1)
        .sort((a, b) => a - b);
      const at = (share: number): number => sizes[Math.floor(sizes.length * share)]!;
      expect([sizes[0], at(0.5), at(0.9), sizes.at(-1)]).toEqual([1, 21, 61, 214]);
    });

    it('every refinement pins a file and the sha1 of its bytes', () => {
      expect(tree.refinements.filter(({ pin }) => !(pin.file && pin.version && pin.sha1))).toEqual([]);
    });
  });

  it('packets: 124 name 211 anchors, 117 the version that they were written against', () => {
    expect([
      tree.packets.filter(({ specAnchors }) => specAnchors.length > 0).length,
      of('packet').length,
      tree.packets.filter(({ pin }) => pin.version !== undefined).length,
    ]).toEqual([124, 211, 117]);
  });

  it('pins: what is at hand is found by its bytes, and nothing else', () => {
    expect(countBy(pins, ({ kind, spec }) => `${kind} ${library.find(spec).state}`)).toEqual({
      'refinement FOUND': 15,
      'refinement SPEC_FILE_ABSENT': 218,
      'packet FOUND': 12,
      'packet NO_SPEC': 32,
      'packet SPEC_FILE_ABSENT': 167,
      'stub FOUND': 47,
      'stub NO_SPEC': 30,
      'stub SPEC_FILE_ABSENT': 106,
    });
  });

  describe('v02.134 → v02.137', () => {
    it('4.3.9.*: the 52 sections that came under it change it', () => {
      const stub = of('stub')[0]!;
      const anchor = { ...stub.anchor, text: `${OLD} 4.3.9.*` };
      const pin = {
        ...stub,
        anchor,
        query: parseAnchor(anchor.text),
        spec: { file: OLD, version: 'v02.134' },
      };
      const [{ change, reason }] = affectedBy(diffOf(from, to), [pin], library) as [Affected];
      expect([change, reason]).toEqual([
        'CHANGED',
        '52 sections came below 4.3.9, the first is 4.3.9.12 ModelSession: First-Class Session Data Model',
      ]);
    });

    it('2 refinements pin v02.134, 56 a spec that is not at hand', () => {
      const refinements = documents.filter(({ kind }) => kind === 'refinement');
      expect(countBy(refinements, ({ change }) => change)).toEqual({ MOVED: 2, SPEC_FILE_ABSENT: 56 });
      expect(
        refinements
          .filter(({ change }) => change === 'MOVED')
          .map(({ wpId, pins: own, signature }) => [wpId, own.length, signature]),
      ).toEqual([
        [
          LOOM,
          6,
          { text: 'ilja220220261648', state: 'KEPT', audit: expect.objectContaining({ version: 'v02.134' }) },
        ],
        [
          MEDIA,
          9,
          {
            text: 'ilja200220260908',
            state: 'UNPROVEN',
            audit: expect.objectContaining({ version: 'v02.134' }),
          },
        ],
      ]);
    });

    it('each of their 15 windows is found where its lines are now', () => {
      const moved = documents.filter(({ kind, change }) => kind === 'refinement' && change === 'MOVED');
      expect(
        moved.flatMap(({ pins: own }) =>
          own.map(({ pin, window }) => [pin.window!.start, window!.start, window!.end - pin.window!.end]),
        ),
      ).toEqual([
        [1254, 1278, 24],
        [2458, 2482, 24],
        [59102, 60069, 967],
        [59173, 60140, 967],
        [59280, 60247, 967],
        [64024, 65080, 1056],
        [61333, 62302, 969],
        [2766, 2790, 24],
        [61476, 62445, 969],
        [59894, 60861, 967],
        [2614, 2638, 24],
        [66035, 67091, 1056],
        [65433, 66489, 1056],
        [22516, 22737, 221],
        [2569, 2593, 24],
      ]);
    });

    // The anchors of the packet are wider than the windows that were signed: two clauses below 10.13 changed, and 11.8
    // never had the title that it is given.
    it('their packets: one moved, one names a chapter of which a part changed', () => {
      const packets = documents.filter(({ kind, wpId }) => kind === 'packet' && [LOOM, MEDIA].includes(wpId));
      expect(
        packets.map(({ wpId, change, signature, pins: own }) => [
          wpId,
          change,
          signature!.state,
          countBy(own, (pin) => pin.change),
        ]),
      ).toEqual([
        [LOOM, 'MOVED', 'KEPT', { MOVED: 6 }],
        [MEDIA, 'CHANGED', 'UNPROVEN', { MOVED: 4, CHANGED: 1, UNRESOLVED: 1 }],
      ]);
    });

    it('the command says the same, and its JSON keeps the schema', () => {
      const args = ['spec', 'diff', 'v02.134', 'v02.137', '--root', corpusRoot];
      const text = gov(corpusRoot, args).out;
      expect(text).toContain('\nAFFECTED 4 documents pin v02.134\n');
      expect(text).toContain(
        '\n  56 refinements, 107 packets, 33 stubs pin specs that are not at hand: SPEC_FILE_ABSENT\n',
      );
      expect(text.split('\n').length).toBeLessThanOrEqual(80);
      const report = specDiffSchema.parse(JSON.parse(gov(corpusRoot, [...args, '--json']).out));
      expect(
        countBy(
          report.affected.filter(({ kind }) => kind === 'refinement'),
          ({ change }) => change,
        ),
      ).toEqual({
        MOVED: 15,
        SPEC_FILE_ABSENT: 218,
      });
      expect(countBy(report.signatures, ({ state }) => state)).toMatchObject({ KEPT: 1 });
    });
  });

  describe('excerpts against the spec that they pin', () => {
    it('13 of 15 hold word for word; two quote a line outside their window', () => {
      const found = of('refinement').flatMap((pin) => {
        const spec = library.find(pin.spec);
        return spec.state === 'FOUND' ? [{ pin, check: checkWindow(spec.spec, pin) }] : [];
      });
      expect(countBy(found, ({ check }) => check.state)).toEqual({ HOLDS: 13, EXCERPT_MISMATCH: 2 });
      expect(
        found.flatMap(({ pin, check }) =>
          check.state === 'HOLDS' ? [] : [[pin.wpId, check.line, check.detail.split('but ')[1]]],
        ),
      ).toEqual([
        [MEDIA, 141, 'at line 61475'],
        [MEDIA, 201, 'at line 66061'],
      ]);
    });

    it('of a refinement that was activated for real all 5 hold in v02.137', async () => {
      const golden = await readTree(worktreeSnapshot(`${corpusRoot}/../golden-activation`), {
        globs: ['refinements/*.md'],
      });
      const own = pinsOf(golden);
      const shelf = await openLibrary(snapshot, corpusRoot, own, [to]);
      expect(own.map((pin) => [shelf.find(pin.spec).state, checkWindow(to, pin).state])).toEqual(
        Array.from({ length: 5 }, () => ['FOUND', 'HOLDS']),
      );
    });
  });

  describe('rebase onto v02.137', () => {
    const planFor = (base: GovTree, on = snapshot): Promise<RebasePlan> =>
      planRebase(on, base, {
        to,
        file: NEW,
        sha1: to.files[0]!.sha1,
        library,
        diffFrom: (spec) => diffOf(spec, to),
      });

    it('nothing is written: what is at hand is validated, and what is open is not at hand', async () => {
      const { documents: all, writes } = await planFor(tree);
      expect(writes).toEqual([]);
      expect(countBy(all, ({ kind, state }) => `${kind} ${state}`)).toEqual({
        'refinement CLOSED': 52,
        'refinement LEFT': 6,
        'stub CLOSED': 32,
        'stub CURRENT': 28,
        'stub LEFT': 20,
      });
      const left = all.flatMap((document) => document.left);
      expect(countBy(left, ({ change }) => change)).toEqual({ SPEC_FILE_ABSENT: left.length });
    });

    it('were they open, the one that quotes its spec would be rebased, and the other left', async () => {
      const board = tree.board!;
      const text = board.file.text.replaceAll('[VALIDATED]', '[IN_PROGRESS]');
      const packets = [LOOM, MEDIA].map((id) => `.GOV/task_packets/${id}.md`);
      const edits = new Map<string, string | undefined>([
        [board.path, text],
        ...packets.map((path) => [path, undefined] as const),
      ]);
      const open = plannedSnapshot(snapshot, edits);
      const { documents: all, writes } = await planFor(await readTree(open), open);
      const state = (id: string) => all.find(({ kind, wpId }) => kind === 'refinement' && wpId === id)!;
      expect([state(LOOM).state, state(LOOM).moved.length, state(LOOM).signature?.state]).toEqual([
        'REBASED',
        6,
        'KEPT',
      ]);
      expect([state(MEDIA).state, state(MEDIA).left.length]).toEqual(['LEFT', 2]);
      const write = writes.find(({ path }) => path.endsWith(`refinements/${LOOM}.md`))!;
      const [before, after] = [write.before.split('\n'), write.after.split('\n')];
      expect(after).toHaveLength(before.length);
      expect(after.filter((line, index) => line !== before[index])).toHaveLength(20);
    });
  });
});
