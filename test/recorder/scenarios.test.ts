// Every scenario of the flight recorder has a test that names it: F02 and F14 were never given.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const given = [
  ...['F01', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'F12', 'F13'],
  ...['F15', 'F16', 'F17', 'F18', 'F19', 'F20', 'F21'],
];

it('each scenario of the flight recorder is named by a test of its own', () => {
  const tests = join(import.meta.dirname, '..');
  const files = ['recorder', 'engine', 'kernel', 'e2e', 'cli', 'sim'].flatMap((folder) =>
    readdirSync(join(tests, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(tests, folder, name), 'utf8')),
  );
  // The title of a test or of a group of tests; what a comment says proves nothing.
  const titles = files.flatMap((text) =>
    [...text.matchAll(/\b(?:it|describe|test)(?:\.\w+)*(?:\([^()]*\))?\(\s*(['"`])(.*?)\1/g)].map(
      ([, , title]) => title!,
    ),
  );
  expect(titles.length).toBeGreaterThan(1_000);
  const named = new Set(titles.flatMap((title) => title.match(/\bF\d\d\b/g) ?? []));
  expect(given.filter((id) => !named.has(id))).toEqual([]);
});
