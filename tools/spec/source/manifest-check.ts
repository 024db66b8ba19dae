import { frontMatterOf, scan } from '../../markdown/index.ts';
import { decode, sha256 } from '../../text/index.ts';
import type { SpecFile } from '../model.ts';

/** What a manifest states of a module; nothing of it is needed. */
export interface Stated {
  sha256?: unknown;
  body_sha256?: unknown;
  line_count?: unknown;
  heading_count?: unknown;
}

/** A statement that does not hold. */
export interface Difference {
  field: keyof Stated;
  /** Hashes are shortened. */
  stated: string;
  found: string;
}

/**
 * What a manifest states of a module and what does not hold. Line ends and the BOM are the checkout's: a hash
 * holds when one way to write the same lines has it. Counts are looked at where no hash settles it, since
 * nobody says whether the front matter counts, and which lines are headings.
 */
export function differences(stated: Stated, bytes: Uint8Array, file: SpecFile): Difference[] {
  const found: Difference[] = [];
  const hash = (field: 'sha256' | 'body_sha256', first: string, ways: () => Iterable<string>): void => {
    const wanted = stated[field];
    if (wanted === undefined || wanted === null) return;
    const said = String(wanted)
      .toLowerCase()
      .replace(/^sha256:/, '');
    if (said === first) return;
    for (const way of ways()) if (sha256(way) === said) return;
    found.push({ field, stated: short(said), found: short(first) });
  };
  const { text } = decode(file.path, bytes);
  hash('sha256', file.sha256, () => written(text));
  const body = bodyOf(text, file);
  hash('body_sha256', sha256(body), () => [
    ...written(body),
    ...written(body.replace(/^(?:[ \t]*\r?\n)+/, '')),
  ]);
  const settled = stated.sha256 !== undefined || stated.body_sha256 !== undefined;
  if (settled && found.length === 0) return found;
  const count = (field: 'line_count' | 'heading_count', counts: readonly number[]): void => {
    const wanted = stated[field];
    if (wanted === undefined || wanted === null || counts.some((one) => one === wanted)) return;
    found.push({ field, stated: String(wanted), found: String(counts[0]) });
  };
  count('line_count', lineCounts(file));
  count('heading_count', headingCounts(file));
  return found;
}

/** The same lines with either line end, with and without a BOM. */
function* written(text: string): Generator<string> {
  const lf = text.replaceAll('\r\n', '\n');
  const crlf = lf.replaceAll('\n', '\r\n');
  for (const one of [text, lf, crlf]) {
    yield one;
    yield `\ufeff${one}`;
  }
}

function bodyOf(text: string, file: SpecFile): string {
  let offset = 0;
  for (let line = 0; line < frontMatterEnd(file); line++) offset = text.indexOf('\n', offset) + 1;
  return text.slice(offset);
}

function frontMatterEnd({ lines }: SpecFile): number {
  return frontMatterOf(lines)?.endLine ?? 0;
}

/** Of the file and of its body, with and without the empty line that follows the last line end. */
function lineCounts(file: SpecFile): number[] {
  const all = file.lines.length;
  const bodies = [all, all - frontMatterEnd(file), all - file.bodyLine + 1];
  return [...bodies, ...bodies.map((count) => count + 1)];
}

/** By a strict reader, by ours, and by one that knows no fences. */
function headingCounts({ lines, bodyLine }: SpecFile): number[] {
  const naive = lines.slice(bodyLine - 1).filter((line) => /^ {0,3}#{1,6}[ \t]/.test(line));
  return [
    scan(lines).headings.length,
    scan(lines, { repair: true }).headings.length,
    scan(lines, { repair: true, recurse: true }).headings.length,
    naive.length,
  ];
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
