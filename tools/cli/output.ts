import stringWidth from 'fast-string-width';

export { count } from '../text/index.ts';
export { cut } from './cut.ts';

import pc from 'picocolors';
import { type Live, openLive } from './live.ts';

type Paint = (text: string) => string;

/** Where a command prints. Colour only where it means something, and only on a terminal that wants it. */
export interface Output {
  line(text?: string): void;
  /** Complete machine output: never coloured, never cut. */
  json(value: unknown): void;
  raw(text: string): void;
  error(text: string): void;
  /** One line that tells of long work, on a terminal. */
  live(what: string): Live;
  red: Paint;
  yellow: Paint;
  green: Paint;
  dim: Paint;
  bold: Paint;
  /** Standard output is a terminal. */
  terminal: boolean;
  /** Columns to fill: those of the terminal, 100 without one. */
  width: number;
  /** Columns that must not be exceeded; none where no terminal cuts. */
  limit: number;
}

interface Streams {
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  env: Readonly<Record<string, string | undefined>>;
}

export function createOutput(streams: Streams, options: { color: boolean }): Output {
  const color =
    options.color && streams.stdout.isTTY === true && !streams.env.NO_COLOR && streams.env.TERM !== 'dumb';
  const paint = pc.createColors(color);
  let live: Live | undefined;
  const print = (stream: Pick<Streams['stderr'], 'write'>, text: string): void => {
    // What is printed never stands behind a line that is still there.
    live?.end();
    stream.write(text);
  };
  return {
    line: (text = '') => print(streams.stdout, `${text.replace(/\s+$/, '')}\n`),
    json: (value) => print(streams.stdout, `${JSON.stringify(value, null, 2)}\n`),
    raw: (text) => print(streams.stdout, text),
    error: (text) => print(streams.stderr, `${text}\n`),
    live: (what) => {
      live = openLive(streams.stderr, what, () => performance.now());
      return live;
    },
    red: paint.red,
    yellow: paint.yellow,
    green: paint.green,
    dim: paint.dim,
    bold: paint.bold,
    terminal: streams.stdout.isTTY === true,
    width: Math.max(40, streams.stdout.columns ?? 100),
    limit: Math.max(40, streams.stdout.columns ?? Number.POSITIVE_INFINITY),
  };
}

/** File names and quoted text may hold anything: what would steer a terminal is shown instead of sent. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\ufeff\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Pads by display width: a CJK name takes two columns a letter. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Cuts the beginning of a path: its end tells more. */
export function cutStart(text: string, limit: number): string {
  if (stringWidth(text) <= limit) return text;
  let kept = '';
  for (const character of [...text].reverse()) {
    if (stringWidth(character + kept) > limit - 1) break;
    kept = character + kept;
  }
  return `…${kept}`;
}

/** Folds as {@link wrap} does, and breaks a word that no line has room for. */
export function fold(text: string, width: number): string[] {
  const pieces = text.split(/\s+/).flatMap((word) => {
    if (stringWidth(word) <= width) return [word];
    const parts: string[] = [''];
    for (const character of word) {
      if (stringWidth(parts.at(-1)! + character) > width) parts.push('');
      parts[parts.length - 1] += character;
    }
    return parts;
  });
  return wrap(pieces.join(' '), width);
}

/** Columns that a text takes. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** Folds words to `width`, further lines indented. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const next = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(next) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = next;
    }
  }
  lines.push(line);
  return lines;
}
