import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { quoted } from '../../tools/cli/next.ts';
import { SPEC } from '../spec/spec-fixture.ts';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedFiles } from '../support/governed.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const NAME = 'Acme_Master_Spec_v01.02.md';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
  writeTree(root, { [NAME]: SPEC });
});

const nextOf = (out: string): string | undefined => /^next {3}(.*?)(?: {6}.*)?$/m.exec(out)?.[1];

const wordsOf = (line: string): string[] =>
  (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));

it.each([
  [['spec', 'list', '--depth', '1'], 'gov spec list 1'],
  [['spec', 'list', '--grep', 'spawn'], `gov spec show ${NAME}:20`],
  [['spec', 'show', '99.1'], 'gov spec list'],
  [['spec', 'show', '1.2.7'], 'gov spec list 1.2'],
  [['spec', 'show', '11.5.1'], `gov spec show ${NAME}:56`],
])('%j repeats --root and --spec in its next command', (args, words) => {
  const given = ['--root', root, '--spec', NAME];
  const next = nextOf(gov(project, [...args, ...given]).out);
  expect(next).toBe(`${words} --root ${quoted(root)} --spec ${NAME}`);
  expect(gov(project, wordsOf(next!).slice(1)).code).not.toBe(2);
  expect(nextOf(gov(root, [...args, '--spec', NAME]).out)).toBe(`${words} --spec ${NAME}`);
});

it.each([
  [['check'], 'gov explain board/unknown-token'],
  [['check', '.GOV/a.md'], 'gov check --fix'],
  [['check', '--fix'], 'gov check --fix --write'],
  [['check', '--fix', '--write'], 'gov check'],
  [['check', '--baseline'], 'gov check'],
])('%j ends with %s, which exists', (args, words) => {
  writeTree(root, {
    ...governedFiles(),
    [BOARD]: boardWith('ODD', 'ODDER'),
    '.GOV/a.md': 'A \u00c2\u00a7\n',
  });
  const next = nextOf(gov(root, args).out);
  expect(next).toBe(words);
  expect(gov(root, wordsOf(next!).slice(1)).code).not.toBe(2);
});

it('gov check of nothing asks for the folder', () => {
  expect(nextOf(gov(root, ['check']).out)).toBe('gov check --root DIR');
});

it('gov wp status repeats --root', () => {
  const { out } = gov(root, ['wp', 'status', '--root', project]);
  expect(nextOf(out)).toMatch(new RegExp(`^gov wp status WP-\\S+ --root ${quoted(project)}$`));
});

it('gov check counts a file with findings that it did not read among the files', () => {
  const { out } = gov(project, ['check', '--root', root, '--spec', NAME]);
  expect(out).toMatch(/ in 2 of 2 files · /);
  expect(out).toContain('next   ');
});

it('a word that is no command is a wrong call, for machines as well', () => {
  expect(JSON.parse(gov(root, ['nosuch', '--json']).out)).toEqual({
    schema: 'govkit.error@1',
    error: { kind: 'usage', message: '"nosuch" is no command (gov --help lists them)' },
  });
  expect(gov(root, ['nosuch'])).toEqual({
    code: 2,
    out: '',
    err: 'gov: "nosuch" is no command (gov --help lists them)\n',
  });
});
