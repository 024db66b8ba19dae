// Shape and redaction in one pass: while a fit reads an event it also looks at its texts, and most events hold nothing
// that could not be stored as it came. Only the others are walked again.
import type { EventDefinition } from '../../generated/index.ts';
import { isHarmless } from '../../text/index.ts';
import { type Fit, fitOf, misfit } from './fit.ts';
import { isInlineKey } from './inline.ts';
import { keysOf } from './schema.ts';
import { storedText } from './stored-text.ts';

let met = 0;

/** How much was met so far that may not be stored as it came. It only grows, so that nobody resets it for another. */
export const suspects = (): number => met;

export function suspect(): void {
  met += 1;
}

function look(text: string): boolean {
  if (storedText(text) === text) return true;
  suspect();
  return false;
}

const fits = new Map<EventDefinition, Fit>();

/**
 * The fit of an event; the texts that it has looked at count as suspects where they have to change. A fit does not
 * look at keys: where one tells something of what it holds, a secret or content, every event is left to zod.
 */
export function judgeOf(definition: EventDefinition): Fit {
  const known = fits.get(definition);
  if (known) return known;
  const telling = [...keysOf(definition.schema)].some((key) => isInlineKey(key) || !isHarmless(key));
  const judge: Fit = telling ? () => misfit : fitOf(definition.schema, look);
  fits.set(definition, judge);
  return judge;
}
