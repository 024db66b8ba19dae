import type { Finding, Place } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';

/** The value of a field without the notes behind it: what a repair may replace. */
export function valuePlace({ place, value }: Field): Place {
  return spanPlace(place.file, place.line, place.column, value.length);
}

/** The repair that puts a text in the place of another. */
export function replaced({ file: _, ...range }: Place, text: string): NonNullable<Finding['fix']> {
  return [{ range, text }];
}
