import type { EventMention } from '../ir.ts';
import { announcesFields, fieldsBelow, fieldsOfSentence } from './fields.ts';
import { type Named, namedIn } from './ids.ts';

/** What a line says of the events that it names. */
export type Said = Pick<EventMention, 'frId' | 'form' | 'type' | 'fields'>;

/** `snake_case` or dotted: what the type of an event looks like. */
const TYPE = /[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+/.source;
const TYPE_BEHIND = new RegExp(
  String.raw`^[\x60*]*\s*(?:[-–—:]\s*)?(?:\(\x60?(${TYPE})\x60?\)|\x60(${TYPE})\x60|(${TYPE}))(?=$|[\s:;.,)])`,
);
const ITEM = /^\s*(?:(?:[-*+]|\d+[.)])\s+)?(?:\([a-z]+\)\s+)?[`*]*$/;
const FORBIDS =
  /\bMUST NOT (?:be )?(?:re-?)?(?:introduced?|used)\b|\bdeprecated\b|\b(?:is|are) (?:prohibited|forbidden)\b/;
const EMITS = /\b(?:emit(?:s|ted|ting)?|emission of|logs?|records?)\s+(?:a |an |the )?[`(*]*$/i;

/** A line of prose or pseudo-code. Each event that it names is named once, in the strongest form. */
export function readLine(lines: readonly string[], at: number): Said[] {
  const text = lines[at]!;
  const named = namedIn(text);
  const said: Said[] = [];
  for (const name of named) {
    const sentence = sentenceAround(text, name);
    const own = sentence.text;
    const after = text.slice(name.end, sentence.end);
    if (FORBIDS.test(own)) {
      said.push(...name.ids.map((frId) => ({ frId, form: 'prohibition' as const })));
      continue;
    }
    const before = text.slice(0, name.start);
    const heads = !name.group && ITEM.test(before);
    if (heads && /^\s*[-*+] \*\*/.test(text) && /^[^*]*\*\*/.test(text.slice(name.end))) {
      said.push({ frId: name.ids[0]!, form: 'anchor' });
      continue;
    }
    const listed = ITEM.test(before) && named.length === 1 && before.trim() !== '';
    const alone = heads && before.trim() === '' && TYPE_BEHIND.test(after);
    const emits = EMITS.test(before);
    const type = name.group || !(listed || alone || emits) ? undefined : typeBehind(after);
    const fields =
      fieldsOfSentence(after) ??
      (name === named.at(-1) && announcesFields(text) ? fieldsBelow(lines, at) : undefined);
    for (const frId of name.ids) {
      said.push({
        frId,
        form: listed || alone ? 'list' : 'emit',
        ...(type !== undefined && { type }),
        ...(fields && { fields }),
      });
    }
  }
  return said;
}

/** A heading that one event has for itself: `11.5.2 FR-EVT-006 (LlmInferenceEvent)`. */
export function readHeading(text: string): Said[] {
  const named = namedIn(text);
  const [name] = named;
  if (name === undefined || named.length > 1 || name.group) return [];
  const type = typeBehind(text.slice(name.end));
  return [{ frId: name.ids[0]!, form: 'anchor', ...(type !== undefined && { type }) }];
}

function typeBehind(after: string): string | undefined {
  const match = TYPE_BEHIND.exec(after);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** Far enough for a sentence, and no further: a line may be as long as a file. */
const REACH = 2000;

function sentenceAround(text: string, { start, end }: Named): { text: string; end: number } {
  const from = Math.max(0, start - REACH);
  const near = text.slice(from, end + REACH);
  let first = 0;
  let last = near.length;
  for (const { index } of near.matchAll(/[.!?]\s+(?=[A-Z*`[(])/g)) {
    if (from + index < start) first = index + 1;
    else if (from + index >= end) {
      last = index;
      break;
    }
  }
  return { text: near.slice(first, last), end: from + last };
}
