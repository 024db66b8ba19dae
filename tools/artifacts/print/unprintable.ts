import { GovError, type Place } from '../../findings/index.ts';

/** A value that the document cannot hold: read again it would be another, or change what stands around it. */
export class Unprintable extends GovError {
  override name = 'Unprintable';
  readonly path: string;
  /** Where it should have stood, if it is something that was there before. */
  readonly place: Place | undefined;
  constructor(path: string, what: string, value: string, expected: string, place?: Place) {
    super(`Unexpected ${what} ${JSON.stringify(shortened(value))}, expected ${expected}`);
    this.path = path;
    this.place = place;
  }
}

function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}
