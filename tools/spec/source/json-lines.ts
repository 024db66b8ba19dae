import { isNode, LineCounter, parseDocument } from 'yaml';

/** Tells the line (from 1) of a value in a JSON text by its path; 1 where there is none. JSON is YAML. */
export function jsonLines(text: string): (path: readonly (string | number)[]) => number {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  return (path) => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : 1;
  };
}
