// Which clause, hole, failure mode and scenario of the session engine has a test that names it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const test = join(import.meta.dirname, '..');
const spec = readFileSync(join(test, '..', '.GOV', 'spec', 'Handshake_Master_Spec_v02.137.md'), 'utf8');

/** What `it` and `describe` are called, and the rows of their tables, in every file of tests but this one. */
const titles = readdirSync(test, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.endsWith('coverage.test.ts'))
  .flatMap((path) =>
    [...readFileSync(join(test, path), 'utf8').matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)].map(
      ([, , text]) => text!,
    ),
  )
  .join('\n');

const untested = (names: string[]): string[] =>
  names.filter((name) => !new RegExp(`(?<![\\w#-])${name}(?![\\d-])`).test(titles));

const numbered = (prefix: string, count: number, digits: number): string[] =>
  Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(digits, '0'));

/** Clauses of the session chapter that belong to others: providers' adapters and workspaces. */
const others = /^INV-(PROV-00[23]|WS-\d+)$/;

it('every invariant and trust rule of 4.3.9.12 to 4.3.9.20', () => {
  const chapter = spec.slice(spec.indexOf('#### 4.3.9.12 '), spec.indexOf('#### 4.3.9.21 '));
  const clauses = [...chapter.matchAll(/^- \*\*((?:INV-[A-Z]+|TRUST)-\d+)/gm)].map(([, id]) => id!);
  expect(clauses.length).toBeGreaterThan(25);
  expect(untested(clauses.filter((id) => !others.test(id)))).toEqual([]);
});

it('every unnumbered MUST of that chapter that concerns sessions', () => {
  expect(
    untested([
      '4\\.3\\.9\\.12\\.6', // the rules of derivation
      '4\\.3\\.9\\.15\\.5', // announce-back
      '4\\.3\\.9\\.18\\.2', // correlation, exactly one session span
      '4\\.3\\.9\\.19\\.3', // when a checkpoint is due
      'CX-MM-CONSENT-MISSING',
    ]),
  ).toEqual([]);
});

it('every hole', () => {
  expect(untested(numbered('H', 15, 0))).toEqual([]);
});

it('every failure mode that is the engine’s', () => {
  /** The recorder’s, and those of stores that come later. */
  const others = ['FM-29', 'FM-30', 'FM-31', 'FM-35'];
  expect(untested(numbered('FM-', 35, 2).filter((name) => !others.includes(name)))).toEqual([]);
});

it('every scenario of the session engine', () => {
  const absent = ['E09', 'E14']; // there are none of these numbers
  expect(untested(numbered('E', 28, 2).filter((name) => !absent.includes(name)))).toEqual([]);
});
