import { lstat, readdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sha256, writeFileDurably } from '../../text/index.ts';
import { removeDriver, settingsIn } from '../hooks/driver.ts';
import type { Made } from './record.ts';

/** What became of one thing that was made. */
export interface Taken {
  made: Made;
  /** `gone`: somebody else took it away before. */
  did: 'removed' | 'restored' | 'left' | 'gone';
  why?: string;
}

/** Takes back what is as it was made, the last first, and names what is not. Nothing else is touched. */
export async function takeBack(root: string, made: readonly Made[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const each of [...made].reverse()) taken.push({ made: each, ...(await takeOne(root, each)) });
  return taken;
}

async function takeOne(root: string, made: Made): Promise<Omit<Taken, 'made'>> {
  const path = join(root, made.path);
  switch (made.kind) {
    case 'repository':
      return { did: 'left', why: 'a repository is not taken away; remove .git if you do not want it' };
    case 'settings':
      return await takeSettings(root, made.settings);
    case 'folder':
      return await takeFolder(path);
    case 'file':
      return await takeFile(path, made.sha256);
    case 'lines':
      return await takeLines(path, made);
  }
}

/** Those of the merge driver: one section, which goes as a whole. */
async function takeSettings(
  root: string,
  settings: Readonly<Record<string, string>>,
): Promise<Omit<Taken, 'made'>> {
  const found = await settingsIn(root, Object.keys(settings));
  if (Object.keys(found).length === 0) return { did: 'gone' };
  // A run that was killed has set the first of them.
  if (Object.entries(found).some(([key, value]) => value !== settings[key]))
    return { did: 'left', why: 'the merge driver was changed since' };
  await removeDriver(root);
  return { did: 'restored' };
}

async function takeFolder(path: string): Promise<Omit<Taken, 'made'>> {
  try {
    await rmdir(path);
    return { did: 'removed' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { did: 'gone' };
    return { did: 'left', why: code === 'ENOTEMPTY' ? 'other files stand in it' : String(code) };
  }
}

async function takeFile(path: string, hash: string): Promise<Omit<Taken, 'made'>> {
  await removeTemporary(path);
  const bytes = await bytesOf(path);
  if (bytes === undefined) return { did: 'gone' };
  if (bytes === 'other' || sha256(bytes) !== hash) return { did: 'left', why: 'it was changed since' };
  await unlink(path);
  return { did: 'removed' };
}

/** The added lines, wherever they stand now; what was written around them stays. */
async function takeLines(path: string, made: Extract<Made, { kind: 'lines' }>): Promise<Omit<Taken, 'made'>> {
  const bytes = await bytesOf(path);
  if (bytes === undefined) return { did: 'gone' };
  if (bytes === 'other') return { did: 'left', why: 'it is no file any more' };
  if (sha256(bytes) === made.sha256) return { did: 'restored' };
  const added = Buffer.from(made.added);
  const at = bytes.indexOf(added);
  if (at < 0 || bytes.indexOf(added, at + 1) >= 0)
    return { did: 'left', why: `the lines that were added were changed since: ${made.added.trim()}` };
  await writeFileDurably(path, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + added.length)]));
  return { did: 'restored' };
}

async function bytesOf(path: string): Promise<Buffer | 'other' | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isFile() ? await readFile(path) : 'other';
}

/** What a killed run left of the file before it had its name. */
async function removeTemporary(path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(start) && /^\d+\.[0-9a-f]{8}\.tmp$/.test(name.slice(start.length)))
      await unlink(join(dirname(path), name)).catch(() => {});
  }
}
