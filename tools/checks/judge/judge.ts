import {
  absences,
  addTo,
  checkLedger,
  defaultLayout,
  type Facts,
  type Layout,
  listFiles,
  lookAlikes,
  MAILBOX,
  mapConcurrently,
  readBytes,
  sortLedger,
  type TreeFacts,
  textOf,
} from '../../artifacts/index.ts';
import { type Finding, sortFindings } from '../../findings/index.ts';
import type { Cache, Snapshot } from '../../snapshot/index.ts';
import { specIdentity } from '../../spec/index.ts';
import { blobId, sha256, type TextFile } from '../../text/index.ts';
import { countDocuments } from './documents.ts';
import type { Documents, Judged, JudgedChange, JudgeOptions } from './judged.ts';
import { type Reading, Readings } from './kept.ts';
import { SpecReading } from './spec-reading.ts';

/** Reads a snapshot and runs every rule over it. What was read before is not read again. */
export async function judge(snapshot: Snapshot, options: JudgeOptions): Promise<Judged> {
  return judgeOpened(await openTree(snapshot, options), () => false);
}

/**
 * Judges a snapshot and what it comes from: of one file, only what differs. The findings of a file that is the
 * same in both are left out of both, so that a commit of one file costs little in a large tree.
 */
export async function judgeChange(
  snapshot: Snapshot,
  references: readonly Snapshot[],
  options: JudgeOptions,
): Promise<JudgedChange> {
  const [subject, ...others] = await Promise.all(
    [snapshot, ...references].map((each) => openTree(each, options)),
  );
  const changed = new Set<string>();
  for (const file of subject!.files.filter(({ readAs }) => !readAs))
    if (!others.some((other) => has(other, file))) changed.add(file.path);
  const sameSpec = others.filter(({ identity }) => identity !== undefined && identity === subject!.identity);
  return {
    subject: await judgeOpened(subject!, (file) => sameSpec.some((other) => has(other, file))),
    references: await Promise.all(
      others.map((other) =>
        judgeOpened(
          other,
          (file) => sameSpec.includes(other) && !changed.has(file.path) && has(subject!, file),
        ),
      ),
    ),
    changed,
  };
}

/** The readers and their parsers take longer to load than a tree of which all was read before. */
async function readOne(file: TextFile, id: string, layout: Layout, spec: SpecReading): Promise<Reading> {
  const { readFile } = await import('./read-file.ts');
  return readFile(file, id, layout, spec);
}

/** A tree of which is known what is in it, and not yet what it says. */
interface OpenTree {
  snapshot: Snapshot;
  layout: Layout;
  /** What findings depend on beside the files. */
  key: string;
  /** None where the caller names the spec. */
  cache: Cache | undefined;
  readings: Readings;
  spec: SpecReading;
  /** Absent where the caller names the spec. */
  identity?: string | undefined;
  paths: string[];
  files: OpenFile[];
  byPath: Map<string, OpenFile>;
  findings: Finding[];
}

interface OpenFile {
  path: string;
  id: string;
  /** Of a file with CRLF the id that git gives it with LF, which is how most repositories keep it. */
  lfId?: string;
  bytes?: Uint8Array;
  /** Of what is no governed file by itself: how it is read. `id` then stands for all that it is made of. */
  readAs?(open: OpenTree): Promise<Reading>;
}

/** Files read at a time. */
const CONCURRENCY = 32;

async function openTree(snapshot: Snapshot, options: JudgeOptions): Promise<OpenTree> {
  const layout = options.layout ?? defaultLayout();
  const { cache } = options;
  const findings: Finding[] = [];
  const [identity, paths] = await Promise.all([
    options.spec === undefined ? specIdentity(snapshot, layout.pointers) : undefined,
    listFiles(snapshot, { folder: layout.folder, findings }),
  ]);
  const opened = await mapConcurrently(paths, CONCURRENCY, (path) => openFile(snapshot, path));
  const files: OpenFile[] = [];
  for (const file of opened) {
    if ('rule' in file) findings.push(file);
    else files.push(file);
  }
  const others = [mailboxOf(files, layout, findings), await overlayOf(snapshot, options.overlay)];
  files.push(...others.filter((file) => file !== undefined));
  const key = JSON.stringify([identity, layout.id]);
  const kept = identity === undefined ? undefined : cache;
  return {
    snapshot,
    layout,
    key,
    cache: kept,
    readings: new Readings(kept, key),
    spec: new SpecReading(snapshot, options, kept, key),
    identity,
    paths,
    files,
    byPath: new Map(files.map((file) => [file.path, file])),
    findings,
  };
}

function mailboxOf(
  files: readonly OpenFile[],
  layout: Layout,
  findings: readonly Finding[],
): OpenFile | undefined {
  const own = files.filter(({ path }) => layout.kindOf(path) === 'mailbox');
  if (own.length === 0) return undefined;
  const path = `${layout.folder}/${MAILBOX}`;
  const unread = findings.map(({ place }) => place.file).filter((each) => each.startsWith(`${path}/`));
  const id = sha256(JSON.stringify([own.map((file) => [file.path, file.id]), unread]));
  return { path, id, readAs: (open) => readMailbox(open, path, id, own, unread) };
}

async function overlayOf(snapshot: Snapshot, overlay: string | undefined): Promise<OpenFile | undefined> {
  if (overlay === undefined) return undefined;
  const file = await openFile(snapshot, overlay);
  const id = 'rule' in file ? 'unread' : file.id;
  return {
    // It may be a governed file of the tree besides.
    path: `overlay ${overlay}`,
    id,
    async readAs(open) {
      const { checkOverlay } = await import('../../contracts/index.ts');
      const index = await open.spec.index();
      return { id, read: [], said: await checkOverlay(overlay, (path) => snapshot.read(path), index) };
    },
  };
}

async function openFile(snapshot: Snapshot, path: string): Promise<OpenFile | Finding> {
  const id = snapshot.idOf?.(path);
  if (id !== undefined) return { path, id };
  const bytes = await readBytes(snapshot, path);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const file: OpenFile = { path, id: blobId(bytes), bytes };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.includes('\r\n')) {
    file.lfId = blobId(Buffer.from(buffer.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'));
  }
  return file;
}

/** Whether a tree has this file with these bytes, the line ends of a checkout aside. */
function has(tree: OpenTree, { path, id, lfId }: OpenFile): boolean {
  const own = tree.byPath.get(path);
  if (own === undefined) return false;
  return [own.id, own.lfId].some((each) => each !== undefined && (each === id || each === lfId));
}

async function judgeOpened(open: OpenTree, leaveOut: (file: OpenFile) => boolean): Promise<Judged> {
  const { readings, files, spec, cache } = open;
  const { summary, findings } = await spec.summary();
  const key = sha256(JSON.stringify([open.key, files.map(({ path, id }) => [path, id]), open.findings]));
  const kept = (await cache?.read('check-across', key)) as Across | undefined;
  const across = kept ?? (await joinFacts(open, summary?.version));
  if (!kept) await cache?.write('check-across', key, across);
  const own: Finding[] = [];
  for (const file of files) if (!leaveOut(file)) own.push(...(await findingsOfFile(open, file)));
  await Promise.all([readings.keep(files), spec.keep()]);
  // Without a single document the missing spec is a consequence, and naming it would only distract.
  const bare = summary === undefined && across.findings.some(({ rule }) => rule === 'tree/empty');
  return {
    findings: sortFindings([...open.findings, ...own, ...(bare ? [] : findings), ...across.findings]),
    paths: new Set(open.paths),
    unread: across.unread,
    documents: across.documents,
    ids: new Map(files.flatMap(({ path, id, readAs }) => (readAs ? [] : [[path, id]]))),
    ...(summary && { spec: summary }),
  };
}

/** What the documents of a tree say together: the same as long as none of them changes. */
interface Across {
  findings: Finding[];
  unread: string[];
  documents: Documents;
}

async function joinFacts(open: OpenTree, specVersion: string | undefined): Promise<Across> {
  const { layout, files } = open;
  const tree: TreeFacts = {
    folder: layout.folder,
    pointers: layout.pointers,
    paths: new Set(open.paths),
    unread: open.findings.map(({ place }) => place.file),
    stubs: [],
    packets: [],
    refinements: [],
    validatorGates: [],
    ledger: [],
    findings: [...open.findings],
  };
  for (const file of files) {
    const facts = await factsOfFile(open, file);
    if (facts) addTo(tree, facts);
    else if (isUnread(open, file)) tree.unread.push(file.path);
  }
  sortLedger(tree.ledger);
  const { checkAcross } = await import('./across.ts');
  return {
    findings: [
      ...checkLedger(tree.ledger),
      ...absences(tree, layout),
      ...lookAlikes(tree, layout),
      ...checkAcross(tree, specVersion),
    ],
    unread: tree.unread,
    documents: countDocuments(tree),
  };
}

async function findingsOfFile(open: OpenTree, file: OpenFile): Promise<Finding[]> {
  const { readings } = open;
  if ((await readings.findings(file.path, file.id)) === undefined) await read(open, file);
  const found = await readings.findings(file.path, file.id);
  return [...(found?.read ?? []), ...(found?.said ?? [])];
}

/** A document of which nothing is known: it is no text. */
function isUnread({ layout }: OpenTree, { path, readAs }: OpenFile): boolean {
  const kind = layout.kindOf(path);
  return !readAs && kind !== undefined && kind !== 'mailbox';
}

/** Null for what is no document; it is read only where it was not before. */
async function factsOfFile(open: OpenTree, file: OpenFile): Promise<Facts | null> {
  const known = await open.readings.facts(file.path, file.id);
  if (known !== undefined) return known;
  return (await read(open, file)).facts ?? null;
}

async function read(open: OpenTree, file: OpenFile): Promise<Reading> {
  const reading = file.readAs ? await file.readAs(open) : await readWhole(open, file);
  open.readings.add(file.path, reading);
  return reading;
}

async function readWhole(open: OpenTree, { path, id, bytes }: OpenFile): Promise<Reading> {
  const text = await textOfFile(open, path, bytes);
  return 'rule' in text ? { id, read: [text], said: [] } : readOne(text, id, open.layout, open.spec);
}

/** What is no text among them has a finding of its own, and is not known here either. */
async function readMailbox(
  open: OpenTree,
  path: string,
  id: string,
  files: readonly OpenFile[],
  unread: readonly string[],
): Promise<Reading> {
  const { readMailboxFiles } = await import('./read-file.ts');
  const read = await Promise.all(files.map((file) => textOfFile(open, file.path, file.bytes)));
  const texts = read.filter((each) => 'text' in each);
  const broken = read.flatMap((each) => ('rule' in each ? [each.place.file] : []));
  return readMailboxFiles(path, id, texts, [...unread, ...broken]);
}

async function textOfFile(
  { snapshot }: OpenTree,
  path: string,
  known: Uint8Array | undefined,
): Promise<TextFile | Finding> {
  const bytes = known ?? (await readBytes(snapshot, path));
  return bytes instanceof Uint8Array ? textOf(path, bytes) : bytes;
}
