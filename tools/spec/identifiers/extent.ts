import type { IdentifierForm } from '../model.ts';

/** Where a definition stands, and what bounds it. Lines count from 1. */
export interface Start {
  form: IdentifierForm;
  line: number;
  /** The line of the next heading, or the one behind the last line of the file. */
  limit: number;
  /** Lines on which a definition of the same family begins. */
  siblings: ReadonlySet<number>;
}

const FENCE = /^\s*(?:`{3,}|~{3,})/;
const RULE = /^ {0,3}-{3,}\s*$/;
const LIST = /^\s*(?:[-*+]|\d+[.)])\s/;

/** The last line of what is said there. */
export function endOf(lines: readonly string[], start: Start): number {
  const text = lines[start.line - 1] ?? '';
  switch (start.form) {
    case 'table-cell':
    case 'ts-member':
      return start.line;
    case 'error':
      return Math.min(start.line + 1, start.limit - 1);
    case 'yaml-event':
      return whileDeeper(lines, start, 0);
    case 'doc-comment':
      return itemEnd(lines, start);
    case 'bold-bullet':
    case 'bullet':
      if (isTitled(text) && !nextIsDeeper(lines, start, indentOf(text))) return untilNext(lines, start);
      return whileDeeper(lines, start, indentOf(text));
    default:
      return isTitled(text) && (lines[start.line] ?? '').trim() === ''
        ? untilNext(lines, start)
        : paragraphEnd(lines, start);
  }
}

/** Nothing stands behind the bold name: what follows is its text. */
function isTitled(text: string): boolean {
  return /^(?:\s*(?:[-*+]|\d+[.)])\s+)?\*\*[^*]+\*\*[\s:]*$/.test(text);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function nextIsDeeper(lines: readonly string[], start: Start, indent: number): boolean {
  for (let line = start.line + 1; line < start.limit; line++) {
    const text = lines[line - 1]!;
    if (text.trim() !== '') return indentOf(text) > indent;
  }
  return false;
}

/** The lines that are indented deeper than the first, blank ones between them included. */
function whileDeeper(lines: readonly string[], start: Start, indent: number): number {
  let end = start.line;
  for (let line = start.line + 1; line < start.limit; line++) {
    const text = lines[line - 1]!;
    if (text.trim() === '') continue;
    const lazy = line === end + 1 && !LIST.test(text) && !FENCE.test(text) && !/^\S+:\s*$/.test(text);
    if (indentOf(text) <= indent && !(lazy && start.form !== 'yaml-event')) break;
    end = line;
  }
  return end;
}

/** Up to the next definition of the family, a rule or a heading. */
function untilNext(lines: readonly string[], start: Start): number {
  let end = start.line;
  for (let line = start.line + 1; line < start.limit; line++) {
    const text = lines[line - 1]!;
    if (start.siblings.has(line) || RULE.test(text)) break;
    if (start.form === 'bracket' && isTitled(text) && !LIST.test(text)) break;
    if (text.trim() !== '') end = line;
  }
  return end;
}

/** The paragraph with the list that it announces. */
function paragraphEnd(lines: readonly string[], start: Start): number {
  let end = start.line;
  for (let line = start.line + 1; line < start.limit; line++) {
    const text = lines[line - 1]!;
    if (start.siblings.has(line) || FENCE.test(text) || RULE.test(text)) break;
    if (text.trim() === '') {
      const announced = /:\s*$/.test(lines[end - 1]!) && LIST.test(lines[line] ?? '');
      if (!announced) break;
      continue;
    }
    end = line;
  }
  return end;
}

/** The doc comment and the item that it documents, to its closing brace. */
function itemEnd(lines: readonly string[], start: Start): number {
  const indent = indentOf(lines[start.line - 1]!);
  let end = start.line;
  for (let line = start.line + 1; line < start.limit; line++) {
    const text = lines[line - 1]!;
    if (FENCE.test(text)) break;
    end = line;
    if (indentOf(text) === indent && /^\s*[})]/.test(text)) return line;
    if (indentOf(text) === indent && /;\s*$/.test(text)) return line;
  }
  return end;
}
