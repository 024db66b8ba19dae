import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../text/index.ts';
import { gitCommonFolder } from './git-folder.ts';

/** Results that can be computed again, kept by the hash of what they were computed from. */
export interface Cache {
  /** The value as it was written; undefined where none can be trusted. Never throws. */
  read(kind: string, key: string): Promise<unknown>;
  /** Keeps a JSON value. Never throws: what cannot be kept is computed again. */
  write(kind: string, key: string, value: unknown): Promise<void>;
}

/** Results kept per kind, the last written ones: a few specs and branches. */
const KEPT = 8;
/** Many times what a spec takes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The cache of the repository around `root`, in its git folder, never in the tree; none without a repository.
 * `writer` names the program, down to its build: what another one wrote is foreign, and not read.
 */
export async function openCache(root: string, writer: string): Promise<Cache | undefined> {
  const common = await gitCommonFolder(root);
  return common === undefined ? undefined : new FileCache(join(common, 'govkit', 'cache'), writer);
}

class FileCache implements Cache {
  readonly #folder: string;
  readonly #writer: string;
  constructor(folder: string, writer: string) {
    this.#folder = folder;
    this.#writer = writer;
  }

  async read(kind: string, key: string): Promise<unknown> {
    const file = this.#file(kind, key);
    try {
      // Nobody writes to a pipe that stands here, and what is larger was not written here.
      const there = await lstat(file);
      if (!there.isFile() || there.size > LARGEST) return undefined;
      // As bytes: decoded piece by piece a megabyte takes longer than to be parsed.
      const bytes = await readFile(file);
      const end = bytes.indexOf(10);
      const body = bytes.subarray(end + 1);
      if (end < 0 || bytes.toString('utf8', 0, end) !== this.#header(key, body)) return undefined;
      return JSON.parse(body.toString('utf8'));
    } catch {
      return undefined;
    }
  }

  async write(kind: string, key: string, value: unknown): Promise<void> {
    const body = JSON.stringify(value);
    const file = this.#file(kind, key);
    const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await mkdir(join(this.#folder, kind), { recursive: true });
      // Not synced: a torn file does not have the hash that its header states.
      await writeFile(temporary, `${this.#header(key, body)}\n${body}`);
      await rename(temporary, file);
      await this.#prune(kind);
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  #file(kind: string, key: string): string {
    return join(this.#folder, kind, `${sha256(`${this.#writer}\n${key}`).slice(0, 32)}.json`);
  }

  #header(key: string, body: string | Uint8Array): string {
    return `govkit-cache ${this.#writer} ${key} ${sha256(body)}`;
  }

  async #prune(kind: string): Promise<void> {
    const folder = join(this.#folder, kind);
    const names = await readdir(folder);
    if (names.length <= KEPT) return;
    const dated = await Promise.all(
      names.map(async (name) => ({
        name,
        time: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
    );
    const old = dated.sort((a, b) => b.time - a.time).slice(KEPT);
    await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
  }
}
