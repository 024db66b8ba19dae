import { ConfigError } from '../config/index.ts';
import { decode, NotUtf8 } from '../text/index.ts';
import { BASELINE_SCHEMA, type Baseline, type BaselineEntry } from './baseline.ts';
import { keyOf } from './identity.ts';

/** More problems than these are of one cause. */
const MOST_PROBLEMS = 20;

type Path = readonly (string | number)[];

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
    throw new ConfigError([await syntaxProblem(file, text)], { cause: error });
  }
  const problems = problemsOf(value);
  if (problems.length === 0) return (value as { findings: Baseline }).findings;
  const placeOf = await placesIn(text);
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

/** JSON.parse tells no line on every Node; the YAML parser does, of nearly all that is no JSON. */
async function syntaxProblem(file: string, text: string): Promise<string> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const { errors } = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'json' });
  const marker = /^(?:<{7}|={7}|>{7})/m.exec(text);
  if (marker) {
    const line = text.slice(0, marker.index).split('\n').length;
    return `${file}:${line}:1: Unexpected mark of a merge conflict, expected one that is resolved`;
  }
  const { line, col } = errors[0] ? lines.linePos(errors[0].pos[0]) : { line: 1, col: 1 };
  return `${file}:${line}:${col}: Unexpected end or sign in a baseline, expected JSON`;
}

async function placesIn(text: string): Promise<(path: Path) => string> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'json' });
  return (path) => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
}
