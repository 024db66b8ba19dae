import type { Stub } from '../../artifacts/index.ts';
import { scan, visibleLines } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** `{{WP_ID}}` says nothing anywhere, not even in a code span; the others only where nothing stands beside them. */
const BRACES = /\{\{[A-Z][A-Z_0-9]*\}\}/g;
const WHOLE =
  /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:[A-Za-z][A-Za-z_ ]{0,60}:\s*)?(\.\.\.|\u2026|TBD|TODO|<(?:fill|pending|TODO|TBD)\b[^>]*>|\{[A-Z][A-Z_0-9]*\})\s*$/d;

export const stubTemplateText = defineRule<'stub', Args>({
  id: 'stub/template-text',
  summary: 'A stub says what it means: nothing is left of the template to be filled in.',
  appliesTo: 'stub',
  severity: 'warning',
  docs: `"{{WP_ID}}", "..." and "TBD" are what the template says until somebody writes a stub. A stub that still holds them has not been thought through at that place, and what is copied from it into a packet is nothing.

Fill the place in, or take the line out where there is nothing to say.`,
  message: ({ found }) => `Unexpected "${found}" of the template, expected text of this stub`,
  *check(stub) {
    for (const [index, text] of visible(stub).entries()) {
      const whole = WHOLE.exec(text);
      const places = [...text.matchAll(BRACES)].map((match) => ({ at: match.index, found: match[0] }));
      if (places.length === 0 && whole !== null) places.push({ at: whole.indices![1]![0], found: whole[1]! });
      for (const { at, found } of places) {
        yield { place: spanPlace(stub.path, index + 1, at + 1, found.length), args: { found }, found };
      }
    }
  },
});

/** An example in a fence is no text of the stub. */
function visible(stub: Stub): string[] {
  return visibleLines(stub.file.lines, scan(stub.file.lines).fences);
}
