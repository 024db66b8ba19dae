import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { artifactId, folderArtifacts } from '../../tools/engine/store/artifacts.ts';
import { temporaryFolder } from '../support/repository.ts';

const disk = vi.hoisted(() => ({ full: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeFileSync: (file: number, content: Uint8Array) =>
      fs.writeFileSync(file, disk.full ? content.subarray(0, 3) : content),
  };
});

const text = 'a content of some length, ünd not only ASCII';
const id = artifactId(text);
const hash = id.slice('sha256:'.length);
const kept = () => {
  const folder = temporaryFolder();
  return { folder, path: join(folder, hash.slice(0, 2), hash), artifacts: folderArtifacts(folder) };
};

it('content that the disk took only in part is an error, and nothing of it stays', () => {
  const { path, artifacts } = kept();
  disk.full = true;
  expect(() => artifacts.put(id, text)).toThrow('holds 3 of 45 bytes');
  disk.full = false;
  expect(artifacts.has(id)).toBe(false);
  expect(readdirSync(dirname(path))).toEqual([]);
  artifacts.put(id, text);
  expect(artifacts.get(id)).toBe(text);
});

it('a file that was cut off before is written anew', () => {
  const { path, artifacts } = kept();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(text).subarray(0, 3));
  artifacts.put(id, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it('a put does not meet what another process has begun for the same content', () => {
  const { path, artifacts } = kept();
  mkdirSync(`${path}.tmp`, { recursive: true }); // the name that every process used once
  artifacts.put(id, text);
  artifacts.put(id, text);
  expect(artifacts.get(id)).toBe(text);
  expect(existsSync(`${path}.tmp`)).toBe(true);
});

it('a rename that fails leaves no temporary file', () => {
  const { path, artifacts } = kept();
  mkdirSync(join(path, 'in the way'), { recursive: true });
  expect(() => artifacts.put(id, text)).toThrow();
  expect(readdirSync(dirname(path))).toEqual([hash]);
});
