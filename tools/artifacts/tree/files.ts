import { compareText, type Finding, linePlace } from '../../findings/index.ts';
import {
  type Snapshot,
  UnreadableFile,
  type UnreadableReason,
  unreadableName,
} from '../../snapshot/index.ts';
import { decode, NotUtf8, spanPlace, type TextFile } from '../../text/index.ts';
import type { TreeFacts } from './facts.ts';
import type { Layout } from './layout.ts';

/** By work packet, then by sequence. */
export function sortLedger(ledger: { wpId: string; seq: number }[]): void {
  ledger.sort((a, b) => compareText(a.wpId, b.wpId) || a.seq - b.seq);
}

// Other JSON lines of a tree are logs, which may be large and are nobody's document.
// A work packet under `.MD` is no document, and must be seen to be said so.
const GOVERNED = [
  '**/*.{md,json,yaml,yml}',
  '{task_packets,refinements}/**/*.{MD,Md,mD}',
  'ROLE_MAILBOX/threads/*.jsonl',
];
// The pointer is a governed document wherever it stands; the spec beside it has its own reader.
const SPEC = 'spec/**/!(SPEC_CURRENT.md|SPEC_CURRENT.json)';

/** The text files of a tree. What cannot be looked into is a finding too, and hides nothing else. */
export function listFiles(
  snapshot: Snapshot,
  { folder, findings }: Pick<TreeFacts, 'folder' | 'findings'>,
  globs: readonly string[] = GOVERNED,
): Promise<string[]> {
  return snapshot.list(
    [...globs.map((glob) => `${folder}/${glob}`), `!${folder}/${SPEC}`],
    ({ path, reason }) => findings.push(unreadable(path, reason)),
  );
}

/** A file as text, or the finding that says why there is none. */
export async function readText(snapshot: Snapshot, path: string): Promise<TextFile | Finding> {
  const bytes = await readBytes(snapshot, path);
  return bytes instanceof Uint8Array ? textOf(path, bytes) : bytes;
}

/** The bytes of a file, or the finding that says why there are none. */
export async function readBytes(snapshot: Snapshot, path: string): Promise<Uint8Array | Finding> {
  try {
    return await snapshot.read(path);
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadable(path, error.reason);
    throw error;
  }
}

/** The text of a file, or the one finding that says why it is none that anybody wrote. */
export function textOf(path: string, bytes: Uint8Array): TextFile | Finding {
  if (bytes.length > MOST_BYTES) return oversized(path, 1, `file of ${bytes.length} bytes`, MOST_BYTES);
  try {
    const file = decode(path, bytes);
    return damage(file) ?? file;
  } catch (error) {
    if (error instanceof NotUtf8) return notUtf8(error);
    throw error;
  }
}

// A hundred times the largest documents that people have written; beyond it something else is in the file, and to
// read it as a document would take minutes and find thousands of things that are not wrong with it.
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_LINES = 50_000;
const LONGEST_LINE = 100_000;

/** What no reader could make sense of, whatever kind of document it is. */
function damage(file: TextFile): Finding | undefined {
  const { path, text, lines } = file;
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const before = text.slice(0, nul).split('\n');
    return {
      rule: 'text/binary',
      severity: 'error',
      place: spanPlace(path, before.length, before.at(-1)!.length + 1, 1),
      message: 'Unexpected NUL byte, expected text',
      args: { path },
    };
  }
  // Machines write JSON, on one line or on many.
  if (!/\.md$/i.test(path)) return undefined;
  if (lines.length > MOST_LINES)
    return oversized(path, MOST_LINES + 1, `document of ${lines.length} lines`, MOST_LINES);
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (long < 0) return undefined;
  return oversized(path, long + 1, `line of ${lines[long]!.length} characters`, LONGEST_LINE);
}

function oversized(path: string, line: number, found: string, most: number): Finding {
  return {
    rule: 'tree/oversized',
    severity: 'error',
    place: linePlace(path, line),
    message: `Unexpected ${found}, expected at most ${most}: it was not read`,
    args: { path, found, most },
  };
}

function unreadable(path: string, reason: UnreadableReason): Finding {
  const found = reason === 'missing' ? 'absence' : unreadableName(reason);
  const expected = reason.endsWith('-folder') ? 'a folder' : 'a file';
  return {
    rule: reason === 'unmerged' ? 'tree/unmerged' : 'tree/unreadable',
    severity: 'error',
    place: linePlace(path, 1),
    message:
      reason === 'unmerged'
        ? `Unexpected ${found}, expected a file that is merged (git add marks it so)`
        : `Unexpected ${found}, expected ${expected} that can be read`,
    args: { path, found },
  };
}

function notUtf8(error: NotUtf8): Finding {
  const byte = `0x${error.byte.toString(16).padStart(2, '0')}`;
  return {
    rule: 'text/not-utf8',
    severity: 'error',
    place: spanPlace(error.path, error.line, error.column, 1),
    message: `Unexpected byte ${byte}, expected UTF-8`,
    args: { byte },
  };
}

/** A gate that has seen nothing must not pass. */
export function absences(tree: TreeFacts, { homes }: Pick<Layout, 'homes'>): Finding[] {
  const workPackets = tree.stubs.length + tree.packets.length;
  const documents = workPackets + tree.refinements.length;
  const { folder } = tree;
  if (documents === 0 && !tree.board && !tree.registry && tree.unread.length === 0) {
    return [
      {
        rule: 'tree/empty',
        severity: 'error',
        place: linePlace(folder, 1),
        message: `no governed file under ${folder}: is this the right --root?`,
        args: { folder },
      },
    ];
  }
  // A registry lists stubs and packets; a tree of refinements alone has nothing to list.
  const wanted = [documents > 0 ? [homes.board] : [], workPackets > 0 ? [homes.registry] : []].flat();
  const paths = [...tree.paths];
  return wanted.flatMap(({ path, holds }) => (paths.some(holds) ? [] : [unreadable(path, 'missing')]));
}

/** Results in the order of the items, however long each takes. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await map(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
