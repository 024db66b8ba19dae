import { ConfigError } from '../../config/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import { BASELINE_SCHEMA, type Baseline, type BaselineEntry } from './baseline.ts';
import type { Path } from './baseline-places.ts';
import { keyOf } from './identity.ts';

/** More problems than these are of one cause. */
const MOST_PROBLEMS = 20;

interface Problem {
  path: Path;
  text: string;
}

/**
 * The baseline in a file's bytes. A damaged one is a {@link ConfigError} with its places: read as an empty one it
 * would fail every run, and read in part it would hide what nobody adopted.
 */
export async function parseBaseline(file: string, bytes: Uint8Array): Promise<Baseline> {
  let text: string;
  try {
    ({ text } = decode(file, bytes));
  } catch (error) {
    if (error instanceof NotUtf8) throw new ConfigError([error.message], { cause: error });
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { syntaxProblem } = await import('./baseline-places.ts');
    throw new ConfigError([syntaxProblem(file, text)], { cause: error });
  }
  const problems = problemsOf(value);
  if (problems.length === 0) return (value as { findings: Baseline }).findings;
  // The parser that knows places is loaded for a damaged file alone.
  const { placesIn } = await import('./baseline-places.ts');
  const placeOf = placesIn(text);
  throw new ConfigError(
    problems.slice(0, MOST_PROBLEMS).map(({ path, text: said }) => `${file}:${placeOf(path)}: ${said}`),
  );
}

function problemsOf(value: unknown): Problem[] {
  if (!isObject(value)) return [{ path: [], text: 'Unexpected content, expected an object' }];
  const { schema, findings } = value;
  if (schema !== BASELINE_SCHEMA)
    return [{ path: ['schema'], text: `Unexpected schema ${shown(schema)}, expected "${BASELINE_SCHEMA}"` }];
  if (!Array.isArray(findings))
    return [{ path: ['findings'], text: `Unexpected findings ${shown(findings)}, expected a list` }];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [at, entry] of findings.entries()) {
    const path = ['findings', at];
    if (!isEntry(entry)) {
      const expected = '{"rule", "file", "message", "count"} with a count from 1';
      problems.push({ path, text: `Unexpected entry ${shown(entry)}, expected ${expected}` });
    } else if (seen.has(keyOf(entry))) {
      problems.push({
        path,
        text: `Unexpected second entry of ${entry.rule} for the same text, expected one`,
      });
    } else seen.add(keyOf(entry));
  }
  return problems;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isObject(value)) return false;
  const { rule, file, message, count } = value;
  const named = [rule, file, message].every((each) => typeof each === 'string' && each !== '');
  return named && Number.isSafeInteger(count) && (count as number) > 0 && Object.keys(value).length === 4;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
