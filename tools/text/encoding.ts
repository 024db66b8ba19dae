import { byteOf, isDoubleEncoded, shownAs } from './mojibake.ts';

/**
 * Double encoding: UTF-8 bytes that were once read as CP1252 and written as UTF-8 again, so that `§` stands
 * as `Â§`. A line is repaired only where every suspicious run of it gives itself back when it is encoded
 * again; else it stays as it is.
 */
export interface Repaired {
  text: string;
  /** Column (from 1) and length of the first repaired run, in the line as it was. */
  column: number;
  length: number;
  found: string;
  expected: string;
}

/** What cannot be repaired: sound and broken text in one run, or a character that is gone. */
export interface Refused {
  why: 'mixed' | 'lost';
  column: number;
  length: number;
  found: string;
}

export interface RepairedText {
  lines: string[];
  repaired: (Repaired & { line: number })[];
  /** Lines that were left as they are; a lost character may also stand in a repaired one. */
  refused: (Refused & { line: number })[];
}

/** A lead byte shown as Latin text before what a continuation byte looks like, or a lost character. */
const SUSPECT =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]|\ufffd/;

/** Runs of text outside ASCII: each is repaired alone, so that sound text beside it survives. */
const NON_ASCII = /[\u0080-\u{10ffff}]+/gu;
/** C1: what text does not hold by itself. */
const CONTROLS = /[\u0080-\u009f]/g;
const LOST = '\ufffd';

/** The line as it was meant, or undefined if it is sound or cannot be repaired without loss. */
export function repairLine(line: string): Repaired | undefined {
  return judgeLine(line)?.repaired;
}

/** All lines at once: what was repaired, and what was not and why. */
export function repairText(lines: readonly string[]): RepairedText {
  const result: RepairedText = { lines: [...lines], repaired: [], refused: [] };
  for (const [at, text] of lines.entries()) {
    const judged = judgeLine(text);
    if (!judged) continue;
    const line = at + 1;
    if (judged.repaired) {
      result.lines[at] = judged.repaired.text;
      result.repaired.push({ line, ...judged.repaired });
    }
    if (judged.refused) result.refused.push({ line, ...judged.refused });
  }
  return result;
}

/** Undefined for a sound line. What may be sound is repaired only beside what cannot be. */
export function judgeLine(line: string): Judged | undefined {
  if (!SUSPECT.test(line)) return undefined;
  const judged = judgeRuns(line, false);
  return judged?.repaired ? judgeRuns(line, true) : judged;
}

interface Judged {
  repaired?: Repaired;
  refused?: Refused;
}

function judgeRuns(line: string, weak: boolean): Judged | undefined {
  let first: Omit<Repaired, 'text'> | undefined;
  let refused: Refused | undefined;
  const text = line.replace(NON_ASCII, (run, offset: number) => {
    const repaired = repairRun(line, offset, run, weak);
    if (repaired === run) return run;
    const place = { column: offset + 1, length: run.length, found: run };
    if (repaired === undefined) refused ??= { why: 'mixed', ...place };
    else first ??= { ...place, expected: repaired };
    return repaired ?? run;
  });
  if (refused) return { refused };
  const lost = text.indexOf(LOST);
  if (!first && lost < 0) return undefined;
  return {
    ...(first && { repaired: { text, ...first } }),
    ...(lost >= 0 && { refused: { why: 'lost', column: lost + 1, length: 1, found: LOST } }),
  };
}

/**
 * The run as it was meant, however often it was encoded; undefined where its broken text cannot be taken back.
 * Nobody means a control: where only controls would come of it (`HÂLÂ…`), the run stays.
 */
function repairRun(line: string, offset: number, run: string, weak: boolean): string | undefined {
  const before = line.slice(Math.max(0, offset - 2), offset);
  const after = line.slice(offset + run.length, offset + run.length + 2);
  const had = new Set(run.match(CONTROLS));
  let kept = run;
  let meant = run;
  for (;;) {
    const text = before + meant + after;
    const to = before.length + meant.length;
    if (!isDoubleEncoded(text, before.length, to, { weak })) return kept;
    const decoded = decodeRun(meant);
    if (decoded === undefined)
      return isDoubleEncoded(text, before.length, to, { mixed: true }) ? undefined : kept;
    meant = decoded;
    if (meant.match(CONTROLS)?.every((control) => had.has(control)) ?? true) kept = meant;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** One encoding taken off, if putting it on again gives the run back. */
function decodeRun(run: string): string | undefined {
  const bytes = new Uint8Array(run.length);
  for (let at = 0; at < run.length; at++) {
    const byte = byteOf(run[at]!);
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  let decoded: string;
  try {
    decoded = decoder.decode(bytes);
  } catch {
    return undefined;
  }
  const again = encoder.encode(decoded);
  return shownAs('cp1252', again) === run || shownAs('latin1', again) === run ? decoded : undefined;
}
