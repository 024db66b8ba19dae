import { LineCounter, parseDocument } from 'yaml';

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

const MERGE_MARK = /^(?:<{7}|={7}|>{7})/m;
const TRAILING_COMMA = /,\s*[\]}]/;

/** JSON.parse tells no place for every error on every Node; the YAML parser does, of nearly all that is no JSON. */
export function syntaxProblem(file: string, text: string): string {
  const lines = new LineCounter();
  const { errors } = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'json' });
  const mark = MERGE_MARK.exec(text);
  const offset = mark?.index ?? errors[0]?.pos[0] ?? TRAILING_COMMA.exec(text)?.index ?? 0;
  const found = mark ? 'mark of a merge conflict' : 'end or sign in a baseline';
  const expected = mark ? 'one that is resolved' : 'JSON';
  return `${file}:${placeAt(lines, offset)}: Unexpected ${found}, expected ${expected}`;
}

/** `line:column` of values in a JSON text. */
export function placesIn(text: string): (path: Path) => string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'json' });
  return (path) => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    return placeAt(lines, node?.range?.[0] ?? 0);
  };
}

function placeAt(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
}
