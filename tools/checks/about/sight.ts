import type { BoardEntry } from '../../artifacts/index.ts';
import { linePlace, type Place } from '../../findings/index.ts';

/** A place, and what stands there where that is surely known. */
export interface Sight {
  place: Place;
  found?: string;
}

/** Where a document says which work packet it is about; its first line where it does not. */
export function selfSight(document: {
  path: string;
  title?: { text: string; place: Place };
  wpId?: { raw: string; place: Place };
}): Sight {
  const { path, title, wpId } = document;
  if (wpId !== undefined && wpId.raw !== '') return { place: wpId.place, found: wpId.raw };
  return title === undefined ? { place: linePlace(path, 1) } : sight(title.place, title.text);
}

/**
 * `found` is what an editor shows at the place, so it is left out where the place is wider than the text: a path
 * in ticks, a cell that is not there.
 */
export function sight(place: Place, text: string): Sight {
  const exact = place.line === place.endLine && place.endColumn - place.column === text.length;
  return exact && text !== '' ? { place, found: text } : { place };
}

/** The state of an entry of the board, in its brackets; the end of the entry where it has none. */
export function stateSight({ token, tokenPlace }: BoardEntry): Sight {
  return token === undefined ? { place: tokenPlace } : sight(tokenPlace, `[${token}]`);
}
