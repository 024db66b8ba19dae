import { createHash } from 'node:crypto';
import { linePlace, TreeError } from '../../findings/index.ts';
import { frontMatterOf } from '../../markdown/index.ts';
import { decode, NotUtf8, sha256, spanPlace } from '../../text/index.ts';
import type { SpecFile } from '../model.ts';

/** One file of a spec from its bytes. Throws a TreeError when they are no UTF-8. */
export function specFileOf(path: string, bytes: Uint8Array): SpecFile {
  try {
    const { sha256: hash, lines, text, bom, eol } = decode(path, bytes);
    const plain = !bom && eol === '\n';
    let pinned: string | undefined;
    return {
      path,
      sha256: hash,
      // Asked for by those who compare pins, and not by those who look for a section.
      get sha1() {
        pinned ??= sha1(bytes);
        return pinned;
      },
      digest: plain ? hash : sha256(text.replaceAll('\r\n', '\n')),
      lines,
      bodyLine: bodyLineOf(lines),
      ...(bom && { bom }),
      ...(eol === 'mixed' && { mixedAt: mixedAt(text) }),
    };
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const byte = `0x${error.byte.toString(16).padStart(2, '0')}`;
    throw new TreeError(
      {
        rule: 'spec/unreadable',
        severity: 'error',
        place: spanPlace(path, error.line, error.column, 1),
        message: `Unexpected byte ${byte}, expected UTF-8`,
        args: { path, byte: error.byte },
      },
      { cause: error },
    );
  }
}

/** Lower-case hex sha1, which refinements have always pinned the spec by. */
export function sha1(data: string | Uint8Array): string {
  return createHash('sha1').update(data).digest('hex');
}

function bodyLineOf(lines: readonly string[]): number {
  let line = (frontMatterOf(lines)?.endLine ?? 0) + 1;
  while (lines[line - 1]?.trim() === '') line++;
  return line;
}

function mixedAt(text: string): number {
  const lines = text.split('\n').slice(0, -1);
  const first = lines[0]?.endsWith('\r') ?? false;
  return lines.findIndex((line) => line.endsWith('\r') !== first) + 1;
}

/** The spec is there and cannot be read; `line` is where the file names what is wrong. */
export function unreadable(
  path: string,
  found: string,
  { line = 1, expected = 'a spec that can be read', cause }: UnreadableDetails = {},
): TreeError {
  return new TreeError(
    {
      rule: 'spec/unreadable',
      severity: 'error',
      place: linePlace(path, line),
      message: `Unexpected ${found}, expected ${expected}`,
      args: { path },
    },
    cause === undefined ? undefined : { cause },
  );
}

interface UnreadableDetails {
  line?: number;
  expected?: string;
  cause?: unknown;
}
