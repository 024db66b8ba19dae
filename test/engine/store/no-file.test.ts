import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReadOnly, openRecorder } from '../../../tools/engine/index.ts';

it('a folder, a pipe and a device are refused at once, and in plain words', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'govkit-no-file-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const [path, kind] of [
    [folder, 'a folder'],
    [pipe, 'a pipe or a device'],
    ['/dev/null', 'a pipe or a device'],
  ] as const) {
    const message = `cannot open ${path}: ${kind}, expected a database file`;
    await expect(openReadOnly(path)).rejects.toMatchObject({ code: 'store_unavailable', message });
    await expect(openRecorder({ store: `sqlite:${path}` })).rejects.toMatchObject({ code: 'HSK-500-DB' });
  }
});
