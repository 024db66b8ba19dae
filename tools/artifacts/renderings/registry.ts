import { linePlace } from '../../findings/index.ts';
import { changedRow, type RegistryRowDraft } from '../print/records.ts';
import type { RegistryRow } from '../registry.ts';
import { entriesOf, isActiveLine, sectionOf } from '../task-board.ts';
import type { RegistryFacts, TreeFacts } from '../tree/facts.ts';
import { hasDocument, revisionsOf } from '../tree/work-packets.ts';
import { baseWpId, revisionOf } from '../wp-id.ts';
import type { Expected, Standing } from './expected.ts';
import { notesFor, notesRight } from './notes.ts';
import type { Told } from './told.ts';

/** The rows of the registry: each base work packet has one, and it names the newest of its revisions. */
export function registryRows(
  tree: TreeFacts,
  { path, rows }: RegistryFacts,
  expected: readonly Expected[],
  told: Told,
): RegistryRowDraft[] {
  const drafts: RegistryRowDraft[] = [...rows];
  for (const each of newestOf(tree, expected)) {
    const base = baseWpId(each.wpId);
    const own = rows.filter(({ baseWpId: id }) => id === base);
    const [row, ...further] = own;
    const { standing } = each;
    if (standing === 'gone') {
      // The row of another revision stays, and so does one that nobody can say more of.
      if (row === undefined || revisionsOf(tree, base).some(hasDocument)) continue;
      tell(row.place, row.activePacket, 'no row', each.owner, each.wpId);
      for (const one of own) drafts.splice(drafts.indexOf(one), 1);
      continue;
    }
    const section = sectionFor(tree, each.wpId, standing);
    if (row === undefined) {
      const wanted = wantedOf(base, each.wpId, standing, section ?? '', undefined);
      tell(linePlace(path, 1), 'no row', wanted.activePacket, each.owner, each.wpId);
      drafts.push(wanted);
      continue;
    }
    const wanted = wantedOf(base, each.wpId, standing, section ?? row.boardSection?.text ?? '', row);
    for (const [at, key] of [
      ['activePlace', 'activePacket'],
      ['boardPlace', 'taskBoard'],
      ['notesPlace', 'notes'],
    ] as const)
      if (wanted[key] !== row[key]) tell(row[at], row[key], wanted[key], each.owner, each.wpId);
    for (const one of further) tell(one.place, 'a second row', 'one', each.owner, each.wpId);
    drafts[drafts.indexOf(row)] = wanted;
    for (const one of further) drafts.splice(drafts.indexOf(one), 1);
  }
  return drafts;

  function tell(place: RegistryRow['place'], found: string, wanted: string, owner: string, wpId: string) {
    told.drift.push({
      surface: 'registry',
      wpId,
      place,
      found: found === '' ? 'nothing' : found,
      expected: wanted,
      owner,
    });
  }
}

type Placed = Expected & { standing: Standing | 'gone' };

/** Of each base the newest revision, where that one is the ledger's to speak of. */
function newestOf(tree: TreeFacts, expected: readonly Expected[]): Placed[] {
  const newest = new Map<string, Placed>();
  const rank = ({ wpId, standing }: Placed): number => (standing === 'gone' ? -1 : revisionOf(wpId));
  for (const { standing, ...each } of expected) {
    if (standing === undefined) continue;
    const placed = { ...each, standing };
    const known = newest.get(baseWpId(each.wpId));
    if (known === undefined || rank(known) < rank(placed)) newest.set(baseWpId(each.wpId), placed);
  }
  return [...newest].flatMap(([base, each]) => {
    const documents = revisionsOf(tree, base).filter(hasDocument);
    const later = documents.some(({ id }) => revisionOf(id) > revisionOf(each.wpId));
    return later && each.standing !== 'gone' ? [] : [each];
  });
}

function sectionFor(tree: TreeFacts, wpId: string, { board }: Standing): string | undefined {
  if (tree.board === undefined) return board;
  if (board !== undefined) return sectionOf(tree.board, board);
  return entriesOf(tree.board, wpId).find((entry) => !isActiveLine(entry))?.section;
}

function wantedOf(
  base: string,
  wpId: string,
  standing: Standing,
  section: string,
  row: RegistryRow | undefined,
): RegistryRowDraft {
  const { active, activated, was } = standing;
  const cells = [row?.taskBoard, activated ? undefined : was?.taskBoard];
  const notes = row !== undefined && notesRight(row.parts, wpId, standing) ? row.notes : undefined;
  const wanted = {
    baseWpId: base,
    activePacket: active,
    taskBoard: cells.find((cell) => saysSection(cell, section, wpId)) ?? `${section}: ${wpId}`,
    notes: notes ?? notesFor(row?.parts, wpId, standing),
  };
  return row === undefined ? wanted : changedRow(row, wanted);
}

/** `Stub Backlog: WP-1-Demo-v1`, with the remarks of the title or without them. */
function saysSection(cell: string | undefined, section: string, wpId: string): boolean {
  const colon = cell?.lastIndexOf(':') ?? -1;
  if (cell === undefined || colon < 0) return false;
  const id = cell
    .slice(colon + 1)
    .trim()
    .replaceAll('`', '');
  return id === wpId && folded(cell.slice(0, colon)) === folded(section);
}

/** Section titles without their remarks: `Stub Backlog (Not Activated)`. */
function folded(section: string): string {
  return section.replace(/\(.*$/s, '').trim().toLowerCase();
}
