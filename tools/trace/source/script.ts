import { type Comment, type Node, type Program, parseSync } from 'oxc-parser';
import { tooDeepAt } from '../../contracts/index.ts';
import { fold } from '../clauses.ts';
import { titleText } from './title.ts';

/** A test as the source has it. */
export interface SourceTest {
  /** Titles of the groups and its own, blanks folded, OPEN for what only running tells. */
  title: string;
  line: number;
  /** `.skip`, `.todo`, `{ skip: true }`, or in a group that is; `.fails`, which passes when what it says does not hold. */
  skipped: boolean;
}

export interface Script {
  tests: SourceTest[];
  comments: { text: string; line: number }[];
  /** The parser cannot read it. */
  broken: boolean;
}

/** The tests and the comments of a file of TypeScript or JavaScript. */
export function readScript(path: string, text: string): Script {
  // The parser calls itself for each level, and would take the process along.
  if (tooDeepAt(text) !== undefined) return { tests: [], comments: [], broken: true };
  const { program, comments, errors } = parseSync(path, text);
  const lineAt = lineFinder(text);
  return {
    tests: testsIn(program, lineAt),
    comments: comments.flatMap((comment) => commentLines(comment, lineAt)),
    broken: errors.length > 0 && program.body.length === 0,
  };
}

/** Comments alone, for which the tree is not built. */
export function readComments(path: string, text: string): Script['comments'] {
  if (tooDeepAt(text) !== undefined) return [];
  const lineAt = lineFinder(text);
  return parseSync(path, text).comments.flatMap((comment) => commentLines(comment, lineAt));
}

function commentLines({ value, start }: Comment, lineAt: (offset: number) => number): Script['comments'] {
  const line = lineAt(start);
  return value.split('\n').map((text, at) => ({ text, line: line + at }));
}

const GROUPS = new Set(['describe', 'suite', 'xdescribe', 'fdescribe']);
const TESTS = new Set(['it', 'test', 'bench', 'specify', 'xit', 'xtest', 'fit']);
const TABLES = new Set(['each', 'for']);
/** What these return is called with the title. */
const MAKERS = new Set([...TABLES, 'skipIf', 'runIf', 'extend']);

const OFF = new Set(['skip', 'todo', 'fails', 'failing']);

/** `{ skip: true }` among the arguments of a test; what is decided at run time its result tells. */
function switchesOff(argument: Node): boolean {
  return (
    argument.type === 'ObjectExpression' &&
    argument.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        OFF.has(property.key.name) &&
        property.value.type === 'Literal' &&
        property.value.value === true,
    )
  );
}

interface Called {
  group: boolean;
  skipped: boolean;
  table: boolean;
}

function testsIn(program: Program, lineAt: (offset: number) => number): SourceTest[] {
  const tests: SourceTest[] = [];
  // A stack of its own: the sum of thousands of texts is as deep as it is long.
  const open: { node: Node; titles: readonly string[]; skipped: boolean }[] = [
    { node: program, titles: [], skipped: false },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, titles, skipped } = next;
    const called = node.type === 'CallExpression' ? calledBy(node.callee) : undefined;
    if (node.type !== 'CallExpression' || !called || node.arguments.length === 0) {
      for (const child of childrenOf(node).reverse()) open.push({ node: child, titles, skipped });
      continue;
    }
    const own = [...titles, titleText(node.arguments[0], called.table)];
    const off = skipped || called.skipped || node.arguments.some(switchesOff);
    // No test stands in another: what a test does is not looked at.
    if (!called.group) tests.push({ title: fold(own.join(' ')), line: lineAt(node.start), skipped: off });
    else
      for (const argument of node.arguments.slice(1).reverse())
        open.push({ node: argument, titles: own, skipped: off });
  }
  return tests;
}

/** `it`, `it.only`, `describe.each(table)`, `test.runIf(x).concurrent`: what is called, whatever stands between. */
function calledBy(callee: Node): Called | undefined {
  const words: string[] = [];
  let at: Node = callee;
  for (;;) {
    if (at.type === 'MemberExpression') {
      if (at.property.type === 'Identifier') words.push(at.property.name);
      if (at.property.type === 'Literal') words.push(String(at.property.value));
      at = at.object;
    } else if (at.type === 'CallExpression') at = at.callee;
    else if (at.type === 'TaggedTemplateExpression') at = at.tag;
    else break;
  }
  if (at.type !== 'Identifier') return undefined;
  const group = GROUPS.has(at.name) || words.includes('describe');
  if (!group && !TESTS.has(at.name)) return undefined;
  // `it.each(table)` is no test yet: its call with a title is.
  if (callee.type === 'MemberExpression' && MAKERS.has(words[0] ?? '')) return undefined;
  return {
    group,
    skipped: at.name.startsWith('x') || words.some((word) => OFF.has(word)),
    table: words.some((word) => TABLES.has(word)),
  };
}

/** In the order of the text. By hand: over every test of a tree, lists made on the way cost more than the parser. */
function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value))
      for (const each of value as unknown[]) if (isNode(each)) children.push(each);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** The line of an offset, from 1. */
function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
