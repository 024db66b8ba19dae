import { beforeAll, describe, expect, it } from 'vitest';
import {
  boardState,
  type Checklist,
  entriesOf,
  type GovTree,
  type Intent,
  latestReport,
  packetState,
  readTree,
  type Stub,
} from '../../tools/artifacts/index.ts';
import type { Field } from '../../tools/markdown/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { repairText } from '../../tools/text/index.ts';
import { corpusRoot } from '../support/corpus.ts';

/** The statistics of governance-grammar 3.1 to 3.3 for the moment of the corpus, as the readers count them. */
let tree: GovTree;
beforeAll(async () => {
  tree = await readTree(worktreeSnapshot(corpusRoot));
});

function countBy<T>(items: Iterable<T>, key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

const family = (name: Stub['family']): Stub[] => tree.stubs.filter((stub) => stub.family === name);
const keyOf = ({ key, qualifier }: Field): string =>
  qualifier === undefined ? key : `${key} (${qualifier})`;
/** The first shape that matches: they are tried in order. */
const shapeOf = (text: string, shapes: readonly (readonly [string, RegExp])[]): string =>
  shapes.find(([, form]) => form.test(text))?.[0] ?? 'free text';

const FILE = String.raw`^Handshake_Master_Spec_v[\d.]+\.md`;
const CANDIDATES = [
  ['FILE Addendum: N title', new RegExp(`${FILE} Addendum: \\d`)],
  ['FILE §N', new RegExp(`${FILE} \u00c2\u00a7\\d`)],
  ['FILE:N (note)', new RegExp(`${FILE}:\\d`)],
  ['FILE:free text', new RegExp(`${FILE}:`)],
  ['FILE N.vNN', new RegExp(`${FILE} [\\d.]+\\.v\\d`)],
  ['FILE N.*', new RegExp(`${FILE} [\\d.]+\\.\\*`)],
  ['FILE N.X', new RegExp(`${FILE} [\\d.]+\\.X\\b`)],
  ['FILE N.LETTER', new RegExp(`${FILE} [\\d.]+\\.[A-Z]\\b`)],
  ['FILE N title', new RegExp(`${FILE} \\d+(?:\\.\\d+)`)],
  ['FILE free text', new RegExp(FILE)],
  ['A§N title', /^A\u00c2\u00a7\d/],
  ['N title', /^\d+(?:\.\d+)+ /],
] as const;
const ANCHORS = [
  ['FILE:INT', new RegExp(`${FILE}:\\d+(?![.\\d])`)],
  ['Addendum', new RegExp(`${FILE} Addendum`)],
  ['N.vNN', new RegExp(`${FILE} [\\d.]+\\.v\\d`)],
  ['6', new RegExp(`${FILE} \\d+(?![.\\w])`)],
  ['FILE N', new RegExp(`${FILE} \\S?\\d+\\.`)],
] as const;

describe('stubs', () => {
  it('families 39 and 41, 33 with the template for a first heading, 9 sequences of headings', () => {
    expect([family('M').length, family('L').length]).toEqual([39, 41]);
    const heads = tree.stubs.map(({ sections, stem }) =>
      sections.map(({ level, title }) => `${level} ${title.replaceAll(stem, 'WP')}`).join('|'),
    );
    expect(heads.filter((each) => each.startsWith('1 TASK_PACKET_STUB_TEMPLATE'))).toHaveLength(33);
    expect(new Set(heads).size).toBe(9);
  });

  it('keys of family M, in 4 orders of which one has 32 stubs', () => {
    // Status lines above the metadata are of family L.
    const keys = family('M').map(({ fields }) => fields.map(keyOf));
    expect(countBy(keys.flat(), (key) => key)).toEqual({
      WP_ID: 39,
      CREATED_AT: 39,
      STUB_STATUS: 39,
      SPEC_TARGET: 39,
      'SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap)': 39,
      ROADMAP_POINTER: 36,
      BASE_WP_ID: 35,
      'ROADMAP_POINTER (non-authoritative)': 3,
      NOTES: 1,
    });
    expect(Object.values(countBy(keys, (each) => each.join())).sort()).toEqual([1, 3, 3, 32]);
  });

  it('keys of family L', () => {
    expect(
      countBy(
        family('L').flatMap(({ fields }) => fields.map(keyOf)),
        (key) => key,
      ),
    ).toEqual({
      Status: 41,
      WP_ID: 41,
      BASE_WP_ID: 41,
      Created: 41,
      SPEC_TARGET: 41,
      SPEC_ANCHOR_CANDIDATE: 5,
      ROADMAP_SOURCE: 2,
      SPEC_ORIGIN_VERSION: 1,
    });
  });

  it('statuses', () => {
    expect(countBy(tree.stubs, (stub) => `${stub.family} ${stub.status!.raw}`)).toEqual({
      'M STUB (NOT READY FOR DEV)': 38,
      'M SUPERSEDED (ARCHIVED; split into smaller stubs; do not activate)': 1,
      'L STUB (Not Activated)': 41,
    });
  });

  it('forms of CREATED_AT and of SPEC_TARGET, and the versions that it names', () => {
    expect(countBy(tree.stubs, ({ createdAt }) => createdAt!.value.replace(/\d/g, '0'))).toEqual({
      '0000-00-00': 48,
      '0000-00-00T00:00:00Z': 32,
    });
    const form = ({ specTarget, pin }: Stub): string =>
      `${specTarget!.value} ${specTarget!.note?.replace(pin.file?.text ?? '', 'FILE') ?? ''}`.trim();
    expect(countBy(tree.stubs, form)).toEqual({
      '.GOV/roles_shared/SPEC_CURRENT.md': 39,
      '.GOV/roles_shared/SPEC_CURRENT.md currently FILE': 36,
      '.GOV/roles_shared/SPEC_CURRENT.md FILE': 5,
    });
    expect(tree.stubs.filter(({ pin }) => pin.version !== undefined)).toHaveLength(41);
  });

  it('BOM 61, not ASCII 68, double encoding 13, no CRLF, no final line end missing', () => {
    const files = tree.stubs.map(({ file }) => file);
    const doubled = files.filter(({ lines }) => repairText(lines).repaired.length > 0);
    expect({
      bom: files.filter(({ bom }) => bom).length,
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
      notAscii: files.filter(({ bom, text }) => bom || /[^\x00-\x7f]/.test(text)).length,
      doubled: doubled.length,
      crlf: files.filter(({ eol }) => eol !== '\n').length,
      open: files.filter(({ text }) => !text.endsWith('\n')).length,
    }).toEqual({ bom: 61, notAscii: 68, doubled: 13, crlf: 0, open: 0 });
  });

  it('30 have a packet of the same id', () => {
    const packets = new Set(tree.packets.map(({ stem }) => stem));
    expect(tree.stubs.filter(({ stem }) => packets.has(stem))).toHaveLength(30);
  });

  it('checklists: the texts of each intent, and how many items have them', () => {
    const texts = (intent: Intent): Record<string, number> =>
      countBy(
        family('M').flatMap(({ checklist, stem }) =>
          (checklist as Checklist).items
            .filter((item) => item.intent === intent)
            .map(({ text }) => text.replaceAll(stem, '{WP}')),
        ),
        (text) => text,
      );
    const main = 'Confirm the requirement exists in Master Spec Main Body (not just Roadmap)';
    const per = '(per `.GOV/roles/orchestrator/ORCHESTRATOR_PROTOCOL.md`).';
    const create = 'task packet via `just create-task-packet {WP}` (in `.GOV/task_packets/`).';
    expect(texts('main_body')).toEqual({
      [`${main}.`]: 30,
      'Confirm anchor sections exist in Master Spec Main Body (not just Roadmap).': 3,
      'Confirm authoritative SPEC_ANCHOR set (Main Body sections above; not Roadmap).': 2,
      'Confirm authoritative SPEC_ANCHOR set (Main Body sections above; not just Roadmap).': 1,
      'Confirm authoritative SPEC_ANCHOR (Main Body) or run spec enrichment workflow if needed.': 1,
      [`${main}, or explicitly treat as an Operator-scoped product addition.`]: 1,
      'Confirm Loom + ASR + tagging requirements are satisfied by referenced Master Spec sections.': 1,
    });
    expect(texts('refinement_block')).toEqual({
      [`Produce the in-chat Technical Refinement Block ${per}`]: 35,
      [`Produce in-chat Technical Refinement Block ${per}`]: 4,
    });
    expect(texts('signature')).toEqual({ 'Obtain USER_SIGNATURE for the WP.': 39 });
    expect(texts('refinement_file')).toEqual({
      'Create `.GOV/refinements/{WP}.md` (approved/signed).': 38,
      'Create `.GOV/refinements/{WP}.md` (approved/signed). (Keep filename; do not rename.)': 1,
    });
    expect(texts('packet')).toEqual({
      [`Create the official ${create}`]: 35,
      [`Create official ${create}`]: 4,
    });
    expect(texts('copy_notes')).toEqual({
      'Copy relevant scope/acceptance notes from this stub into the official packet.': 30,
    });
    expect(Object.values(texts('board'))).toEqual([35, 4]);
    expect(texts('other')).toEqual({});
  });

  it('183 anchor candidates in 49 stubs, by shape and by the version that they name', () => {
    const candidates = tree.stubs.flatMap((stub) => stub.candidates.map(({ text }) => text));
    expect(tree.stubs.filter((stub) => stub.candidates.length > 0)).toHaveLength(49);
    expect(countBy(candidates, (text) => shapeOf(text, CANDIDATES))).toEqual({
      'FILE N title': 123,
      'N title': 19,
      'A§N title': 9,
      'FILE Addendum: N title': 8,
      'FILE §N': 5,
      'FILE:N (note)': 5,
      'FILE free text': 4,
      'FILE N.LETTER': 3,
      'FILE N.X': 2,
      'FILE N.*': 1,
      'FILE N.vNN': 1,
      'FILE:free text': 1,
      'free text': 2,
    });
    expect(countBy(candidates, (text) => /_v02(\.\d+)\.md/.exec(text)?.[1] ?? 'none')).toEqual({
      '.137': 47,
      none: 30,
      '.123': 19,
      '.120': 16,
      '.131': 16,
      '.133': 13,
      '.101': 10,
      '.122': 9,
      '.121': 6,
      '.115': 5,
      '.102': 4,
      '.107': 3,
      '.113': 3,
      '.109': 2,
    });
  });

  it('roadmap pointers: 14 name items, 4 are free text or point nowhere in it, one is a range of sections', () => {
    const pointers = tree.stubs.flatMap(({ roadmap }) => (roadmap === undefined ? [] : [roadmap]));
    expect(pointers).toHaveLength(41);
    expect(pointers.filter(({ applies }) => !applies)).toHaveLength(2);
    expect(pointers.filter(({ sections, applies }) => applies && sections.length === 0)).toHaveLength(3);
    expect(
      pointers.flatMap(({ items }) =>
        items.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)),
      ),
    ).toEqual('9 23 28-29 28-37 32 25 34 36-37 31 30 18 33'.split(' '));
    expect(pointers.flatMap(({ sections }) => sections.filter(({ to }) => to !== undefined))).toMatchObject([
      { number: '7.5.4.8', to: '7.5.4.9' },
    ]);
  });
});

describe('refinements', () => {
  it('58, of which 38 begin with a BOM and 50 quote an approval', () => {
    const { refinements } = tree;
    expect([
      refinements.length,
      refinements.filter(({ file }) => file.bom).length,
      refinements.filter(({ approvalEvidence }) => approvalEvidence !== undefined).length,
    ]).toEqual([58, 38, 50]);
    expect(countBy(refinements, ({ reviewStatus }) => reviewStatus!.value)).toEqual({
      APPROVED: 57,
      PENDING: 1,
    });
    expect(countBy(refinements, ({ verdict }) => verdict!.value)).toEqual({ PASS: 52, FAIL: 6 });
  });

  it('233 anchors; a strict reader loses five in the fences of excerpts, in four files', () => {
    const anchors = tree.refinements.flatMap((refinement) =>
      refinement.anchors.map((anchor) => ({ stem: refinement.stem, ...anchor })),
    );
    expect(anchors).toHaveLength(233);
    expect(
      countBy(
        anchors.filter(({ hidden }) => hidden),
        ({ stem }) => stem,
      ),
    ).toEqual({
      'WP-1-Operator-Consoles-v3': 1,
      'WP-1-Spec-Enrichment-LLM-Core-v1': 1,
      'WP-1-Spec-Enrichment-MT-ContextPack-Defaults-v1': 1,
      'WP-1-Supply-Chain-MEX-v2': 2,
    });
  });

  it('shapes of SPEC_ANCHOR; a whole number behind the file is a line', () => {
    const anchors = tree.refinements.flatMap((refinement) => refinement.anchors);
    expect(countBy(anchors, ({ anchor }) => shapeOf(anchor!.raw, ANCHORS))).toEqual({
      'FILE N': 209,
      'FILE:INT': 12,
      'free text': 9,
      'N.vNN': 1,
      Addendum: 1,
      '6': 1,
    });
    expect(anchors.flatMap(({ specLine }) => specLine ?? [])).toEqual([
      35191, 35261, 35373, 41809, 46286, 6708, 46633, 46642, 46647, 46764, 49552, 47024,
    ]);
  });

  it('windows of 1 to 214 lines, median 21, nine tenths within 61', () => {
    const lengths = tree.refinements
      .flatMap((refinement) => refinement.anchors.map(({ window }) => window!.end - window!.start + 1))
      .sort((a, b) => a - b);
    expect([lengths.length, lengths[0], lengths[116], lengths[209], lengths.at(-1)]).toEqual([
      233, 1, 21, 61, 214,
    ]);
  });
});

describe('packets', () => {
  it('137, of which 122 begin with a BOM and 18 name a format version', () => {
    const { packets } = tree;
    expect([
      packets.length,
      packets.filter(({ file }) => file.bom).length,
      packets.filter(({ formatVersion }) => formatVersion !== undefined).length,
    ]).toEqual([137, 122, 18]);
  });

  it('titles and headings of the metadata', () => {
    const title = ({ file, title: own }: GovTree['packets'][number]): string =>
      file.lines[own!.place.line - 1]!.replace(own!.text, 'WP');
    expect(countBy(tree.packets, title)).toEqual({
      '# Task Packet: WP': 130,
      '# Work Packet: WP': 5,
      '# Task Packet: WP (Remediation)': 2,
    });
    expect(countBy(tree.packets, ({ metadata }) => metadata?.title ?? 'none')).toEqual({
      Metadata: 77,
      METADATA: 57,
      none: 3,
    });
  });

  // governance-grammar 3.3 counts 74, 43, 12 and 1. Its 43 are the lines that say `- STATUS: Ready for Dev`; nine
  // more say something else in the same form. 7 packets without a status are right, and all 137 are accounted for.
  it('forms of the status', () => {
    const form = ({ file, status }: GovTree['packets'][number]): string =>
      status === undefined
        ? 'none'
        : file.lines[status.keyPlace.line - 1]!.slice(0, status.place.column - 1)
            .trim()
            .toLowerCase()
            .replace('**:', ':**');
    expect(countBy(tree.packets, form)).toEqual({
      '- **status:**': 72,
      '- status:': 52,
      '**status:**': 6,
      none: 7,
    });
  });

  it('states; one packet says more than a word', () => {
    expect(countBy(tree.packets, packetState)).toEqual({
      READY_FOR_DEV: 59,
      DONE: 53,
      IN_PROGRESS: 13,
      VALIDATED: 4,
      UNKNOWN: 8,
    });
    const odd = tree.packets.filter((packet) => packet.status && packetState(packet) === 'UNKNOWN');
    expect(odd.map(({ status }) => status!.raw)).toEqual(['??? FULLY VALIDATED & FUNCTIONAL']);
  });

  it('against the board: 12 and 1 VALIDATED, 41 SUPERSEDED that say otherwise; 19 are not on it', () => {
    const said = tree.packets.flatMap((packet) =>
      entriesOf(tree.board!, packet.stem).map((entry) => `${boardState(entry)} ${packetState(packet)}`),
    );
    const counts = countBy(said, (each) => each);
    expect([
      counts['VALIDATED IN_PROGRESS'],
      counts['VALIDATED READY_FOR_DEV'],
      counts['SUPERSEDED READY_FOR_DEV'],
      tree.packets.filter(({ stem }) => entriesOf(tree.board!, stem).length === 0).length,
    ]).toEqual([12, 1, 41, 19]);
  });

  it('13 of the 18 with a format version have no SKELETON APPROVED', () => {
    const modern = tree.packets.filter(({ formatVersion }) => formatVersion !== undefined);
    expect(modern.filter(({ skeletonApprovals }) => skeletonApprovals.length === 0)).toHaveLength(13);
  });

  it('manifest blocks, waivers, reports and their latest verdicts', () => {
    const blocks = tree.packets.flatMap(({ manifest }) => manifest);
    const waivers = tree.packets.flatMap((packet) => packet.waivers);
    expect([blocks.length, tree.packets.filter(({ manifest }) => manifest.length > 0).length]).toEqual([
      502, 67,
    ]);
    expect([waivers.length, tree.packets.filter((packet) => packet.waivers.length > 0).length]).toEqual([
      35, 21,
    ]);
    expect(countBy(tree.packets, ({ reports }) => latestReport(reports)?.verdict ?? 'none')).toEqual({
      FAIL: 64,
      PASS: 64,
      none: 9,
    });
  });
});

describe('records', () => {
  it('board: sections in order, no entry in details', () => {
    expect(tree.board!.sections.map(({ title }) => title.replace(/ [[(].*/, ''))).toEqual([
      'Spec Authority Rule',
      'Active',
      'Ready for Dev',
      'Stub Backlog',
      'In Progress',
      'Done',
      'Blocked',
      'Superseded',
    ]);
    expect(tree.board!.entries.filter(({ detail }) => detail !== '')).toEqual([]);
  });

  it('registry: parts of the notes, and every board cell in a section and an id', () => {
    expect(
      countBy(
        tree.registry!.rows.flatMap(({ parts }) => parts),
        ({ kind }) => kind,
      ),
    ).toEqual({
      active: 55,
      supersedes: 48,
      activated_from: 34,
      stub: 33,
      other: 22,
      anchored_to: 2,
    });
    expect(
      countBy(
        tree.registry!.rows,
        ({ boardSection, boardId }) => `${boardSection?.text}${boardId ? '' : '?'}`,
      ),
    ).toEqual({ Done: 32, 'In Progress': 1, 'Ready for Dev': 24, 'Stub Backlog (Not Activated)': 33 });
  });

  // governance-grammar 1.8 counts 25 enrichments with a version; `Spec Enrichment & WP creation foundation` is one too.
  it('audit: kinds of purpose, and every time is one', () => {
    expect(countBy(tree.audit!.rows, ({ kind }) => kind)).toEqual({
      packet_creation: 64,
      spec_enrichment: 26,
      spec_update: 13,
      packet_activation: 5,
      override: 2,
      scope_expansion: 1,
      waiver: 1,
      strategic_pause: 1,
      delegation: 1,
      invalid: 1,
    });
    expect(tree.audit!.rows.filter(({ minute, cells }) => minute === undefined || cells !== 6)).toEqual([]);
  });
});
