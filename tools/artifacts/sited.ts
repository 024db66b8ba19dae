import type { Place } from '../findings/index.ts';

/** A text and where it stands. */
export interface Sited {
  text: string;
  place: Place;
}
