import { redactText } from '../../text/index.ts';
import { invalid } from './errors.ts';

const beyondAscii = /[^\0-\x7f]/; // most text is not, and then it is in NFC and whole
const loneSurrogates = /\p{Surrogate}/gu;

/** Characters of one text: what is stored has to be read again, by `gov recorder check` in lines of 8 MiB. */
const LONGEST_TEXT = 2 * 1024 * 1024;

/**
 * A text as it is stored (D-46): in NFC, so that one word is one text, without secrets, and with U+FFFD for half a
 * surrogate pair, which no UTF-8 can carry. All else stays as it came, however odd: it is data.
 */
export function storedText(text: string): string {
  if (text.length > LONGEST_TEXT)
    throw invalid(
      `a text of ${text.length} characters, expected ${LONGEST_TEXT} at most: content is an artifact`,
    );
  if (!beyondAscii.test(text)) return redactText(text);
  return redactText(text.replace(loneSurrogates, '\ufffd').normalize('NFC'));
}
