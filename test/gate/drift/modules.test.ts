import { describe, expect, it } from 'vitest';
import { readTree } from '../../../tools/artifacts/index.ts';
import {
  affectedBy,
  affectedDocuments,
  diffOf,
  openLibrary,
  pinsOf,
  planRebase,
} from '../../../tools/gate/index.ts';
import { worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../../tools/spec/index.ts';
import { memorySnapshot } from '../../artifacts/memory.ts';
import { bundleOf } from '../../spec/sections/layout.ts';
import { temporaryFolder, writeTree } from '../../support/repository.ts';
import { packetText, REFINEMENT, refinementText, STUB, specText, stubText } from './demo-spec.ts';

const MANIFEST = 'indexed-spec-manifest.json';
const folder = (version: string): string => `.GOV/spec/master-spec-${version}`;
const NAME = `master-spec-v01.002/${MANIFEST}`;
const PACKET = '.GOV/task_packets/WP-1-Demo-v1.md';

const INTRO = '# 1. Introduction\n\nIt keeps what it is told.\n';
const STORAGE =
  '# 2. Storage\n\n## 2.1 Records\n\nA record is never lost.\n\n## 2.2 Indexes\n\nAn index is built anew.\n';

/** One version of a spec of two modules. */
function modules(version: string, storage = STORAGE): Record<string, string> {
  const texts = new Map([
    ['01-introduction.md', INTRO],
    ['02-storage.md', storage],
  ]);
  return bundleOf(texts, `master-spec-${version}`);
}

const EXCERPT = ['## 2.1 Records', '', 'A record is never lost.'];
const RECORDS = {
  text: '02-storage.md 2.1 Records',
  start: 3,
  end: 5,
  token: '2.1 Records',
  excerpt: EXCERPT,
};

async function opened(storage: string, change: Record<string, string> = {}, known: 'both' | 'new' = 'both') {
  const specs = { ...modules('v01.002'), ...modules('v01.003', storage) };
  const root = temporaryFolder();
  writeTree(root, specs);
  const snapshot = worktreeSnapshot(root);
  const [from, to] = (await Promise.all(
    ['v01.002', 'v01.003'].map((version) => loadSpec(snapshot, { root, spec: folder(version) })),
  )) as [SpecIndex, SpecIndex];
  writeTree(root, {
    [REFINEMENT]: refinementText({
      file: `${folder('v01.002')}/${MANIFEST}`,
      sha1: from.sha1,
      anchors: [RECORDS],
    }),
    [PACKET]: packetText('02-storage.md 2.1 Records').replace(
      /(SPEC_BASELINE: ).*/,
      `$1${folder('v01.002')}/${MANIFEST}`,
    ),
    [STUB]: stubText(`${folder('v01.002')}/02-storage.md 2.2 Indexes`),
    ...change,
  });
  const tree = await readTree(snapshot);
  const pins = pinsOf(tree);
  const library = await openLibrary(snapshot, root, pins, known === 'both' ? [from, to] : [to]);
  return { snapshot, tree, pins, from, to, library };
}

async function fates(storage: string, change: Record<string, string> = {}) {
  const { tree, pins, from, to, library } = await opened(storage, change);
  return affectedDocuments(tree, affectedBy(diffOf(from, to), pins, library)).map(
    ({ file, change: fate, pins: [first], signature }) => [file, fate, first!.reason, signature?.state],
  );
}

describe('pins of a spec of modules', () => {
  it('name its manifest, with the folder that carries the version', async () => {
    const { pins, from } = await opened(STORAGE);
    expect(pins.map(({ kind, spec }) => [kind, spec])).toEqual([
      ['refinement', { file: NAME, version: 'v01.002', sha1: from.sha1 }],
      ['packet', { file: NAME, version: 'v01.002' }],
      ['stub', { file: NAME, version: 'v01.002' }],
    ]);
  });

  it('a bump that only moves lines keeps the signature, and the window goes along', async () => {
    const moved = STORAGE.replace('# 2. Storage\n', '# 2. Storage\n\nOn disk.\n');
    expect(await fates(moved)).toEqual([
      [REFINEMENT, 'MOVED', '2.1 Records, lines 3-5 are now 5-7', 'KEPT'],
      [PACKET, 'MOVED', '2.1 Records, line 3 is now 5', 'KEPT'],
      [STUB, 'MOVED', '2.2 Indexes, line 7 is now 9', undefined],
    ]);
  });

  it('one word of the clause re-opens it', async () => {
    expect(await fates(STORAGE.replace('never lost', 'seldom lost'))).toEqual([
      [REFINEMENT, 'CHANGED', 'the text of 2.1 Records changed (line 3)', 'REOPENED'],
      [PACKET, 'CHANGED', 'the text of 2.1 Records changed (line 3)', 'REOPENED'],
      [STUB, 'SAME', '2.2 Indexes, line 7', undefined],
    ]);
  });

  it('an anchor that names no module is judged by its clause, and its window proves nothing', async () => {
    const anchors = [{ ...RECORDS, text: '2.1 Records' }];
    const { from } = await opened(STORAGE);
    const text = refinementText({ file: `${folder('v01.002')}/${MANIFEST}`, sha1: from.sha1, anchors });
    expect((await fates(STORAGE, { [REFINEMENT]: text }))[0]).toEqual([
      REFINEMENT,
      'SAME',
      '2.1 Records, line 3',
      'UNPROVEN',
    ]);
  });

  it('are found in the tree by the hash over all modules, also where only the new version was read', async () => {
    const { library, from } = await opened(STORAGE, {}, 'new');
    const spec = { file: NAME, version: 'v01.002' };
    const found = library.find({ ...spec, sha1: from.sha1 });
    expect([found.state, found.state === 'FOUND' && found.spec.digest]).toEqual(['FOUND', from.digest]);
    expect(library.find({ ...spec, sha1: '0'.repeat(40) }).state).toBe('SPEC_HASH_MISMATCH');
  });

  it('are not rewritten: the rebase says why', async () => {
    const { snapshot, tree, to, library } = await opened(STORAGE.replace('never', 'seldom'));
    const target = { to, file: '', sha1: to.sha1, library, diffFrom: (spec: SpecIndex) => diffOf(spec, to) };
    const { documents, writes } = await planRebase(snapshot, tree, target);
    const why = 'it pins the modules of v01.002: rebase moves pins of one file';
    expect(documents.map(({ state, left }) => [state, left.map(({ reason }) => reason)])).toEqual([
      ['LEFT', [why]],
      ['LEFT', [why]],
    ]);
    expect(writes).toEqual([]);
  });
});

describe('a pin of the same version with other bytes', () => {
  const FILE = 'Demo_Spec_v02.134.md';
  const NEXT = 'Demo_Spec_v02.138.md';
  const SPACED = specText(['# 1. Sessions', '# 1. Sessions\n\nRead on.']);

  async function first(text: string, next: string) {
    const snapshot = memorySnapshot({ [FILE]: specText(), [NEXT]: next, [REFINEMENT]: refinementText() });
    const root = '/nowhere';
    const to = await loadSpec(snapshot, { root, spec: NEXT });
    const pinned = await loadSpec(snapshot, { root, spec: FILE });
    const from = await loadSpec(memorySnapshot({ [FILE]: text }), { root, spec: FILE });
    const tree = await readTree(snapshot);
    const target = next === text ? from : to;
    const library = await openLibrary(snapshot, root, pinsOf(tree), [pinned, target]);
    const [one] = affectedBy(diffOf(from, next === specText() ? pinned : to), pinsOf(tree), library);
    return [one!.change, one!.reason, one!.clauses?.map(({ number }) => number)];
  }

  it('is compared by what it pins', async () => {
    expect(await first(SPACED, specText(['never lost', 'seldom lost']))).toEqual([
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7); it pins the same version, other bytes',
      ['1.1.1'],
    ]);
  });

  it('is not compared where it is the new one already, and never told that it is not itself', async () => {
    expect(await first(SPACED, specText())).toEqual([
      'OTHER_SPEC',
      'it pins v02.134 too, the same version, other bytes',
      undefined,
    ]);
  });
});
