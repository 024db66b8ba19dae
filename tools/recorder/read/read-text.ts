import { isUtf8 } from 'node:buffer';
import { decode, NotUtf8 } from '../../text/index.ts';
import { jsonFault } from './json-fault.ts';
import type { RawLine } from './lines.ts';

/** What is wrong with a line before anything is known of its content. */
export interface Told {
  rule: string;
  message: string;
  column: number;
}

/** Levels of an object that an event never has: what reads it level by level must come to an end. */
const DEEPEST = 200;
/** A shorter line cannot hold levels enough to matter. */
const SHORT = 4_000;

/** The JSON value of a line; undefined for a blank one. */
export function readText({ number, bytes, ended }: RawLine): { value: unknown } | Told | undefined {
  const plain = withoutMarks(bytes, number, ended);
  const text = plain.toString('utf8');
  // What is no UTF-8 was read as this character; only a text that has it need be looked at again.
  if (text.includes('\ufffd') && !isUtf8(plain))
    return ended ? notUtf8(plain) : (torn(plain) ?? notUtf8(plain));
  if (text.trim() === '') return undefined;
  if (text.length > SHORT && isDeep(text))
    return notAnEvent(`nesting of more than ${DEEPEST} levels`, 'an event on each line');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return (ended ? undefined : torn(plain)) ?? notJson(text);
  }
}

/** Without the byte order mark of the log and the CR of CRLF. */
function withoutMarks(bytes: Buffer, number: number, ended: boolean): Buffer {
  const from = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const to = ended && bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  return bytes.subarray(from, to);
}

/**
 * A last line that was being written when something stopped it: the beginning of an object, perhaps ending inside a
 * character, perhaps with zeros where a file system had made room for the rest.
 */
function torn(bytes: Buffer): Told | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  for (let less = 0; less < 4 && less < end; less += 1) {
    const whole = bytes.subarray(0, end - less);
    if (!isUtf8(whole)) continue;
    const text = whole.toString('utf8');
    const fault = jsonFault(text);
    if (!fault.cut || !text.trimStart().startsWith('{')) return undefined;
    const message = `Unexpected end of the log inside an entry, expected ${fault.expected}`;
    return { rule: 'log/torn-tail', message, column: text.length + 1 };
  }
  return end === 0
    ? { rule: 'log/torn-tail', message: 'Unexpected NUL at the end of the log, expected nothing', column: 1 }
    : undefined;
}

function notUtf8(bytes: Buffer): Told {
  try {
    decode('', bytes);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const byte = `0x${error.byte.toString(16).padStart(2, '0')}`;
    return { rule: 'log/encoding', message: `Unexpected byte ${byte}, expected UTF-8`, column: error.column };
  }
  throw new Error('bytes that are no UTF-8 were read as UTF-8');
}

function notJson(text: string): Told {
  const { offset, expected } = jsonFault(text);
  const found = offset >= text.length ? 'end of the line' : characterOf(text, offset);
  return notAnEvent(found, `${expected} (JSON, one event on each line)`, offset + 1);
}

const names: Readonly<Record<string, string>> = { '\0': 'NUL', '\ufeff': 'byte order mark' };

function characterOf(text: string, offset: number): string {
  const character = String.fromCodePoint(text.codePointAt(offset)!);
  return names[character] ?? JSON.stringify(character);
}

const notAnEvent = (found: string, expected: string, column = 1): Told => ({
  rule: 'log/not-an-event',
  message: `Unexpected ${found}, expected ${expected}`,
  column,
});

/** Whether more than {@link DEEPEST} objects and arrays lie in each other. */
function isDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return false;
}
