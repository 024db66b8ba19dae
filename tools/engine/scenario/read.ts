import { type Document, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type Place, TreeError } from '../../findings/index.ts';
import { type Scenario, scenarioSchema } from './language.ts';
import { checkNames } from './names.ts';
import { shown, wanted } from './wording.ts';

/** A scenario, and where its parts stand in the file. */
export interface ReadScenario {
  scenario: Scenario;
  placeOf(path: readonly PropertyKey[]): Place;
}

/** Reads a scenario; what is wrong with it is reported at its place in the file. */
export function parseScenario(text: string, file?: string): Scenario {
  return readScenario(text, file).scenario;
}

export function readScenario(text: string, file = 'scenario.yaml'): ReadScenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (start: number, end: number): Place => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  const placeOf = (path: readonly PropertyKey[]): Place => placeAt(...rangeOf(document, path));
  const [fault] = document.errors;
  if (fault) throw wrong(`Unexpected YAML: ${fault.message}`, placeAt(...fault.pos));
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw wrong(`Unexpected YAML: ${(error as Error).message}`, placeAt(0, 0)); // an alias of nothing, or a bomb of them
  }
  const report = (
    path: readonly PropertyKey[],
    found: string,
    expected: string,
    place = placeOf(path),
  ): never => {
    const at = path.length === 0 ? '' : `${path.join('.')}: `;
    throw wrong(`${at}Unexpected ${found}, expected ${expected}`, place, expected);
  };
  const parsed = scenarioSchema.safeParse(plain, { error: wanted });
  if (!parsed.success) {
    const { path, keys, message } = first(parsed.error.issues);
    if (keys?.[0] !== undefined)
      return report(path, `key ${shown(keys[0])}`, message, placeAt(...keyRange(document, path, keys[0])));
    return report(path, shown(valueAt(plain, path)), message);
  }
  checkNames(parsed.data, report);
  return { scenario: parsed.data, placeOf };
}

interface Issue {
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

/** What is said first is about the outermost thing that is wrong. */
const first = (issues: readonly object[]): Issue => issues[0] as Issue;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const part of path) at = (at as Record<PropertyKey, unknown> | undefined | null)?.[part];
  return at;
}

type Range = [start: number, end: number];

/** The range of a node, or of the nearest one above it that the file has. */
function rangeOf(document: Document.Parsed, path: readonly PropertyKey[]): Range {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return [node.range[0], node.range[1]];
  }
  return [0, 0];
}

/** Where a key itself stands, since what is wrong is not its value. */
function keyRange(document: Document.Parsed, path: readonly PropertyKey[], key: string): Range {
  const map =
    path.length === 0 ? document.contents : (document.getIn([...path], true) as Document['contents']);
  let found: Range | undefined;
  if (map)
    visit(map, {
      Pair(_, pair) {
        if (!isPair(pair) || !isScalar(pair.key) || String(pair.key.value) !== key) return visit.SKIP;
        if (pair.key.range) found = [pair.key.range[0], pair.key.range[1]];
        return visit.BREAK;
      },
    });
  return found ?? rangeOf(document, path);
}

function wrong(message: string, place: Place, expected?: string): TreeError {
  return new TreeError({
    rule: 'scenario/invalid',
    severity: 'error',
    place,
    message,
    args: {},
    ...(expected === undefined ? {} : { expected }),
  });
}
