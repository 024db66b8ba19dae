/**
 * Tells double encoding ("mojibake": UTF-8 that was read as CP1252) from sound text that looks alike:
 * `É…` may be the end of a French word, and `é` with a no-break space and `»` is one, though all three pairs
 * would also decode. A sequence counts where no sound text would have its characters side by side.
 */

/** Bytes 0x80 to 0x9f as CP1252 shows them; the five that it leaves undefined stand for themselves. */
const SHOWN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES = new Map(Array.from(SHOWN, (char, at) => [char, 0x80 + at]));

/** The byte that a character stands for, read as CP1252, or as Latin-1 where CP1252 has none. */
export function byteOf(char: string): number | undefined {
  const code = char.codePointAt(0)!;
  return code < 0x100 ? code : BYTES.get(char);
}

/** The text that bytes become when they are read as CP1252, or as Latin-1. */
export function shownAs(view: 'cp1252' | 'latin1', bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const high = view === 'cp1252' && byte >= 0x80 && byte < 0xa0;
    text += high ? SHOWN[byte - 0x80]! : String.fromCharCode(byte);
  }
  return text;
}

// What may follow the last letter of a word: closing quotes of any language, dashes, no-break spaces, signs.
const QUOTES = '’”“‘…–—»«›‹\u00a0';
const SIGNS = `${QUOTES}•™®©°²³¹·§`;
const MARKS = `${SIGNS}ºª\u00ad`;
const DAGGERS = '†‡';
const LETTERS = 'ŠšŽžŒœŸ';
// Of these a letter or digit may follow directly.
const JOINING = '’…–—\u00a0\u00ad';
const LOWER = /\p{Ll}$/u;
const UPPER = /\p{Lu}$/u;
const LETTER = /\p{L}$/u;
const WORD = /^[\p{L}\p{N}]/u;
// What a number, a price or a name may have before or behind it: `3×€500`, `Ø±0.05`, `CAFÉ€5`, `¡OLÉ¡`.
const AMOUNTS = '€£¢¤¥¼½¾±µ¬¡¿‰';
const SUPERSCRIPTS = '¹²³';
// Of these any letter may follow, and they may follow any; of a capital only another word in capitals ends.
const FREE = '×Øß';
const FINAL = 'ÄÅÆÇÈÉÊËÌÍÒÓÔÕÖÙÚÛÜÝ';

interface Reading {
  /** Also beside sound text, where a quoted letter and its quote are no evidence (`“Â”`). */
  mixed?: boolean;
  /** Elsewhere in the line is certain evidence: then `×€` counts too, which may else be sound. */
  weak?: boolean;
}

/** Does the text hold, between `from` and `to`, a sequence that only double encoding puts there? */
export function isDoubleEncoded(
  text: string,
  from: number,
  to: number,
  { mixed = false, weak = false }: Reading = {},
): boolean {
  for (let at = from; at < to; at++) {
    const length = sequenceLength(text, at, to);
    if (length === 0) continue;
    const sequence = text.slice(at, at + length);
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + length, at + length + 2);
    const quoted = mixed && Array.from(sequence.slice(1)).every((char) => QUOTES.includes(char));
    if (!quoted && isEvidence(sequence, before, after) && (weak || !isWeak(sequence, before, after)))
      return true;
    at += length - 1;
  }
  return false;
}

/** Of the UTF-8 sequence whose bytes the characters stand for; 0 where they stand for none. */
function sequenceLength(text: string, at: number, to: number): number {
  const lead = byteOf(text[at]!) ?? 0;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > to) return 0;
  for (let next = at + 1; next < at + length; next++) {
    const byte = byteOf(text[next]!) ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return length;
}

function isEvidence(sequence: string, before: string, after: string): boolean {
  const [lead = '', ...rest] = sequence;
  const last = rest[0]!;
  if (rest.length > 1) {
    // ð begins every emoji, and â arrows, boxes and ticks: a word seldom ends in one, and none is a word.
    if (lead === 'ð' || (lead === 'â' && !LETTER.test(before))) return true;
    const [first = '', ...others] = rest.map((char) => (LETTERS.includes(char) ? 'letter' : char));
    const sound = (char: string): boolean =>
      SIGNS.includes(char) || (char === 'letter' && first === 'letter');
    return !sound(first) || !others.every(sound);
  }
  if (lead === 'Â') return true;
  const tight = !JOINING.includes(last) && WORD.test(after);
  // Accents, × and Greek begin so. Ã ends Portuguese words in capitals, and none of them is a word by itself.
  if ('ÃÎÏ'.includes(lead))
    return !`${QUOTES}™®`.includes(last) || !UPPER.test(before) || tight || /^[\p{Lu}\p{N}]/u.test(after);
  // ƒ, with which a worse damage of ticks and crosses begins.
  if (sequence === 'Æ’' && !LETTER.test(before)) return true;
  const letters = lead === 'Ä' || lead === 'Å' ? '' : LETTERS;
  if (![MARKS, DAGGERS, letters].some((chars) => chars.includes(last))) return true;
  // The other leads are capitals, which follow no small letter.
  return UPPER.test(lead) && !letters.includes(last) && (LOWER.test(before) || tight);
}

/** A letter or × and a sign that sound text puts side by side, however often. */
function isWeak(sequence: string, before: string, after: string): boolean {
  const [lead = '', last = '', more] = sequence;
  if (more !== undefined) return false;
  if (lead === 'Ã') return SUPERSCRIPTS.includes(last) && UPPER.test(before) && !WORD.test(after);
  if (!AMOUNTS.includes(last)) return false;
  return FREE.includes(lead) || (FINAL.includes(lead) && !LOWER.test(before) && !/^\p{L}/u.test(after));
}
