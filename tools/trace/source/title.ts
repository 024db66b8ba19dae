import type { Node } from 'oxc-parser';
import { fold } from '../clauses.ts';

/** Stands for what only running tells. */
export const OPEN = '\u0000';

/** The words of a title; {@link OPEN} for each part that is put together at run time. */
export function titleText(node: Node | undefined, isTable: boolean): string {
  const text = textOf(node, 0);
  // `%s`, `%i`, `$name`, `${name}` of a table are filled in for each of its rows.
  return isTable ? text.replace(/%[sdifjoOp#$%c]|\$\{?[\w.]+\}?/g, OPEN) : text;
}

const DEEPEST_SUM = 50;

function textOf(node: Node | undefined, depth: number): string {
  if (node === undefined || depth > DEEPEST_SUM) return OPEN;
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : OPEN;
    case 'TemplateLiteral':
      return node.quasis
        .map(({ value }, at) =>
          at < node.expressions.length
            ? `${value.cooked ?? ''}${textOf(node.expressions[at], depth + 1)}`
            : (value.cooked ?? ''),
        )
        .join('');
    case 'BinaryExpression':
      return node.operator === '+' ? textOf(node.left, depth + 1) + textOf(node.right, depth + 1) : OPEN;
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return textOf(node.expression, depth + 1);
    default:
      return OPEN;
  }
}

/** Does a result carry this title? */
export function titlePattern(title: string): (name: string) => boolean {
  if (!title.includes(OPEN)) return (name) => name === title;
  const parts = fold(title)
    .split(OPEN)
    .map((part) => part.trim());
  const first = parts[0]!;
  const last = parts.at(-1)!;
  // By hand and not by a regular expression: a title with many open parts would take it forever.
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
      return false;
    let from = first.length;
    const end = name.length - last.length;
    for (const part of parts.slice(1, -1)) {
      const at = name.indexOf(part, from);
      if (at < 0 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
