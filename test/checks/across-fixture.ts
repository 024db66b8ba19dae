import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { GovTree } from '../../tools/artifacts/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles } from './base.ts';

const folder = join(import.meta.dirname, 'across');

/**
 * A fixture of the rules across documents is several documents, each below a comment with its path, laid over the
 * small tree of base.ts. The comment at its end says every finding that those rules then have, and no other rule's.
 */
export interface TreeFixture {
  name: string;
  files: Record<string, string>;
  expected: string[];
}

/** Every fixture, by name. */
export function readTreeFixtures(): TreeFixture[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map(readFixture);
}

function readFixture(name: string): TreeFixture {
  const whole = readFileSync(join(folder, name), 'utf8');
  const end = whole.lastIndexOf('<!-- expect\n');
  const [before, ...parts] = whole.slice(0, end).split(/^<!-- file: (.+) -->\n/m);
  if (end < 0 || before !== '' || parts.length === 0) throw new Error(`${name} is no fixture`);
  const files: Record<string, string> = {};
  for (let at = 0; at < parts.length; at += 2) files[parts[at]!] = parts[at + 1]!;
  const expected = whole.slice(end).trimEnd().split('\n').slice(1, -1);
  return { name: basename(name, '.md'), files, expected };
}

export function treeOfFixture({ files }: TreeFixture): Promise<GovTree> {
  return treeOf({ ...baseFiles(), ...files });
}

/** `file:line:col severity rule message`, the file below the governance folder. */
export function lineOf({ place, severity, rule, message }: Finding): string {
  const file = place.file.replace(/^\.GOV\//, '');
  return `${file}:${place.line}:${place.column} ${severity} ${rule} ${message}`;
}
