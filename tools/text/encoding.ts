/**
 * Double encoding ("mojibake"): UTF-8 bytes that were once read as CP1252 and written as UTF-8 again,
 * so that `§` stands as `Â§`. Repair is lossless by construction: a line is repaired only where the
 * round trip gives it back.
 */
const CP1252: Record<number, number> = {
  8364: 0x80,
  8218: 0x82,
  402: 0x83,
  8222: 0x84,
  8230: 0x85,
  8224: 0x86,
  8225: 0x87,
  710: 0x88,
  8240: 0x89,
  352: 0x8a,
  8249: 0x8b,
  338: 0x8c,
  381: 0x8e,
  8216: 0x91,
  8217: 0x92,
  8220: 0x93,
  8221: 0x94,
  8226: 0x95,
  8211: 0x96,
  8212: 0x97,
  732: 0x98,
  8482: 0x99,
  353: 0x9a,
  8250: 0x9b,
  339: 0x9c,
  382: 0x9e,
  376: 0x9f,
};

/** A lead byte shown as Latin text, followed by what a continuation byte looks like. */
const SUSPECT =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]/;

/** Runs of text outside ASCII: each is repaired alone, so that sound text beside it survives. */
const NON_ASCII = /[\u0080-\u{10ffff}]+/gu;

export interface Repaired {
  text: string;
  /** Column (from 1) and length of the first repaired run, in the line as it was. */
  column: number;
  length: number;
  found: string;
  expected: string;
}

/** The line as it was meant, or undefined if it is sound or cannot be repaired without loss. */
export function repairLine(line: string): Repaired | undefined {
  if (!SUSPECT.test(line)) return undefined;
  let first: Omit<Repaired, 'text'> | undefined;
  const text = line.replace(NON_ASCII, (run, offset: number) => {
    const repaired = repairRun(run);
    if (repaired === undefined) return run;
    first ??= { column: offset + 1, length: run.length, found: run, expected: repaired };
    return repaired;
  });
  return first && { text, ...first };
}

function repairRun(run: string): string | undefined {
  if (!SUSPECT.test(run)) return undefined;
  const bytes: number[] = [];
  for (const character of run) {
    const code = character.codePointAt(0)!;
    const byte = code < 0x100 ? code : CP1252[code];
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
