import {
  boardState,
  entriesOf,
  type GovTree,
  type Packet,
  packetOf,
  type Refinement,
  readTree,
  type Stub,
  stubState,
} from '../../artifacts/index.ts';
import { plannedSnapshot, type Snapshot } from '../../snapshot/index.ts';
import { resolveAnchor } from '../../spec/index.ts';
import { edited } from './edit.ts';
import { pinsOf } from './pins.ts';
import {
  type RebaseDocument,
  type Rebased,
  type RebaseTarget,
  rebaseRefinement,
  rebaseStub,
} from './rebase-document.ts';
import { checkWindow } from './window.ts';

/** One file as it is and as it would be. */
export interface RebaseWrite {
  path: string;
  /** sha256 of the bytes that the plan was made from: others are not overwritten. */
  sha256: string;
  before: string;
  after: string;
}

/** What would be written, and what is left: pure, and checked on the planned tree before it is handed out. */
export interface RebasePlan {
  documents: RebaseDocument[];
  writes: RebaseWrite[];
}

/** Refinements and stubs of open work packets onto another version of the spec. `only` names packets or paths. */
export async function planRebase(
  snapshot: Snapshot,
  tree: GovTree,
  target: RebaseTarget,
  only: ReadonlySet<string> = new Set(),
): Promise<RebasePlan> {
  const rebased = rebasedFiles(tree, target, only);
  const writes = rebased.flatMap(({ file, result }): RebaseWrite[] => {
    if (result.edits.length === 0) return [];
    const before = (file.bom ? '\uFEFF' : '') + file.text;
    return [{ path: file.path, sha256: file.sha256, before, after: edited(file, result.edits) }];
  });
  await verify(snapshot, tree, target, writes);
  return { documents: rebased.map(({ result }) => result.document), writes };
}

/** Each document with its edits, before anything is planned. */
export function rebasedFiles(
  tree: GovTree,
  target: RebaseTarget,
  only: ReadonlySet<string>,
): { file: (Refinement | Stub)['file']; result: Rebased }[] {
  const wanted = ({ stem, path }: Refinement | Stub): boolean =>
    only.size === 0 || only.has(stem) || only.has(path);
  return [...tree.refinements, ...tree.stubs].filter(wanted).map((document) => {
    const closed = closedBy(tree, document);
    const result: Rebased =
      document.kind === 'refinement' ? rebaseRefinement(document, target) : rebaseStub(document, target);
    return {
      file: document.file,
      result: closed === undefined ? result : { document: history(result.document, closed), edits: [] },
    };
  });
}

function history(document: RebaseDocument, reason: string): RebaseDocument {
  const { signature: _, ...rest } = document;
  return { ...rest, state: 'CLOSED', reason, moved: [], left: [] };
}

const DONE = new Set(['VALIDATED', 'SUPERSEDED', 'FAIL', 'OUTDATED_ONLY']);

/** Why the documents of a work packet are history: they say what was true when it was done, and must go on to. */
export function closedBy(tree: GovTree, document: Refinement | Packet | Stub): string | undefined {
  if (document.kind === 'stub') {
    const state = stubState(document);
    if (state !== 'STUB') return `the stub says "${document.status?.raw ?? ''}"`;
    if (packetOf(tree, document.stem) !== undefined) return 'its packet has taken its place';
  }
  const entry =
    tree.board && entriesOf(tree.board, document.stem).find((each) => DONE.has(boardState(each) ?? ''));
  if (entry !== undefined) return `the board says [${entry.token}]`;
  const status = packetOf(tree, document.stem)?.status?.value ?? '';
  return /^(?:validated|done|superseded|complete)/i.test(status) ? `its packet says "${status}"` : undefined;
}

/** Reads the planned tree as any command would: each document that is rewritten must hold there. */
async function verify(
  base: Snapshot,
  tree: GovTree,
  { to, library }: RebaseTarget,
  writes: readonly RebaseWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  const edits = new Map(writes.map(({ path, after }) => [path, after]));
  const globs = writes.map(({ path }) => literal(path.slice(tree.folder.length + 1)));
  const planned = await readTree(plannedSnapshot(base, edits), { folder: tree.folder, globs });
  const pins = pinsOf(planned);
  for (const { path } of writes) {
    const own = pins.filter(({ file }) => file === path);
    const before = pinsOf(tree).filter(({ file }) => file === path);
    const wrong = own.find((pin) => {
      const found = library.find(pin.spec);
      if (pin.kind === 'stub')
        return found.state === 'FOUND' && found.spec === to && !resolveAnchor(to, pin.query).section;
      return found.state !== 'FOUND' || found.spec !== to || checkWindow(to, pin).state !== 'HOLDS';
    });
    if (wrong !== undefined || own.length !== before.length) {
      throw new Error(`the rebase of ${path} does not hold (line ${wrong?.line ?? 1}): nothing is written`);
    }
  }
}

function literal(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
}
