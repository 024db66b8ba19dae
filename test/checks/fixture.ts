import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, defaultLayout, readArtifact } from '../../tools/artifacts/index.ts';
import { runChecks } from '../../tools/checks/index.ts';
import { checkArtifact, checkText, resolvedIn } from '../../tools/checks/judge/run.ts';
import { type Finding, sortFindings } from '../../tools/findings/index.ts';
import type { TextFile } from '../../tools/text/index.ts';
import { fileOf, treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec } from './base.ts';

const folder = join(import.meta.dirname, 'fixtures');

/**
 * A fixture is one document, or several that are parted by `<!-- file PATH -->`. The comment at its end says where
 * the first stands in the tree, and every finding that it
 * has, as `line:col severity rule message`; `spec: none` takes the spec away, `bom: yes` puts a byte order mark
 * before it, and `crlf: all` (or `crlf: 1,5`) ends its lines so. In a subfolder it is judged by itself, elsewhere with the tree.
 */
export interface Fixture {
  name: string;
  path: string;
  text: string;
  /** Documents beside it, each below `<!-- file PATH -->`. */
  others: Record<string, string>;
  spec: boolean;
  alone: boolean;
  expected: string[];
}

/** Every fixture, by name. */
export function readFixtures(): Fixture[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:md|json)$/.test(name))
    .sort()
    .map(readFixture);
}

function readFixture(name: string): Fixture {
  const whole = readFileSync(join(folder, name), 'utf8');
  const at = whole.lastIndexOf('<!-- expect\n');
  const lines = whole.slice(at).trimEnd().split('\n').slice(1, -1);
  const option = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);
  const path = option('path');
  if (at < 0 || path === undefined) throw new Error(`${name} has no "<!-- expect" with a path`);
  const crlf = option('crlf')?.split(',');
  const [first = '', ...parts] = whole.slice(0, at).split(/^<!-- file (\S+) -->\n/m);
  const others: Record<string, string> = {};
  for (let i = 0; i < parts.length; i += 2) others[parts[i]!] = parts[i + 1]!;
  let line = 0;
  // Written down, since git would make one line end of them all.
  const text = first.replace(/\n/g, (end) => {
    line += 1;
    return crlf?.includes('all') || crlf?.includes(String(line)) ? `\r${end}` : end;
  });
  return {
    name: name.replace(/\.[a-z]+$/, ''),
    path,
    text: option('bom') === 'yes' ? `\uFEFF${text}` : text,
    others,
    spec: option('spec') !== 'none',
    alone: name.includes('/'),
    expected: lines.filter((line) => !/^(?:path|spec|bom|crlf): /.test(line)),
  };
}

/** What is said of a fixture, with another text in its place where one is given. */
export async function findingsOf(fixture: Fixture, text = fixture.text): Promise<Finding[]> {
  const spec = fixture.spec ? baseSpec() : undefined;
  if (!fixture.alone)
    return runChecks(await treeOf({ ...baseFiles(), [fixture.path]: text, ...fixture.others }), spec);
  const file = fileOf(fixture.path, text);
  const kind = defaultLayout().kindOf(fixture.path);
  if (kind === undefined || kind === 'mailbox') return sortFindings(checkText(file));
  const artifact: Artifact = readArtifact(kind, file);
  const own = checkArtifact(artifact, resolvedIn(spec, artifact));
  return sortFindings([...(artifact.findings ?? []), ...checkText(file), ...own]);
}

/** `line:col severity rule message`. */
export function lineOf(fixture: Fixture, { place, severity, rule, message }: Finding): string {
  const file = place.file === fixture.path ? '' : `${place.file}:`;
  return `${file}${place.line}:${place.column} ${severity} ${rule} ${message}`;
}

/** The document as its reader sees it: positions count in this. */
export function fileOfFixture({ path, text }: Fixture): TextFile {
  return fileOf(path, text);
}
