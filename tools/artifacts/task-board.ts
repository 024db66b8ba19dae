import type { Place } from '../findings/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { openDocument, type Section } from './document.ts';
import { withoutNotes } from './without-notes.ts';
import { type WpMention, wpIdsIn } from './wp-id.ts';

/** `- **[WP-1-Demo-v1]** - [STUB] - branch: feat/x`. */
export interface BoardEntry {
  wpId: string;
  /** `STUB`, `READY_FOR_DEV`, ...; absent where the entry is bare. */
  token?: string;
  /** What follows the token: `blocked_by: ...`. */
  detail: string;
  /** The same taken apart: `branch: x - coder: y - last_sync: 2026-02-24`, unknown keys included. */
  details: BoardDetail[];
  /** Work packets that `blocked_by` names, the reasons in parentheses aside. */
  blockedBy: WpMention[];
  /** Title of the section of level 2 that it stands in; empty before the first. */
  section: string;
  /** The whole entry. */
  place: Place;
  /** The token in its brackets, or the end of a bare entry. */
  tokenPlace: Place;
}

export interface BoardDetail {
  key: string;
  value: string;
  /** Of the value. */
  place: Place;
}

export interface TaskBoard {
  kind: 'board';
  path: string;
  file: TextFile;
  sections: Section[];
  entries: BoardEntry[];
}

const ENTRY = /^\s*[-*+]\s+\*\*\[(WP-[^\]]*)\]\*\*(?:\s*-\s*(\[([^\]]*)\]))?(?:\s*-\s*)?(.*)$/d;

/** The states of the protocol, in its order: where their entries stand, and whether a packet is behind them. */
const STATES = {
  STUB: { section: 'Stub Backlog', title: /^stub\b/i, started: false },
  READY_FOR_DEV: { section: 'Ready for Dev', title: /^ready for dev\b/i, started: true },
  // Upstream activates a packet by writing ACTIVE under Ready for Dev.
  ACTIVE: { section: 'Active', title: /^(?:active|ready for dev)\b/i, started: true },
  IN_PROGRESS: { section: 'In Progress', title: /^in progress\b/i, started: true },
  BLOCKED: { section: 'Blocked', title: /^blocked\b/i, started: true },
  VALIDATED: { section: 'Done', title: /^done\b/i, started: true },
  FAIL: { section: 'Done', title: /^done\b/i, started: true },
  OUTDATED_ONLY: { section: 'Done', title: /^done\b/i, started: true },
  SUPERSEDED: { section: 'Superseded', title: /^superseded\b/i, started: false },
} as const;

export type BoardState = keyof typeof STATES;

export const BOARD_STATES = Object.keys(STATES) as readonly BoardState[];

/** The state of an entry; under Ready for Dev the section alone says it: upstream wrote it so for years. */
export function boardState(entry: BoardEntry): BoardState | undefined {
  const { token, section } = entry;
  if (token === undefined) return STATES.READY_FOR_DEV.title.test(section) ? 'READY_FOR_DEV' : undefined;
  return Object.hasOwn(STATES, token) ? (token as BoardState) : undefined;
}

/** A state that a work packet has once it was activated and as long as nothing replaced it. */
export function isStarted(state: BoardState): boolean {
  return STATES[state].started;
}

/** Nobody works on it any more, however that ended. */
export function isEnded(state: BoardState): boolean {
  return !STATES[state].started || STATES[state].section === 'Done';
}

/** The first state whose entries stand in a section of that title: `Done` says that it is over, not how. */
export function stateOfSection(title: string): BoardState | undefined {
  return BOARD_STATES.find((state) => STATES[state].title.test(title));
}

/** Title of the section of a board that entries of a state stand in; undefined where it has none. */
export function sectionOf(board: Pick<TaskBoard, 'sections'>, state: BoardState): string | undefined {
  return board.sections.find(({ title }) => STATES[state].title.test(title))?.title;
}

/** The section that the entry belongs in, if it stands in that of another state. Other sections are anyone's. */
export function otherSection(entry: BoardEntry): string | undefined {
  const state = boardState(entry);
  if (state === undefined || STATES[state].title.test(entry.section)) return undefined;
  const taken = Object.values(STATES).some(({ title }) => title.test(entry.section));
  return taken ? STATES[state].section : undefined;
}

/**
 * The entries of a work packet: one, or something is wrong. A line under Active tells other branches who works
 * on it; it stands beside the entry, and counts only where there is no other.
 */
export function entriesOf(board: Pick<TaskBoard, 'entries'>, wpId: string): BoardEntry[] {
  return [...standingOf(board.entries.filter((entry) => entry.wpId === wpId))];
}

/** The same of lines that are known to be of one work packet. */
export function standingOf(entries: readonly BoardEntry[]): readonly BoardEntry[] {
  if (entries.length < 2) return entries;
  const standing = entries.filter((entry) => !isActiveLine(entry));
  return standing.length > 0 ? standing : entries;
}

export function isActiveLine(entry: BoardEntry): boolean {
  return entry.token === 'ACTIVE' && /^active\b/i.test(entry.section);
}

/** Reads the board. Any bullet with a bold id in brackets is an entry, in whatever section it stands. */
export function readTaskBoard(file: TextFile): TaskBoard {
  const document = openDocument(file);
  const sections = document.sections.filter(({ level }) => level === 2);
  const entries: BoardEntry[] = [];
  let passed = 0;
  document.visible.forEach((text, index) => {
    const match = ENTRY.exec(text);
    if (match === null) return;
    const line = index + 1;
    while ((sections[passed]?.line ?? line) < line) passed++;
    const start = text.search(/\S/);
    const at = match.indices![2] ?? [text.trimEnd().length, text.trimEnd().length];
    entries.push({
      wpId: match[1]!.trim(),
      ...(match[3] === undefined ? {} : { token: match[3].trim() }),
      detail: match[4]!.trimEnd(),
      ...readDetails(file.path, line, match[4]!.trimEnd(), match.indices![4]![0] + 1),
      section: sections[passed - 1]?.title ?? '',
      place: spanPlace(file.path, line, start + 1, text.trimEnd().length - start),
      tokenPlace: spanPlace(file.path, line, at[0] + 1, at[1] - at[0]),
    });
  });
  return { kind: 'board', path: file.path, file, sections, entries };
}

const DETAIL = /(?:^|\s-\s+)([A-Za-z][A-Za-z_]{0,40}):\s*/g;

/** A dash between blanks parts two of them where a key follows it: branches have dashes too. */
function readDetails(
  path: string,
  line: number,
  detail: string,
  column: number,
): Pick<BoardEntry, 'details' | 'blockedBy'> {
  const marks = [...detail.matchAll(DETAIL)];
  const details = marks.map((mark, index): BoardDetail => {
    const start = mark.index + mark[0].length;
    const value = detail.slice(start, marks[index + 1]?.index).trimEnd();
    return { key: mark[1]!, value, place: spanPlace(path, line, column + start, value.length) };
  });
  const blockedBy = details
    .filter(({ key }) => /^blocked_by$/i.test(key))
    .flatMap(({ value, place }) => wpIdsIn(' '.repeat(place.column - 1) + withoutNotes(value), path, line));
  return { details, blockedBy };
}
