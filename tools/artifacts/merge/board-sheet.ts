import type { TextFile } from '../../text/index.ts';
import { blocksOf, printBoard } from '../print/board.ts';
import {
  type BoardEntry,
  boardState,
  isActiveLine,
  readTaskBoard,
  stateOfSection,
  type TaskBoard,
} from '../task-board.ts';
import { type Row, type Sheet, type Sides, traceOf } from './row.ts';

/** Sections by the state that they hold, so that one that was renamed on one side is found on the other. */
export function boardSheets(files: Sides<TextFile>): Sides<Sheet> {
  const boards = files.map(readTaskBoard);
  const twice = new Set(boards.flatMap(shared));
  const nameOf = (title: string): string => {
    const state = stateOfSection(title);
    return state === undefined || twice.has(state) ? title : `[${state}]`;
  };
  const [base, ours, theirs] = boards.map((board) => sheetOf(board, nameOf));
  return [base!, ours!, theirs!];
}

/** States for which a board has sections of several titles: there the title has to tell. */
function shared({ sections }: TaskBoard): string[] {
  const titles = new Map<string, Set<string>>();
  for (const { title } of sections) {
    const state = stateOfSection(title);
    if (state !== undefined) titles.set(state, (titles.get(state) ?? new Set()).add(title));
  }
  return [...titles].flatMap(([state, own]) => (own.size > 1 ? [state] : []));
}

function sheetOf(board: TaskBoard, nameOf: (title: string) => string): Sheet {
  const { file } = board;
  const blocks = blocksOf(board);
  const places = new Map(board.entries.map(({ place }) => [place.line, place]));
  const titles = new Map([['', ''], ...board.sections.map(({ title }) => [nameOf(title), title] as const)]);
  return {
    file,
    rows: board.entries.map((entry) => {
      const { line, endLine } = blocks.get(entry.place.line)!;
      return rowOf(entry, nameOf(entry.section), file.lines.slice(line - 1, endLine).join('\n'));
    }),
    holds: (section) => titles.has(section),
    print: (drafts) =>
      printBoard({
        kind: 'board',
        file,
        entries: drafts.map(({ key, parts, section, line }) => {
          const place = places.get(line ?? 0);
          return {
            wpId: key.replace(ACTIVE, ''),
            section: titles.get(section) ?? section,
            token: parts[0]?.[1],
            detail: parts[1]?.[0] ?? '',
            ...(place === undefined ? {} : { place }),
          };
        }),
      }),
    again: (text) => sheetOf(readTaskBoard(text), nameOf),
  };
}

/** The line that tells other branches who works on a packet stands beside its entry. */
const ACTIVE = / \(active line\)$/;

function rowOf(entry: BoardEntry, section: string, block: string): Row {
  const { wpId, token, detail, place } = entry;
  const is = boardState(entry);
  return {
    key: isActiveLine(entry) ? `${wpId} (active line)` : wpId,
    parts: [[section, token], [detail]],
    section,
    line: place.line,
    trace: traceOf(block),
    ...(is === undefined ? {} : { state: { of: wpId, is } }),
  };
}
