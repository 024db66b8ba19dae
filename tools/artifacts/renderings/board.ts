import { linePlace } from '../../findings/index.ts';
import { changedEntry, type EntryDraft } from '../print/board.ts';
import {
  type BoardEntry,
  type BoardState,
  boardState,
  entriesOf,
  isActiveLine,
  otherSection,
  sectionOf,
} from '../task-board.ts';
import type { BoardFacts } from '../tree/facts.ts';
import type { Expected, Standing } from './expected.ts';
import type { Told } from './told.ts';

/** The entries of the board as the ledger has them. Lines under Active are nobody's to write but their author's. */
export function boardEntries(board: BoardFacts, expected: readonly Expected[], told: Told): EntryDraft[] {
  let entries: EntryDraft[] = [...board.entries];
  for (const { wpId, standing, owner } of expected) {
    if (standing === undefined) continue;
    const own = entriesOf(board, wpId).filter((entry) => !isActiveLine(entry));
    const state = standing === 'gone' ? undefined : standing.board;
    // Of two that a merge has left the one that is right stays.
    const first = own.find((entry) => isRight(entry, state)) ?? own[0];
    const right = first !== undefined && isRight(first, state) && own.length === 1;
    // Of one that is over, and nobody says how, there is nothing to write.
    const nothing = standing === 'gone' ? first === undefined : state === undefined && own.length < 2;
    if (nothing || (right && standing !== 'gone')) continue;
    const section = state === undefined ? first?.section : sectionOf(board, state);
    if (section === undefined) {
      const place = linePlace(board.path, 1);
      told.missing.push({
        place,
        message: `Unexpected no section, expected a section for ${state} to record in`,
      });
      continue;
    }
    told.drift.push({
      surface: 'board',
      wpId,
      place: first?.place ?? linePlace(board.path, 1),
      found: first === undefined ? 'no entry' : own.map(saidBy).join(' and '),
      expected: standing === 'gone' ? 'no entry' : state === undefined ? 'one entry' : `[${state}]`,
      owner: standing === 'gone' ? owner : standing.boardOwner,
    });
    entries = entries.filter((entry) => entry === first || !own.includes(entry as BoardEntry));
    const at = entries.indexOf(first as EntryDraft);
    if (standing === 'gone') entries.splice(at, 1);
    else if (first === undefined)
      entries.splice(placeFor(entries, section, standing), 0, { wpId, section, token: state });
    else {
      const kept = state === undefined ? first : changed(first, section, state, standing);
      if (first.section === section) entries[at] = kept;
      else {
        entries.splice(at, 1);
        entries.splice(placeFor(entries, section, standing), 0, kept);
      }
    }
  }
  return entries;
}

function isRight(entry: BoardEntry, state: BoardState | undefined): boolean {
  if (otherSection(entry) !== undefined) return false;
  return state === undefined || boardState(entry) === state;
}

/** What was said of another state ("blocked_by", "branch") is not said of this one. */
function changed(entry: BoardEntry, section: string, token: BoardState, { was }: Standing): EntryDraft {
  if (isRight(entry, token)) return entry;
  return changedEntry(entry, { section, token, detail: token === 'STUB' ? (was?.detail ?? '') : '' });
}

/** The end of its section; or where it stood, for one that comes back. */
function placeFor(entries: readonly EntryDraft[], section: string, { was, board }: Standing): number {
  const behind = board === 'STUB' ? was?.behind : undefined;
  if (behind === '') {
    const first = entries.findIndex((entry) => entry.section === section);
    if (first >= 0) return first;
  }
  const at = entries.findIndex((entry) => entry.section === section && entry.wpId === behind);
  return at >= 0 ? at + 1 : entries.length;
}

function saidBy({ token, section }: BoardEntry): string {
  return token === undefined ? `"${section}"` : `[${token}] under ${section === '' ? 'no section' : section}`;
}
