import type { Place } from '../findings/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { openDocument, type Section } from './document.ts';

/** `- **[WP-1-Demo-v1]** - [STUB] - branch: feat/x`. */
export interface BoardEntry {
  wpId: string;
  /** `STUB`, `READY_FOR_DEV`, ...; absent where the entry is bare. */
  token?: string;
  /** What follows the token: `blocked_by: ...`. */
  detail: string;
  /** Title of the section of level 2 that it stands in; empty before the first. */
  section: string;
  /** The whole entry. */
  place: Place;
  /** The token in its brackets, or the end of a bare entry. */
  tokenPlace: Place;
}

export interface TaskBoard {
  kind: 'board';
  path: string;
  file: TextFile;
  sections: Section[];
  entries: BoardEntry[];
}

const ENTRY = /^\s*[-*+]\s+\*\*\[(WP-[^\]]*)\]\*\*(?:\s*-\s*(\[([^\]]*)\]))?(?:\s*-\s*)?(.*)$/d;

/** Reads the board. Any bullet with a bold id in brackets is an entry, in whatever section it stands. */
export function readTaskBoard(file: TextFile): TaskBoard {
  const document = openDocument(file);
  const sections = document.sections.filter(({ level }) => level === 2);
  const entries: BoardEntry[] = [];
  document.visible.forEach((text, index) => {
    const match = ENTRY.exec(text);
    if (match === null) return;
    const line = index + 1;
    const start = text.search(/\S/);
    const at = match.indices![2] ?? [text.trimEnd().length, text.trimEnd().length];
    entries.push({
      wpId: match[1]!.trim(),
      ...(match[3] === undefined ? {} : { token: match[3].trim() }),
      detail: match[4]!.trimEnd(),
      section: sections.findLast((section) => section.line < line)?.title ?? '',
      place: spanPlace(file.path, line, start + 1, text.trimEnd().length - start),
      tokenPlace: spanPlace(file.path, line, at[0] + 1, at[1] - at[0]),
    });
  });
  return { kind: 'board', path: file.path, file, sections, entries };
}
