import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const test = join(import.meta.dirname, '..');
const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

/** What `it` and `describe` are called, and the rows of their tables, in every file of tests but this one. */
const titles = readdirSync(test, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.endsWith('coverage.test.ts'))
  .map((path) => {
    const text = readFileSync(join(test, path), 'utf8');
    return {
      path: `test/${path.replaceAll('\\', '/')}`,
      named: [...text.matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)].map((match) => match[2]!),
    };
  });

const filesWith = (name: string): string[] => {
  const whole = new RegExp(`(?<![\\w#])${name}(?!\\d)`);
  return titles.filter(({ named }) => named.some((title) => whole.test(title))).map(({ path }) => path);
};

const rows = new Map(
  [...page.matchAll(/^\| (5\.1 #\d+|G\d\d) \| (.*) \|$/gm)].map(([, name, text]) => [name!, text!]),
);

it('every row of 5.1 is on the page, with the files that have its tests', () => {
  const names = Array.from({ length: 21 }, (_, index) => `5.1 #${index + 1}`);
  const said = names.map((name) => [
    name,
    [...(rows.get(name) ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path),
  ]);
  const found = names.map((name) => [
    name,
    filesWith(name)
      .filter((path) => path.includes('grammar-5-1'))
      .reverse(),
  ]);
  expect(said).toEqual(found);
  expect(found.filter(([, paths]) => paths!.length === 0)).toEqual([]);
});

it('every scenario of the packet gate is the title of a test, or stands on the page with a reason', () => {
  const names = Array.from({ length: 41 }, (_, index) => `G${String(index + 1).padStart(2, '0')}`);
  expect(names.filter((name) => filesWith(name).length === 0 && !rows.has(name))).toEqual([]);
  // A reason that is out of date is worse than none.
  expect(names.filter((name) => filesWith(name).length > 0 && rows.has(name))).toEqual([]);
});
