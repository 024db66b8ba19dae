import { expect, it } from 'vitest';
import { linkTemplate } from '../../../tools/cli/report/link.ts';

it.each([
  'https://example.org/blob/main/{file}#L{line}',
  'http://localhost:3000/{file}?line={line}',
  'vscode://file/home/me/my%20project/{file}:{line}',
  'IDEA://open?file=/home/me/{file}&line={line}',
])('%s is taken as it is', (template) => {
  expect(linkTemplate(template)).toBe(template);
});

const EXPECTED =
  'expected an address such as https://example.org/blob/main/{file}#L{line} or vscode://file/home/me/project/{file}:{line} (http, https, vscode, vscode-insiders, vscodium, cursor, windsurf, zed, idea, jetbrains, txmt, subl, mvim, emacs)';

it.each([
  ['javascript:alert(1)//{file}', 'what a browser runs'],
  ['JavaScript://example.org/%0aalert(1)//{file}', 'the same, dressed as an address'],
  ['data:text/html,{file}', 'a document of its own'],
  ['vbscript:{file}', 'another script'],
  ['file:///home/me/{file}', 'a file, which no served page may open'],
  ['/blob/{file}', 'no scheme'],
  [' https://example.org/{file}', 'a blank before it'],
  ['https://example.org/a b/{file}', 'a blank in it'],
  ['https://{file}/{line}', 'a host that the file name chooses'],
  ['https://example.org{file}', 'the end of a host that it chooses'],
  ['https://example.org\\{file}', 'a backslash, which browsers take for a slash'],
  ['https://me@{file}', 'a host behind a name'],
  ['https://user:word@example.org/{file}', 'a password'],
  ['', 'nothing'],
])('%j is refused: %s', (template) => {
  expect(() => linkTemplate(template)).toThrow(`--link ${template}: ${EXPECTED}`);
});

it('wants a file in it, and nothing that nobody puts in', () => {
  expect(() => linkTemplate('https://example.org/{line}')).toThrow(
    '--link https://example.org/{line}: expected {file} in it, and {line} where it knows lines',
  );
  expect(() => linkTemplate('https://example.org/{file}#{column}')).toThrow(
    '--link https://example.org/{file}#{column}: Unexpected {column}, expected {file} or {line}',
  );
});

it('shows what would steer a terminal', () => {
  expect(() => linkTemplate('\u001b[31m{file}')).toThrow('--link \\u001b[31m{file}: expected an address');
});
