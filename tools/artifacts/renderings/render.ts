import type { Place } from '../../findings/index.ts';
import { linePlace } from '../../findings/index.ts';
import { foldLedger, type LedgerFold } from '../ledger/fold.ts';
import { changedEntry, type EntryDraft } from '../print/board.ts';
import { tickedItem } from '../print/boxes.ts';
import { changedField, withField } from '../print/fields.ts';
import { printDocument } from '../print/print.ts';
import { type AuditRowDraft, changedAuditRow, changedRow, type RegistryRowDraft } from '../print/records.ts';
import type { RegistryRow } from '../registry.ts';
import type { Stub } from '../stub/stub.ts';
import {
  boardState,
  entriesOf,
  isActiveLine,
  otherSection,
  sectionOf,
  type TaskBoard,
} from '../task-board.ts';
import type { LedgerFacts } from '../tree/facts.ts';
import { type GovTree, stubOf } from '../tree/tree.ts';
import { baseWpId, revisionOf } from '../wp-id.ts';
import { type Expected, expectedOf } from './expected.ts';

/** A rendering that says something else than the ledger. */
export interface Drift {
  wpId: string;
  place: Place;
  /** What stands there, and what the ledger has it say. */
  found: string;
  expected: string;
  /** The entry of the ledger that owns the truth. */
  owner: string;
}

export interface Renderings {
  /** Whole files, those that differ from what stands there alone. */
  writes: Map<string, string>;
  drift: Drift[];
}

/** What cannot be rendered, since the document has no place for it. */
export interface Unrendered {
  place: Place;
  found: string;
  expected: string;
}

/** The folds of every work packet that has a ledger whose entries hang together. */
export function foldsOf(tree: GovTree): Map<string, LedgerFold> {
  const folds = new Map<string, LedgerFold>();
  for (const id of new Set(tree.ledger.map(({ wpId }) => wpId))) {
    const folder = `${tree.folder}/ledger/${id}/`;
    const broken = tree.findings.some(
      ({ rule, place }) =>
        place.file.startsWith(folder) &&
        (/^ledger\/(?:parent|heads|sequence|name)/.test(rule) || rule.startsWith('artifact/')),
    );
    if (!broken) folds.set(id, foldLedger(tree.ledger.filter(({ wpId }) => wpId === id)));
  }
  return folds;
}

/**
 * Board entry, registry row, audit rows and the stub's ticks of the work packets that have a ledger: written by the
 * tool, and never by hand (pain P1: one fact, many writable copies). Of others nothing is touched.
 */
export function renderTree(
  tree: GovTree,
  folds: ReadonlyMap<string, LedgerFold> = foldsOf(tree),
  all: readonly LedgerFacts[] = tree.ledger,
): Renderings & { missing: Unrendered[] } {
  const expected = [...folds].flatMap(([wpId, fold]) => expectedOf(tree, wpId, fold, all) ?? []);
  const drift: Drift[] = [];
  const missing: Unrendered[] = [];
  const writes = new Map<string, string>();
  const keep = (path: string, before: { text: string; bom: boolean }, text: string): void => {
    if (text !== (before.bom ? `\ufeff${before.text}` : before.text)) writes.set(path, text);
  };
  if (expected.length === 0) return { writes, drift, missing };
  const { board, registry, audit } = tree;
  if (board === undefined) missing.push(absent(`${tree.folder}/roles_shared/TASK_BOARD.md`, 'a Task Board'));
  else
    keep(
      board.path,
      board.file,
      printDocument({ ...board, entries: boardEntries(board, expected, drift, missing) }),
    );
  if (registry?.headerLine === undefined)
    missing.push(
      absent(
        registry?.path ?? `${tree.folder}/roles_shared/WP_TRACEABILITY_REGISTRY.md`,
        'a registry with its table',
      ),
    );
  else
    keep(
      registry.path,
      registry.file,
      printDocument({ ...registry, rows: registryRows(registry.rows, board, expected, drift) }),
    );
  if (expected.some(({ signatures }) => signatures.length > 0)) {
    if (audit?.headerLine === undefined)
      missing.push(
        absent(
          audit?.path ?? `${tree.folder}/roles_shared/SIGNATURE_AUDIT.md`,
          'a signature audit with its table',
        ),
      );
    else
      keep(
        audit.path,
        audit.file,
        printDocument({ ...audit, rows: auditRows(audit.rows, expected, drift, audit.path) }),
      );
  }
  for (const each of expected) {
    const stub = stubOf(tree, each.wpId);
    if (stub === undefined) continue;
    const text = printDocument(renderStub(stub, each));
    keep(stub.path, stub.file, text);
    if (writes.has(stub.path))
      drift.push({
        wpId: each.wpId,
        place: stub.status?.place ?? linePlace(stub.path, 1),
        found: stub.status?.raw ?? '',
        expected: each.activated ? ACTIVATED : OPEN,
        owner: each.owner,
      });
  }
  return { writes, drift, missing };
}

function absent(path: string, expected: string): Unrendered {
  return { place: linePlace(path, 1), found: 'nothing', expected };
}

function boardEntries(
  board: TaskBoard,
  expected: readonly Expected[],
  drift: Drift[],
  missing: Unrendered[],
): EntryDraft[] {
  let entries: EntryDraft[] = [...board.entries];
  for (const { wpId, board: state, owner } of expected) {
    const section = sectionOf(board, state);
    if (section === undefined) {
      missing.push({
        place: linePlace(board.path, 1),
        found: 'no section',
        expected: `a section for ${state}`,
      });
      continue;
    }
    const own = entriesOf(board, wpId).filter((entry) => !isActiveLine(entry));
    const [first, ...further] = own;
    const right = first !== undefined && boardState(first) === state && otherSection(first) === undefined;
    if (right && further.length === 0) continue;
    const said = own.map(({ token, section: title }) => (token === undefined ? `"${title}"` : `[${token}]`));
    drift.push({
      wpId,
      place: first?.place ?? linePlace(board.path, 1),
      found: said.length === 0 ? 'no entry' : said.join(' and '),
      expected: `[${state}]`,
      owner,
    });
    const kept: EntryDraft =
      first === undefined
        ? { wpId, section, token: state }
        : right
          ? first
          : changedEntry(first, { section, token: state, detail: '' });
    entries = entries.filter((entry) => !own.includes(entry as (typeof own)[number]));
    entries.push(kept);
  }
  return entries;
}

function registryRows(
  rows: readonly RegistryRow[],
  board: TaskBoard | undefined,
  expected: readonly Expected[],
  drift: Drift[],
): RegistryRowDraft[] {
  const drafts: RegistryRowDraft[] = [...rows];
  const newest = new Map<string, Expected>();
  for (const each of expected) {
    const base = baseWpId(each.wpId);
    const other = newest.get(base);
    if (other === undefined || revisionOf(other.wpId) < revisionOf(each.wpId)) newest.set(base, each);
  }
  for (const [base, each] of newest) {
    const section = (board && sectionOf(board, each.board)) ?? each.board;
    const own = rows.filter(({ baseWpId: id }) => id === base);
    const [row] = own;
    const wanted = {
      baseWpId: base,
      activePacket: each.active,
      taskBoard: `${section}: ${each.wpId}`,
      notes: notesOf(row, each),
    };
    const same = (one: RegistryRow): boolean =>
      one.activePacket === wanted.activePacket &&
      one.taskBoard === wanted.taskBoard &&
      one.notes === wanted.notes;
    if (row !== undefined && own.length === 1 && same(row)) continue;
    drift.push({
      wpId: each.wpId,
      place: row?.place ?? linePlace(rows[0]?.place.file ?? '', 1),
      found: row === undefined ? 'no row' : `${row.activePacket}, ${row.taskBoard}`,
      expected: `${wanted.activePacket}, ${wanted.taskBoard}`,
      owner: each.owner,
    });
    if (row === undefined) drafts.push(wanted);
    else {
      drafts[drafts.indexOf(row)] = changedRow(row, wanted);
      for (const further of own.slice(1)) drafts.splice(drafts.indexOf(further), 1);
    }
  }
  return drafts;
}

/** The notes that a person wrote stay; those that say which packet is active, and from where, are the tool's. */
function notesOf(
  row: RegistryRow | undefined,
  { activated, wpId, activatedFrom, supersedes }: Expected,
): string {
  const others = (row?.parts ?? []).filter(({ kind }) => kind === 'other' || kind === 'anchored_to');
  const stub = row?.parts.find(({ kind }) => kind === 'stub')?.text ?? 'stub';
  const own = activated ? [`active=${wpId}`, `activated from stub ${activatedFrom}`] : [stub];
  const before = [
    ...new Set([...(row?.supersedes ?? []), ...(supersedes === undefined ? [] : [supersedes])]),
  ];
  return [
    ...own,
    ...(before.length === 0 ? [] : [`supersedes: ${before.join(', ')}`]),
    ...others.map(({ text }) => text),
  ].join('; ');
}

const INVALID = ' (INVALID - TAKEN BACK)';

function auditRows(
  rows: readonly AuditRowDraft[],
  expected: readonly Expected[],
  drift: Drift[],
  path: string,
): AuditRowDraft[] {
  let drafts = [...rows];
  for (const { wpId, signatures, owner } of expected) {
    for (const { signature, usedBy, at, specVersion, inForce } of signatures) {
      const purpose = `Task packet activation: ${wpId}${inForce ? '' : INVALID}`;
      const found = drafts.find((row) => row.signature === signature);
      if (found?.purpose === purpose) continue;
      const place = found?.place ?? linePlace(path, 1);
      drift.push({
        wpId,
        place,
        found: found?.purpose ?? `no row for ${signature}`,
        expected: purpose,
        owner,
      });
      const notes = 'Approved after Technical Refinement';
      // Newest first, as the table has always been kept.
      if (found === undefined) drafts = [{ signature, usedBy, at, purpose, specVersion, notes }, ...drafts];
      else drafts[drafts.indexOf(found)] = changedAuditRow(found, { purpose });
    }
  }
  return drafts;
}

const OPEN = 'STUB (NOT READY FOR DEV)';
const ACTIVATED = 'ACTIVATED_TO_PACKET';

/** Once the packet is made every item was proven or said: the boxes show it, and the status does. */
function renderStub(stub: Stub, { activated }: Expected): Stub {
  const { status, checklist } = stub;
  let rendered = stub;
  if (status !== undefined && activated !== /^ACTIVATED/.test(status.value)) {
    const { note: _, ...plain } = status;
    const value = activated ? ACTIVATED : 'STUB';
    const raw = activated ? ACTIVATED : OPEN;
    rendered = withField(rendered, {
      ...changedField(plain, value),
      raw,
      ...(activated ? {} : { note: 'NOT READY FOR DEV' }),
    });
  }
  const open = checklist?.items.some(
    ({ boxPlace, checked }) => boxPlace !== undefined && checked !== activated,
  );
  if (checklist === undefined || open !== true) return rendered;
  const items = checklist.items.map((item) =>
    item.boxPlace === undefined ? item : tickedItem(item, activated),
  );
  return { ...rendered, checklist: { ...checklist, items } };
}
