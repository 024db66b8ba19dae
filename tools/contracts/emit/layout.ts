/** As wide as the formatter of this project lets a line be. */
export const LINE_WIDTH = 110;

/**
 * Breaks what is wider than a line as the formatter would, so that nobody who formats a tree gets a hand edit in a
 * generated file. What is emitted is simple: unions of types, and calls of calls with arrays and regular expressions.
 */
export function fitLines(source: string): string {
  const text = source.replace(/\{\n\s*\}/g, '{}');
  return text
    .split('\n')
    .map((line) => (line.length > LINE_WIDTH ? fitLine(line) : line))
    .join('\n');
}

const TYPE_LINE = /^(\s*)((?:export type \w+ =)|(?:[^:(]+\??:)) (.+);$/;
const VALUE_LINE = /^(\s*)((?:export const \w+ = )|(?:(?:[\w$]+|'[^']*'): )|)(.+?)([,;])$/;

function fitLine(line: string): string {
  // A line of something that spans several has nowhere to be broken.
  if (/[({[<]$/.test(line) || /^\s*[)}\]>]/.test(line)) return line;
  const [, indent, head, type] = TYPE_LINE.exec(line) ?? [];
  if (type !== undefined) return fitType(indent!, head!, type) ?? line;
  const [, before, name, value, end] = VALUE_LINE.exec(line) ?? [];
  return value === undefined ? line : fitValue(`${before}${name}`, value, end!, before!);
}

const LIST = /^\((.+)\)\[\]$/;

/** `A | B` with a member a line, also as the element of an array. */
function fitType(indent: string, head: string, type: string): string | undefined {
  const listed = fitList(type, indent);
  if (listed !== undefined) return `${indent}${head} ${listed};`;
  const members = split(type, ' | ');
  if (members.length < 2) return undefined;
  const lines = members.map((member) => {
    const line = `${indent}  | ${member}`;
    return line.length > LINE_WIDTH ? `${indent}  | ${fitList(member, `${indent}    `) ?? member}` : line;
  });
  return `${indent}${head}\n${lines.join('\n')};`;
}

function fitList(type: string, indent: string): string | undefined {
  const element = split(type, ' | ').length === 1 ? LIST.exec(type)?.[1] : undefined;
  if (element === undefined) return undefined;
  const lines = split(element, ' | ').map((member) => `${indent}  | ${member}\n`);
  return `(\n${lines.join('')}${indent})[]`;
}

function fitValue(before: string, value: string, end: string, indent: string): string {
  if (before.length + value.length + end.length <= LINE_WIDTH) return `${before}${value}${end}`;
  const inner = `${indent}  `;
  if (value.startsWith('[') && value.endsWith(']'))
    return `${before}[\n${fitItems(value.slice(1, -1), inner)}${indent}]${end}`;
  const links = split(value, '.');
  const calls = links.filter((link) => link.endsWith(')'));
  if (calls.length > 1) {
    const below = links.slice(1).map((link, at) => {
      const last = at === links.length - 2;
      return fitValue(`${inner}.`, link, last ? end : '', inner);
    });
    return [`${before}${links[0]}`, ...below].join('\n');
  }
  const open = value.indexOf('(');
  if (open < 0 || !value.endsWith(')')) return `${before}${value}${end}`;
  const callee = value.slice(0, open + 1);
  const args = value.slice(open + 1, -1);
  // One list is held by the brackets of its call.
  if (args.startsWith('[') && split(args, ', ').length === 1)
    return `${before}${callee}[\n${fitItems(args.slice(1, -1), inner)}${indent}])${end}`;
  return `${before}${callee}\n${fitItems(args, inner)}${indent})${end}`;
}

/** An item a line; numbers fill their lines. */
function fitItems(text: string, indent: string): string {
  const items = split(text, ', ');
  if (!items.every((item) => /^-?[\d.]+$/.test(item)))
    return items.map((item) => `${fitValue(indent, item, ',', indent)}\n`).join('');
  const lines = [''];
  for (const item of items) {
    const line = lines.at(-1)!;
    const next = line === '' ? `${indent}${item},` : `${line} ${item},`;
    if (line !== '' && next.length > LINE_WIDTH) lines.push(`${indent}${item},`);
    else lines[lines.length - 1] = next;
  }
  return `${lines.join('\n')}\n`;
}

const CLOSES: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Parts of an expression between separators that stand in no bracket, no text and no regular expression. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "'" || character === '"') at = closing(text, at, character);
    else if (character === '/' && /[(,\s]/.test(text[at - 1] ?? '(')) at = regexEnd(text, at);
    else if (character in CLOSES) open.push(CLOSES[character]!);
    else if (character === open.at(-1)) open.pop();
    else if (open.length === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}

function closing(text: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** In a class a slash is a slash. */
function regexEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at;
  }
  return text.length;
}
