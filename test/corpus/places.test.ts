import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Judged, judge } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';
import { textAt } from '../artifacts/memory.ts';
import { corpusRoot } from '../support/corpus.ts';
import { temporaryFolder } from '../support/repository.ts';

const files = new Map<string, TextFile | undefined>();

/** The file as an editor opens it; undefined for what is no text. */
function opened(root: string, path: string): TextFile | undefined {
  const key = `${root}/${path}`;
  if (!files.has(key)) {
    try {
      files.set(key, decode(path, readFileSync(join(root, path))));
    } catch {
      files.set(key, undefined);
    }
  }
  return files.get(key);
}

/** Nothing to open: a file that is absent or no UTF-8. */
const WITHOUT_TEXT = /^(?:tree\/|text\/not-utf8$)/;

/** Why a finding does not open where it should; undefined where it does. */
function wrong(root: string, { rule, place, found, message }: Finding): string | undefined {
  const at = `${place.file}:${place.line}:${place.column} ${rule}`;
  const file = opened(root, place.file);
  if (file === undefined) return WITHOUT_TEXT.test(rule) ? undefined : `${at}: no such text`;
  const [first, last] = [file.lines[place.line - 1], file.lines[place.endLine - 1]];
  if (first === undefined || last === undefined) return `${at}: no such line of ${file.lines.length}`;
  if (place.column > first.length + 1 || place.endColumn > last.length + 1) return `${at}: no such column`;
  if (place.endLine < place.line) return `${at}: ends before it begins`;
  if (found !== undefined && textAt(file, place) !== found)
    return `${at}: "${textAt(file, place)}" stands there, and not "${found}"`;
  // Nothing opens on a blank line, unless it is the end of the document that is meant.
  if (first.trim() === '' && place.line < file.lines.length && !/end of the/.test(message))
    return `${at}: opens on a blank line`;
  return undefined;
}

describe('every finding of the corpus opens at its place', () => {
  let judged: Judged;
  beforeAll(async () => {
    judged = await judge(worktreeSnapshot(corpusRoot), { root: corpusRoot });
  });

  it('in the files as they are, with their byte order marks', () => {
    const bom = judged.findings.filter(({ place }) => opened(corpusRoot, place.file)?.bom);
    expect(judged.findings.length).toBeGreaterThan(2000);
    expect(bom.length).toBeGreaterThan(500);
    expect(judged.findings.flatMap((finding) => wrong(corpusRoot, finding) ?? [])).toEqual([]);
  });

  it('what is quoted stands there, in at least three of four', () => {
    const quoted = judged.findings.filter(({ found }) => found !== undefined);
    expect(quoted.length / judged.findings.length).toBeGreaterThan(0.75);
  });

  it('in a checkout with CRLF: the same findings at the same places', async () => {
    const root = temporaryFolder();
    for (const path of [...judged.ids.keys(), ...(judged.spec?.files ?? [])]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      const bytes = readFileSync(join(corpusRoot, path));
      const text = bytes.toString('latin1').replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
      writeFileSync(join(root, path), Buffer.from(text, 'latin1'));
    }
    const other = await judge(worktreeSnapshot(root), { root });
    const key = ({ place, rule, message }: Finding): string =>
      `${place.file}:${place.line}:${place.column}-${place.endLine}:${place.endColumn} ${rule} ${message}`;
    // What pins the bytes of a file, or the files beside it, differs; what the documents say does not.
    const own = (findings: readonly Finding[]): string[] =>
      findings.filter(({ rule }) => !WITHOUT_BYTES.test(rule)).map(key);
    expect(own(other.findings)).toEqual(own(judged.findings));
    expect(other.findings.flatMap((finding) => wrong(root, finding) ?? [])).toEqual([]);
  });
});

/** Only v02.137 is copied: whether another version is in the tree is told beside some anchors. */
const WITHOUT_BYTES = /^anchor\/stale$/;
