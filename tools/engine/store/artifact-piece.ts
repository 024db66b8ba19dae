import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { artifactPath } from './artifacts.ts';

/** The beginning of an artifact. */
export interface Piece {
  /** Of the whole. */
  bytes: number;
  content: Uint8Array;
}

/** Reads no more than `most` bytes, however large the file is; undefined where there is none that can be read. */
export function pieceOf(folder: string, artifact_id: string, most: number): Piece | undefined {
  const path = artifactPath(folder, artifact_id);
  const file = path === undefined ? undefined : opened(path);
  if (file === undefined) return undefined;
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return undefined;
    const content = new Uint8Array(Math.min(most, stat.size));
    return { bytes: stat.size, content: content.subarray(0, readSync(file, content, 0, content.length, 0)) };
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined; // it is gone, or not for us: either way there is nothing to show
  }
}
