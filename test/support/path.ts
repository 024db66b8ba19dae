import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A PATH with these programs and no other: a new folder of links. */
export function pathWith(folder: string, names: readonly string[]): string {
  mkdirSync(folder);
  for (const name of names) {
    const program = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    symlinkSync(program, join(folder, name));
  }
  return folder;
}
