import { type ParseErrorCode, printParseErrorCode } from 'jsonc-parser';

/** What JSON wants where its grammar is broken, by the name of the parser's error. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: 'JSON',
  InvalidNumberFormat: 'a number',
  PropertyNameExpected: 'a key in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'the end of the file',
  InvalidCommentToken: 'JSON without comments',
  UnexpectedEndOfString: 'a closing quote',
  UnexpectedEndOfNumber: 'a digit',
  InvalidUnicode: String.raw`\u and four hex digits`,
  InvalidEscapeCharacter: 'an escape that JSON knows',
  InvalidCharacter: 'control characters to be escaped',
};

/** `Unexpected "x", expected ","`. */
export function syntaxMessage(code: ParseErrorCode, found: string): string {
  return `Unexpected ${found}, expected ${EXPECTED[printParseErrorCode(code)] ?? 'JSON'}`;
}
