import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { gitEnvironment, gitError } from './run-git.ts';
import { LARGEST_FILE, UnreadableFile } from './snapshot.ts';

/** An idle process ends after this many milliseconds; the next read starts another. */
const IDLE = 1000;

interface Request {
  path: string;
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * Blobs by their id, from one `git cat-file --batch` for all reads. Bytes, not text: what decodes them would
 * hide invalid UTF-8 from the readers. The process never keeps ours alive, but for an answer that is awaited.
 */
export class BlobReader {
  private readonly root: string;
  private batch: Batch | undefined;

  constructor(root: string) {
    this.root = root;
  }

  read(path: string, blob: string): Promise<Uint8Array> {
    if (!this.batch?.open) this.batch = new Batch(this.root);
    return this.batch.read(path, blob);
  }
}

class Batch {
  open = true;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly pending: Request[] = [];
  private chunks: Buffer[] = [];
  private length = 0;
  /** Size of the answer whose header was read; undefined while a header is awaited. */
  private size: number | undefined;
  /** Bytes to come of an answer that nobody wants. */
  private skip = 0;
  private errors = '';
  private idle: NodeJS.Timeout | undefined;

  constructor(root: string) {
    this.child = spawn('git', ['--no-replace-objects', 'cat-file', '--batch'], {
      cwd: root,
      env: gitEnvironment(),
    });
    this.child.stdout.on('data', (chunk: Buffer) => this.take(chunk));
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    this.child.stdin.on('error', () => {}); // its end is told by `close`
    this.child.on('error', (error) => this.fail(gitError(error)));
    this.child.on('close', () => this.fail(gitError(new Error(this.errors))));
  }

  read(path: string, blob: string): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      clearTimeout(this.idle);
      if (this.pending.length === 0) this.hold(true);
      this.pending.push({ path, resolve, reject });
      this.child.stdin.write(`${blob}\n`);
    });
  }

  private take(chunk: Buffer): void {
    const skipped = Math.min(this.skip, chunk.length);
    this.skip -= skipped;
    this.chunks.push(chunk.subarray(skipped));
    this.length += chunk.length - skipped;
    while (this.pending.length > 0 && this.answer()) {
      // one answer after the other, as far as what has come goes
    }
    if (this.pending.length > 0 || !this.open) return;
    this.hold(false);
    this.idle = setTimeout(() => this.end(), IDLE).unref();
  }

  /** Takes one header or one body; false when it has not come yet. */
  private answer(): boolean {
    if (this.size !== undefined) {
      if (this.length < this.size + 1) return false;
      const body = this.cut(this.size + 1).subarray(0, this.size);
      this.size = undefined;
      this.pending.shift()!.resolve(body);
      return true;
    }
    const end = this.joined().indexOf(10);
    if (end < 0) return false;
    const header = this.cut(end + 1)
      .toString('latin1')
      .trim();
    const [, type, digits] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header) ?? [];
    const size = Number(digits ?? -1);
    if (type === 'blob' && size <= LARGEST_FILE) this.size = size;
    else this.refuse(header, type, size);
    return true;
  }

  private refuse(header: string, type: string | undefined, size: number): void {
    const { path, reject } = this.pending.shift()!;
    const cause = new Error(`git cat-file: ${header}`);
    reject(new UnreadableFile(path, type === 'blob' ? 'large' : 'failed', { cause }));
    if (type === undefined) return; // missing: nothing follows
    const here = Math.min(this.length, size + 1);
    this.cut(here);
    this.skip = size + 1 - here;
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!;
  }

  private cut(length: number): Buffer {
    const all = this.joined();
    this.chunks = [all.subarray(length)];
    this.length -= length;
    return all.subarray(0, length);
  }

  private fail(cause: Error): void {
    this.open = false;
    for (const { path, reject } of this.pending.splice(0)) {
      reject(new UnreadableFile(path, 'failed', { cause }));
    }
  }

  private end(): void {
    this.open = false;
    this.child.stdin.end();
  }

  private hold(keep: boolean): void {
    const { child } = this;
    for (const handle of [child, child.stdin as Socket, child.stdout as Socket, child.stderr as Socket]) {
      if (keep) handle.ref();
      else handle.unref();
    }
  }
}
