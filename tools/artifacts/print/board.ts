import { spanPlace } from '../../text/index.ts';
import { type BoardEntry, readTaskBoard, type TaskBoard } from '../task-board.ts';
import { arrange, type Piece } from './arrange.ts';
import { emptyPlan, printLines, splice } from './lines.ts';
import { Unprintable } from './unprintable.ts';
import { isOneLine, readBack } from './verify.ts';

/** An entry as it is to stand: one that was read (then it has a place), changed or not, or a new one. */
export interface EntryDraft extends Pick<BoardEntry, 'wpId' | 'section'> {
  token?: string | undefined;
  detail?: string;
  place?: BoardEntry['place'];
}

/** A board with the entries that it is to have; a section's stand in the order in which they are given. */
export interface BoardDraft extends Pick<TaskBoard, 'kind' | 'file'> {
  entries: readonly EntryDraft[];
}

/** The entry with other values: what was derived from the old ones is left out. */
export function changedEntry(entry: EntryDraft, change: Partial<Omit<EntryDraft, 'place'>>): EntryDraft {
  const { wpId, section, token, detail, place } = entry;
  return {
    wpId,
    section,
    token,
    ...(detail === undefined ? {} : { detail }),
    ...(place === undefined ? {} : { place }),
    ...change,
  };
}

/** Prints a task board. An entry whose section was changed moves to the end of the other, or behind the one given before it. */
export function printBoard(draft: BoardDraft): string {
  const { file } = draft;
  const board = readTaskBoard(file);
  const plan = emptyPlan();
  const blocks = blocksOf(board);
  const known = new Map(board.entries.map((entry) => [entry.place.line, entry]));
  const used = new Set<number>();
  const groups = new Map<string, Piece[]>();
  for (const section of ['', ...board.sections.map(({ title }) => title)]) groups.set(section, []);
  for (const entry of draft.entries) {
    const group = groups.get(entry.section);
    if (group === undefined) throw refused(draft, entry, 'section', entry.section, 'one of the board');
    group.push(pieceOf(draft, entry, known, blocks, used));
  }
  for (const [section, pieces] of groups) {
    const current = board.entries.filter((entry) => entry.section === section);
    if (pieces.length === 0 && current.length === 0) continue;
    const lines = current.map(({ place }) => blocks.get(place.line)!);
    // The blank line that the first entry brought goes with the last one.
    const above = (lines[0]?.line ?? 1) - 1;
    if (pieces.length === 0 && file.lines[above - 1]?.trim() === '') plan.remove.add(above);
    arrange(plan, file.lines, lines, pieces, startOf(board, section, lines[0]?.line, pieces));
  }
  const printed = printLines(file, plan);
  if (plan.replace.size + plan.remove.size + plan.insert.size === 0) return printed.text;
  checkEntries(draft, readTaskBoard(readBack(file, printed)), [...groups.keys()]);
  return printed.text;
}

function pieceOf(
  draft: BoardDraft,
  entry: EntryDraft,
  known: ReadonlyMap<number, BoardEntry>,
  blocks: ReadonlyMap<number, { line: number; endLine: number }>,
  used: Set<number>,
): Piece {
  const original = entry.place === undefined ? undefined : known.get(entry.place.line);
  const values = [
    ['id', entry.wpId, original?.wpId],
    ['token', entry.token, original?.token],
    ['detail', entry.detail, original?.detail],
  ] as const;
  for (const [what, value, old] of values) {
    if (value !== undefined && value !== old && !isOneLine(value))
      throw refused(draft, entry, what, value, 'one line');
  }
  // A copy of an entry is another entry.
  if (original === undefined || used.has(original.place.line)) return { text: [`- ${entryText(entry)}`] };
  const at = blocks.get(original.place.line)!;
  used.add(at.line);
  const text = draft.file.lines.slice(at.line - 1, at.endLine);
  text[0] = changedLine(text[0]!, original, entry);
  return { at, text };
}

function changedLine(line: string, original: BoardEntry, entry: EntryDraft): string {
  const same = original.wpId === entry.wpId && original.detail === (entry.detail ?? '');
  if (same && original.token === entry.token) return line;
  const { column, endColumn } = original.tokenPlace;
  if (same && original.token !== undefined && entry.token !== undefined)
    return splice(line, column, endColumn - column, `[${entry.token}]`);
  const marker = /^\s*[-*+]\s+/.exec(line)![0];
  return marker + entryText(entry);
}

function entryText({ wpId, token, detail = '' }: EntryDraft): string {
  const parts = [
    `**[${wpId}]**`,
    ...(token === undefined ? [] : [`[${token}]`]),
    ...(detail === '' ? [] : [detail]),
  ];
  return parts.join(' - ');
}

/** Each entry with the lines below it that belong to it, by its line. */
export function blocksOf({ file, entries }: TaskBoard): Map<number, { line: number; endLine: number }> {
  return new Map(
    entries.map(({ place: { line, column } }, index) => {
      const next = entries[index + 1]?.place.line ?? file.lines.length + 1;
      let endLine = line;
      while (endLine + 1 < next && file.lines[endLine]!.search(/\S/) >= column) endLine++;
      return [line, { line, endLine }];
    }),
  );
}

/** The line that the first entry of a section stands behind. In an empty one that is its last line of text. */
function startOf(
  { file, sections, entries }: TaskBoard,
  title: string,
  first: number | undefined,
  pieces: Piece[],
): number {
  if (first !== undefined) return first - 1;
  const section = sections.find((each) => each.title === title);
  const from = section?.line ?? 0;
  let last = section === undefined ? (sections[0]?.line ?? file.lines.length + 1) - 1 : section.endLine;
  while (last > from && /^(?:|[-*_]{3,})$/.test(file.lines[last - 1]!.trim())) last--;
  // Below its heading it stands as the entries of the other sections do.
  const tight = sections.some(({ line }) => entries.some(({ place }) => place.line === line + 1));
  if (last > from || (section !== undefined && !tight)) pieces[0]?.text.unshift('');
  return last;
}

/** By section, since that is how they are read: the draft's entries and those of the printed board. */
function checkEntries(draft: BoardDraft, board: TaskBoard, sections: readonly string[]): void {
  const order = <T extends EntryDraft>(entries: readonly T[]): T[] =>
    sections.flatMap((section) => entries.filter((entry) => entry.section === section));
  const [wanted, read] = [order(draft.entries), order<EntryDraft>(board.entries)];
  for (const [index, entry] of wanted.entries()) {
    const found = read[index];
    const same =
      found?.wpId === entry.wpId &&
      found.token === entry.token &&
      found.detail === (entry.detail ?? '') &&
      found.section === entry.section;
    if (!same) throw refused(draft, entry, 'entry', entryText(entry), 'one that reads back as itself');
  }
  if (read.length !== wanted.length) {
    const extra = read.find((entry, index) => wanted[index]?.wpId !== entry.wpId)!;
    throw refused(draft, extra, 'entry', entryText(extra), 'none beside those that were given');
  }
}

function refused(
  { file }: BoardDraft,
  entry: EntryDraft,
  what: string,
  value: string,
  expected: string,
): Unprintable {
  return new Unprintable(file.path, what, value, expected, entry.place ?? spanPlace(file.path, 1, 1, 0));
}
