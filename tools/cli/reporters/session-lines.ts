// Sessions one below the other: columns first, and behind or below them what is told of each.
import { columns, fold, type Output, pad } from '../output.ts';

/** With less room than this behind the columns, what is told stands below them. */
const LEAST_ROOM = 24;

export interface SessionLine {
  /** Branches of the tree before the first cell; what stands under them on further lines. */
  head: string;
  below: string;
  /** The state is the last one. */
  cells: readonly string[];
  told: readonly string[];
  /** Not asked for itself: it is there because one below it is. */
  context: boolean;
}

export function printLines(out: Output, lines: readonly SessionLine[]): void {
  const table = lines.map((line) => [line.head + line.cells[0]!, ...line.cells.slice(1)]);
  const widths: number[] = [];
  for (const cells of table)
    for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, columns(cell));
  const before = widths.reduce((sum, width) => sum + width + 2, 0);
  const beside = out.limit - before >= LEAST_ROOM;
  for (const [n, { below, told, context }] of lines.entries()) {
    const cells = table[n]!;
    const painted = cells.map((cell, i) => paint(out, cell, i === cells.length - 1)(pad(cell, widths[i]!)));
    const line = context ? out.dim(painted.join('  ')) : painted.join('  ');
    if (beside) {
      const [first = '', ...rest] = folded(told, out.limit - before);
      out.line(`${line}  ${first}`);
      for (const more of rest) out.line(pad(below, before) + more);
    } else {
      out.line(line);
      const indent = `${below}  `;
      for (const more of folded(told, out.limit - columns(indent))) out.line(indent + more);
    }
  }
}

/** Parts stay whole where a line has room for them. */
function folded(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && columns(`${last}  ${part}`) <= width)
      lines[lines.length - 1] = `${last}  ${part}`;
    else if (columns(part) <= width) lines.push(part);
    else lines.push(...fold(part, width));
  }
  return lines;
}

function paint(out: Output, state: string, isState: boolean): (text: string) => string {
  if (!isState) return (text) => text;
  if (state === 'FAILED') return out.red;
  return state === 'CANCELLED' ? out.yellow : (text) => text;
}

/** Branches of a tree, in the order of its nodes: each with what stands before it and under it. */
export function branches<Node>(
  roots: readonly Node[],
  childrenOf: (node: Node) => readonly Node[],
): { node: Node; head: string; below: string }[] {
  const rows: { node: Node; head: string; below: string }[] = [];
  const walk = (node: Node, head: string, below: string): void => {
    const own = childrenOf(node);
    rows.push({ node, head, below: own.length > 0 ? `${below}│` : below });
    own.forEach((child, i) => {
      const last = i === own.length - 1;
      walk(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`);
    });
  };
  for (const root of roots) walk(root, '', '');
  return rows;
}
