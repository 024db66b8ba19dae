import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isArtifactId } from '../kernel/index.ts';
import { sha256 } from '../text/index.ts';
import { EngineError } from './errors.ts';

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

export function memoryArtifacts(): Artifacts {
  const contents = new Map<string, string>();
  return {
    put: (id, text) => void contents.set(id, text),
    get: (id) => contents.get(id),
    has: (id) => contents.has(id),
  };
}

/** Files under a folder, two levels deep by hash; written once, synced with their folder, never changed. */
export function folderArtifacts(folder: string): Artifacts {
  const pathOf = (id: string): string | undefined => {
    if (!isArtifactId(id)) return undefined;
    const hash = id.slice('sha256:'.length);
    return join(folder, hash.slice(0, 2), hash);
  };
  return {
    put(id, text) {
      const path = pathOf(id);
      if (!path)
        throw new EngineError('invalid_request', `"${id}" is no artifact id (expected sha256:<hex>)`);
      if (existsSync(path)) return;
      const created = mkdirSync(dirname(path), { recursive: true });
      const temporary = `${path}.tmp`;
      const file = openSync(temporary, 'w');
      try {
        writeSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
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

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there; the rename is still atomic
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
