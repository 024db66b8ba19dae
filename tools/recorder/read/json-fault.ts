/** Where a text stops being JSON. */
export interface JsonFault {
  /** Characters before it. */
  offset: number;
  expected: string;
  /** The text is the beginning of JSON that was cut off. */
  cut: boolean;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NUMBER_BEGUN = /-?(?:(?:0|[1-9]\d*)(?:\.\d*|(?:\.\d+)?[eE][+-]?\d*)?)?$/y;
const BLANKS = /[ \t\n\r]*/y;
const WORDS = ['true', 'false', 'null'];
const escapes = '"\\/bfnrt';

/**
 * The first place at which a text is no JSON (RFC 8259), for texts that JSON.parse has refused: its own message tells
 * a place in some cases, and in no case whether more text could have mended it. Reads in one pass, and no deeper for a
 * text that is nested deeper.
 */
export function jsonFault(text: string): JsonFault {
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const fault = (expected: string): JsonFault => ({ offset: at, expected, cut: at >= text.length });
  /** What closes each object and array that is open. */
  const open: string[] = [];
  let wanted = 'a value';
  for (;;) {
    match(BLANKS);
    const next = text[at];
    if (next === undefined) return fault(wanted);
    if (wanted === 'a value' || wanted === 'a value or "]"') {
      if (next === '{' || next === '[') {
        open.push(next === '{' ? '}' : ']');
        at += 1;
        wanted = next === '{' ? 'a key or "}"' : 'a value or "]"';
        continue;
      }
      if (next === ']' && wanted !== 'a value') open.pop();
      const found = next === ']' && wanted !== 'a value' ? closed() : scalar();
      if (found) return found;
      wanted = after();
    } else if (wanted === 'a key' || wanted === 'a key or "}"') {
      if (next === '}' && wanted !== 'a key') {
        open.pop();
        at += 1;
        wanted = after();
        continue;
      }
      if (next !== '"') return fault(wanted);
      const found = string();
      if (found) return found;
      wanted = '":"';
    } else if (wanted === '":"') {
      if (next !== ':') return fault(wanted);
      at += 1;
      wanted = 'a value';
    } else if (next === ',' && open.length > 0) {
      at += 1;
      wanted = open.at(-1) === '}' ? 'a key' : 'a value';
    } else if (next === open.at(-1)) {
      open.pop();
      at += 1;
      wanted = after();
    } else return fault(wanted);
  }

  function after(): string {
    return open.length === 0 ? 'the end of the line' : `"," or "${open.at(-1)}"`;
  }

  function closed(): undefined {
    at += 1;
  }

  function scalar(): JsonFault | undefined {
    if (text[at] === '"') return string();
    const word = WORDS.find((candidate) => candidate[0] === text[at]);
    if (word !== undefined) {
      const given = text.slice(at, at + word.length);
      if (given === word) at += word.length;
      else if (word.startsWith(given)) return { offset: text.length, expected: word, cut: true };
      else return fault('a value');
      return undefined;
    }
    const start = at;
    // At the end of a text more digits could follow; only a number that stands alone is whole.
    const isWhole = match(NUMBER) && (at < text.length || open.length === 0);
    const end = at;
    at = start;
    if (match(NUMBER_BEGUN) && !(isWhole && end === text.length))
      return { offset: text.length, expected: 'a number', cut: true };
    at = isWhole ? end : start;
    if (isWhole) return undefined;
    return fault('a value');
  }

  /** Letter by letter: a pattern would remember a way back for each of millions. */
  function string(): JsonFault | undefined {
    for (at += 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        at += 1;
        return undefined;
      }
      if (code < 32) return fault('a character of a string');
      if (code !== 92) continue;
      const letter = text[at + 1];
      if (letter === undefined) break;
      if (letter === 'u') {
        const given = text.slice(at + 2, at + 6);
        if (!/^[\da-fA-F]*$/.test(given)) return fault('an escape such as \\u00e4');
        at += 5;
      } else if (escapes.includes(letter)) at += 1;
      else return fault('an escape that JSON has');
    }
    at = text.length;
    return fault('the end of a string');
  }
}
