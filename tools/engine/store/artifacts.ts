import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isArtifactId } from '../../kernel/index.ts';
import { sha256 } from '../../text/index.ts';
import { EngineError } from '../errors.ts';
import { nonce } from '../ports.ts';

/**
 * Content by its hash. `put` returns when the content is durable; it runs inside the transaction that names the
 * artifact, so a crash leaves garbage and never a dangling reference.
 */
export interface Artifacts {
  put(artifact_id: string, text: string): void;
  get(artifact_id: string): string | undefined;
  has(artifact_id: string): boolean;
}

export const artifactId = (text: string): string => `sha256:${sha256(text)}`;

/** Content that is what its id says; `store_failed` where it is not, undefined where there is none. */
export function contentOf(artifacts: Artifacts, artifact_id: string): string | undefined {
  const text = artifacts.get(artifact_id);
  if (text === undefined || artifactId(text) === artifact_id) return text;
  throw new EngineError('store_failed', `the content of ${artifact_id} is damaged`);
}

export function memoryArtifacts(): Artifacts {
  const contents = new Map<string, string>();
  return {
    put: (id, text) => void contents.set(id, text),
    get: (id) => contents.get(id),
    has: (id) => contents.has(id),
  };
}

/**
 * Files under a folder, two levels deep by hash; written once, synced with their folder, never changed. A file
 * of another length than its content is what a full disk once left behind, and is written anew.
 */
export function folderArtifacts(folder: string): Artifacts {
  const pathOf = (id: string): string | undefined => artifactPath(folder, id);
  return {
    put(id, text) {
      const path = pathOf(id);
      if (!path)
        throw new EngineError('invalid_request', `"${id}" is no artifact id (expected sha256:<hex>)`);
      const content = Buffer.from(text);
      if (statSync(path, { throwIfNoEntry: false })?.size === content.length) return;
      const created = mkdirSync(dirname(path), { recursive: true });
      // A name of its own: two processes that keep the same content at once do not meet before the rename.
      const temporary = `${path}.${process.pid}.${nonce()}.tmp`;
      try {
        writeWhole(temporary, content);
        renameSync(temporary, path);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
      syncFolder(dirname(path));
      if (created) syncFolder(dirname(dirname(path)));
    },
    get(id) {
      const path = pathOf(id);
      return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    },
    has(id) {
      const path = pathOf(id);
      return path !== undefined && existsSync(path);
    },
  };
}

/** Undefined for what is no id: it must not lead anywhere. */
export function artifactPath(folder: string, artifact_id: string): string | undefined {
  if (!isArtifactId(artifact_id)) return undefined;
  const hash = artifact_id.slice('sha256:'.length);
  return join(folder, hash.slice(0, 2), hash);
}

/** All of it or an error: part of a content under the hash of the whole would be believed for ever. */
function writeWhole(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content);
    const { size } = fstatSync(file);
    if (size !== content.length) throw new Error(`${path} holds ${size} of ${content.length} bytes`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there; the rename is still atomic
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
