import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * A fixture is one document, or several that are parted by `<!-- file PATH -->`. The comment at its end says where
 * the first stands in the tree, and every finding that the whole tree then has, as `line:col severity rule message`;
 * `spec: none` takes the spec away.
 */
export interface Fixture {
  name: string;
  path: string;
  files: Record<string, string>;
  spec: boolean;
  expected: string[];
}

export function readFixture(file: string): Fixture {
  const whole = readFileSync(file, 'utf8');
  const at = whole.lastIndexOf('<!-- expect\n');
  const lines = whole.slice(at).trimEnd().split('\n').slice(1, -1);
  const path = lines.find((line) => line.startsWith('path: '))?.slice(6);
  if (at < 0 || path === undefined) throw new Error(`${file} has no "<!-- expect" with a path`);
  const [first = '', ...others] = whole.slice(0, at).split(/^<!-- file (\S+) -->\n/m);
  const files: Record<string, string> = { [path]: first };
  for (let i = 0; i < others.length; i += 2) files[others[i]!] = others[i + 1]!;
  return {
    name: basename(file, '.md'),
    path,
    files,
    spec: !lines.includes('spec: none'),
    expected: lines.filter((line) => !/^(?:path|spec): /.test(line)),
  };
}
