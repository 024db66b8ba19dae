import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import {
  type Ground,
  isSettled,
  openDossier,
  openLibrary,
  pinsOf,
  planAttest,
  type SpecLibrary,
  unknownGround,
  type WpItem,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { plannedSnapshot } from '../../tools/snapshot/index.ts';
import { buildIndex, loadSpec, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { corpusRoot } from '../support/corpus.ts';
import { GOLDEN, GOLDEN_BRANCH, GOLDEN_WORKTREE, goldenFiles } from '../support/golden.ts';
import { type Corruption, corruptionsOf, PATHS } from './corruptions.ts';

/** The activation, and the documents around it that one of its records may be mistaken for. */
const OTHERS = [
  PATHS.stub,
  '.GOV/roles_shared/SPEC_CURRENT.md',
  '.GOV/task_packets/stubs/WP-1-Spec-Authoring-Rubric-v1.md',
];
const SPEC = 'Handshake_Master_Spec_v02.137.md';
const files: Record<string, Uint8Array> = {
  ...Object.fromEntries([...OTHERS, SPEC].map((path) => [path, readFileSync(join(corpusRoot, path))])),
  ...goldenFiles(),
};
const textOf = (path: string): string => Buffer.from(files[path]!).toString('utf8');

/** A repository that has all of it committed, with what PREPARE names. */
const ground: Ground = {
  ...unknownGround(Date.parse('2026-02-24T15:00:00Z')),
  committed: () => 'same',
  branches: new Set(['main', GOLDEN_BRANCH]),
  worktrees: [
    { path: '', branch: 'main' },
    { path: GOLDEN_WORKTREE, branch: GOLDEN_BRANCH },
  ],
};

let spec: SpecIndex;
let library: SpecLibrary;
let attested: Record<string, Uint8Array>;
let whole: GovTree;

/** The state of the work packet with some documents changed. A human has said that the anchors are Main Body. */
async function statusWith(change: Readonly<Record<string, string>>): Promise<WpStatus> {
  const tree = await readTree(plannedSnapshot(memorySnapshot(attested), new Map(Object.entries(change))));
  return wpStatus(tree, spec, GOLDEN, library, ground);
}

/** The same of one document: only that is read again, since the others are what they were. */
async function statusWithOne(path: string, text: string): Promise<WpStatus> {
  const snapshot = plannedSnapshot(memorySnapshot(attested), new Map([[path, text]]));
  const part = await readTree(snapshot, { globs: [path.slice('.GOV/'.length)] });
  const other = ({ path: own }: { path: string }): boolean => own !== path;
  const tree: GovTree = {
    ...whole,
    stubs: [...whole.stubs.filter(other), ...part.stubs],
    packets: [...whole.packets.filter(other), ...part.packets],
    refinements: [...whole.refinements.filter(other), ...part.refinements],
    findings: [...whole.findings.filter(({ place }) => place.file !== path), ...part.findings],
  };
  for (const key of ['board', 'registry', 'audit', 'gates'] as const)
    if (part[key] !== undefined) Object.assign(tree, { [key]: part[key] });
  return wpStatus(tree, spec, GOLDEN, library, ground);
}

beforeAll(async () => {
  attested = { ...files };
  const snapshot = memorySnapshot(files);
  const tree = await readTree(snapshot);
  spec = await loadSpec(snapshot, { root: corpusRoot });
  library = await openLibrary(snapshot, corpusRoot, pinsOf(tree), [spec]);
  const by = { actor: 'ilja', role: 'Operator', time: '2026-02-24T04:00:00Z' } as const;
  const dossier = openDossier(tree, spec, GOLDEN, library, ground);
  const item = itemOf(wpStatus(tree, spec, GOLDEN, library, ground), 'main_body');
  const { unmet, writes } = planAttest(dossier, by, {
    item: item!,
    reason: 'the fence is a slip of the editor',
  });
  expect(unmet).toEqual([]);
  for (const [path, text] of writes) if (path.includes('/ledger/')) attested[path] = Buffer.from(text!);
  whole = await readTree(memorySnapshot(attested));
});

const itemOf = ({ items }: WpStatus, intent: string): WpItem | undefined =>
  items.find((item) => item.intent === intent);

/** Why a corruption was not seen for what it is; undefined where it was. */
function missedBy({ intent, names, line, path }: Corruption, status: WpStatus): string | undefined {
  const item = itemOf(status, intent);
  if (item === undefined || isSettled(item.state)) return `${intent} is ${item?.state ?? 'not asked for'}`;
  const said = item.evidence.filter(({ detail }) => names.some((name) => detail.includes(name)));
  if (said.length === 0) return `not named: ${item.evidence.map(({ detail }) => detail).join(' | ')}`;
  if (line === undefined || said.some((each) => each.file === path && each.line === line)) return undefined;
  return `expected line ${line}: ${said.map((each) => `${each.line} ${each.detail}`).join(' | ')}`;
}

const corruptions = corruptionsOf(textOf);

describe('the golden activation, one field of it corrupted', () => {
  it('stands as it was made, with a word for what only a human can say', async () => {
    const { items } = await statusWith({});
    expect(items.map(({ intent, state }) => [intent, state])).toEqual([
      ['main_body', 'ATTESTED'],
      ['refinement_block', 'ATTESTED'],
      ['signature', 'ATTESTED'],
      ['refinement_file', 'PASS'],
      ['packet', 'PASS'],
      ['copy_notes', 'NEEDS_HUMAN'],
      ['board', 'PASS'],
    ]);
  });

  it('there are 500 and more, and no two are the same', () => {
    expect(corruptions.length).toBeGreaterThanOrEqual(500);
    expect(new Set(corruptions.map(({ path, text }) => `${path}\n${text}`)).size).toBe(corruptions.length);
    expect(corruptions.filter(({ path, text }) => text === textOf(path))).toEqual([]);
  });

  it('one document read again among the others says what all of them read again say', async () => {
    for (const path of Object.values(PATHS)) {
      const { text } = corruptions.find((each) => each.path === path)!;
      expect(await statusWithOne(path, text)).toEqual(await statusWith({ [path]: text }));
    }
  });

  it('each of them downgrades the item that reads it, which names the field', async () => {
    const missed: string[] = [];
    for (const corruption of corruptions) {
      const why = missedBy(corruption, await statusWithOne(corruption.path, corruption.text));
      if (why !== undefined) missed.push(`${corruption.name}: ${why}`);
    }
    expect(missed).toEqual([]);
  }, 200_000);
});

describe('what means nothing changes nothing', () => {
  const states = ({ items }: WpStatus): string[] => items.map(({ intent, state }) => `${intent} ${state}`);
  const { refinement, packet, stub, gates, audit, board, registry } = PATHS;
  const documents = Object.values(PATHS);
  const markdown = documents.filter((path) => path.endsWith('.md'));
  /** Lines `from` and `to` in each other's place. */
  const swapped = (text: string, from: string, to: string): string => {
    const lines = text.split('\n');
    const [a, b] = [from, to].map((start) => lines.findIndex((line) => line.startsWith(start)));
    if (a! < 0 || b! < 0) throw new Error(`no line ${from} or ${to}`);
    return lines.with(a!, lines[b!]!).with(b!, lines[a!]!).join('\n');
  };
  const fenced = (text: string): string =>
    text.replace(
      '### METADATA',
      () =>
        '```md\n- ENRICHMENT_NEEDED: YES\n- CLEARLY_COVERS_VERDICT: FAIL\n- USER_SIGNATURE: ilja999999999999\n```\n\n### METADATA',
    );

  it.each<[string, readonly string[], (text: string) => string]>([
    ['line ends', documents, (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', markdown, (text) => (text.startsWith('\uFEFF') ? text.slice(1) : `\uFEFF${text}`)],
    ['blanks at the ends of lines', markdown, (text) => text.replaceAll('\n', ' \n')],
    ['no end of the last line', markdown, (text) => text.trimEnd()],
    ['blank lines at the end', documents, (text) => `${text}\n\n`],
    [
      'a further blank line before each heading',
      markdown,
      (text) => text.replace(/\n(?=##+ [A-Z])/g, '\n\n'),
    ],
    ['a fenced copy of its fields that says otherwise', [refinement], fenced],
    ['a comment that says otherwise', [board], (text) => `${text}\n<!--\n- **[${GOLDEN}]** - [STUB]\n-->\n`],
    [
      'the order of bullets',
      [packet],
      (text) =>
        swapped(text, '  - assets/schemas/htc_v1.json', '  - src/backend/handshake_core/src/mcp/gate.rs'),
    ],
    ['the order of fields', [packet], (text) => swapped(text, '- RISK_TIER:', '- USER_SIGNATURE:')],
    [
      'the order of fields',
      [refinement],
      (text) => swapped(text, '- USER_REVIEW_STATUS:', '- USER_SIGNATURE:'),
    ],
    ['the order of the five points', [refinement], (text) => swapped(text, '- Specific:', '- No ambiguity:')],
    [
      'the order of entries',
      [board],
      (text) => swapped(text, '- **[WP-1-Loom-MVP-v1]**', '- **[WP-1-Media-Downloader-v2]**'),
    ],
    ['the order of rows', [audit], (text) => swapped(text, '| ilja240220260346', '| ilja220220261648')],
    [
      'the order of rows',
      [registry],
      (text) => swapped(text, '| WP-1-Unified-Tool-Surface-Contract |', '| WP-1-Loom-MVP |'),
    ],
    [
      'a digest in small letters',
      [refinement],
      (text) => text.replace(/(SHA1: )([0-9A-F]{40})/, (_, key, hash: string) => key + hash.toLowerCase()),
    ],
    ['a tick that nobody asked for', [stub], (text) => text.replace('- [ ] Obtain', '- [x] Obtain')],
    [
      'the indent and the order of keys',
      [gates],
      (text) =>
        JSON.stringify({
          gate_logs: (JSON.parse(text) as { gate_logs: object[] }).gate_logs.map((event) =>
            Object.fromEntries(Object.entries(event).reverse()),
          ),
        }),
    ],
    ['a key that nobody knows', [gates], (text) => text.replaceAll('"turn_token"', '"turn"')],
    [
      'a line under Active beside the entry',
      [board],
      (text) =>
        text.replace(
          'Entry format (recommended):',
          () => `- **[${GOLDEN}]** - [ACTIVE] - branch: feat/x\n\nEntry format (recommended):`,
        ),
    ],
  ])('%s', async (_, paths, change) => {
    const asItWas = states(await statusWith({}));
    for (const path of paths) {
      const text = change(textOf(path));
      expect(text).not.toBe(textOf(path));
      expect([path, states(await statusWithOne(path, text))]).toEqual([path, asItWas]);
    }
  });
});

describe('the spec changed under the activation', () => {
  const lines = textOf(SPEC).split('\n');
  const indexOf = (changed: readonly string[]): SpecIndex =>
    buildIndex(SPEC, [specFileOf(SPEC, Buffer.from(changed.join('\n')))]);
  const statusUnder = async (inForce: SpecIndex, known: readonly SpecIndex[]): Promise<WpStatus> => {
    const shelf = await openLibrary(memorySnapshot({}), '/nowhere', [], known);
    return wpStatus(whole, inForce, GOLDEN, shelf, ground);
  };

  it.each([
    ['anchor 1', 71, 22442, 'MAJOR', 'MINOR'],
    ['anchor 2', 117, 22553, 'MUST', 'MAY'],
    ['anchor 3', 142, 22602, 'schema validation', 'schema salvation'],
    ['anchor 4', 160, 62758, 'MUST', 'MAY'],
    ['anchor 5', 191, 64391, 'tool_call_id', 'tool_call_no'],
  ])(
    '%s: one word of its clause: file and signature re-open at its line',
    async (_, line, at, from, to) => {
      const near = lines.findIndex((text, index) => index + 1 >= at && text.includes(from));
      expect(Math.abs(near + 1 - at)).toBeLessThan(20);
      const changed = indexOf(lines.with(near, lines[near]!.replace(from, to)));
      const status = await statusUnder(changed, [changed, spec]);
      for (const intent of ['refinement_file', 'signature']) {
        const { state, evidence } = itemOf(status, intent)!;
        const said = evidence.filter((each) => each.file === PATHS.refinement && /CHANGED/.test(each.detail));
        expect([intent, state, said.map((each) => each.line)]).toEqual([intent, 'FAIL', [line]]);
      }
      // Where nobody has the bytes that were pinned, the hash is what is named.
      const lost = itemOf(await statusUnder(changed, [changed]), 'refinement_file')!;
      expect([lost.state, lost.evidence[0]!.line, lost.evidence[0]!.detail]).toEqual([
        'FAIL',
        16,
        expect.stringMatching(/^SPEC_HASH_MISMATCH: /),
      ]);
    },
    60_000,
  );

  it('lines that moved change nothing', async () => {
    const moved = indexOf(lines.toSpliced(60, 0, 'A line that says nothing new.', ''));
    const { items } = await statusUnder(moved, [moved, spec]);
    expect(items.filter(({ intent, state }) => !isSettled(state) && intent !== 'copy_notes')).toEqual([]);
  }, 60_000);

  it('a pointer to the version before it: the clauses are not there', async () => {
    const old = 'Handshake_Master_Spec_v02.134.md';
    const before = buildIndex(old, [specFileOf(old, readFileSync(join(corpusRoot, old)))]);
    const status = await statusUnder(before, [before, spec]);
    const said = itemOf(status, 'refinement_file')!;
    expect([said.state, itemOf(status, 'signature')!.state]).toEqual(['FAIL', 'FAIL']);
    expect(said.evidence.map(({ line }) => line)).toContain(117);
    expect(itemOf(status, 'main_body')!.evidence.some(({ detail }) => detail.includes('v02.134'))).toBe(true);
  }, 60_000);

  it('a pointer to nothing: nothing of the main body is shown', async () => {
    const { items } = wpStatus(whole, undefined, GOLDEN, library, ground);
    expect(items[0]).toMatchObject({
      intent: 'main_body',
      state: 'FAIL',
      evidence: [{ detail: 'no Master Spec was read' }],
    });
  });
});
