import { isAbsolute, posix, win32 } from 'node:path';
import { UsageError } from '../findings/index.ts';
import { fold } from './clauses.ts';

/** A result file as it was read. */
export interface ResultFile {
  file: string;
  text: string;
}

/** What a test runner says of one test. */
export interface TestResult {
  /** Below the root. */
  file: string;
  /** Titles of the groups and of the test, blanks folded. */
  name: string;
  status: 'passed' | 'failed' | 'skipped';
}

export interface Results {
  tests: TestResult[];
  files: { file: string; passed: number; failed: number; skipped: number }[];
  /** What was left out, and why. */
  notes: string[];
}

const EXPECTED = 'the JSON of vitest --reporter=json or of jest --json';

/**
 * Reads what vitest and jest write. A file that holds no test of this tree proves nothing and is a UsageError, as is
 * one that is no result file.
 */
export function readResults(given: readonly ResultFile[], roots: readonly string[]): Results {
  const results: Results = { tests: [], files: [], notes: [] };
  for (const { file, text } of given) {
    const { tests, outside, broken } = readOne(file, text, roots);
    if (tests.length === 0) {
      const why = outside > 0 ? ` (${outside} of files outside of this tree)` : '';
      throw new UsageError(`${file}: Unexpected 0 test results${why}, expected some: run the tests first`);
    }
    const counted = { file, passed: 0, failed: 0, skipped: 0 };
    for (const { status } of tests) counted[status] += 1;
    results.files.push(counted);
    results.tests.push(...tests);
    if (outside > 0)
      results.notes.push(`${file}: ${outside} results left out, of files outside of this tree`);
    for (const name of broken) results.notes.push(`${file}: ${name} failed before any of its tests ran`);
  }
  return results;
}

function readOne(
  file: string,
  text: string,
  roots: readonly string[],
): { tests: TestResult[]; outside: number; broken: string[] } {
  const suites = recordOf(parsed(file, text))?.testResults;
  if (!Array.isArray(suites))
    throw new UsageError(`${file}: Unexpected JSON without "testResults", expected ${EXPECTED}`);
  const tests: TestResult[] = [];
  const broken: string[] = [];
  let outside = 0;
  for (const [at, suite] of suites.entries()) {
    const record = recordOf(suite);
    const { name, assertionResults: all } = record ?? {};
    if (typeof name !== 'string' || !Array.isArray(all))
      throw new UsageError(
        `${file}: Unexpected testResults[${at}], expected "name" and "assertionResults" (${EXPECTED})`,
      );
    const path = roots.map((root) => belowRoot(name, root)).find((below) => below !== undefined);
    if (path === undefined) {
      outside += all.length;
      continue;
    }
    if (all.length === 0 && record?.status === 'failed') broken.push(path);
    for (const [n, one] of all.entries())
      tests.push(testOf(one, path, `${file}: Unexpected testResults[${at}].assertionResults[${n}]`));
  }
  return { tests, outside, broken };
}

function testOf(one: unknown, file: string, where: string): TestResult {
  const { ancestorTitles, title, status } = recordOf(one) ?? {};
  if (!Array.isArray(ancestorTitles) || typeof title !== 'string' || typeof status !== 'string')
    throw new UsageError(`${where}, expected "ancestorTitles", "title" and "status"`);
  const name = fold([...ancestorTitles.filter((each) => typeof each === 'string'), title].join(' '));
  return { file, name, status: status === 'passed' || status === 'failed' ? status : 'skipped' };
}

function parsed(file: string, text: string): unknown {
  if (text.trim() === '') throw new UsageError(`${file}: Unexpected empty file, expected ${EXPECTED}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file}: Unexpected text that is no JSON, expected ${EXPECTED}`, { cause: error });
  }
}

/** A result file names its tests by where they stood on the machine that ran them. */
function belowRoot(name: string, root: string): string | undefined {
  const path = name.replace(/^file:\/\//, '').replaceAll('\\', '/');
  const base = root.replaceAll('\\', '/');
  if (isAbsolute(name) || win32.isAbsolute(name) || name.startsWith('file://'))
    return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
  const normal = posix.normalize(path);
  return normal.startsWith('../') ? undefined : normal;
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
