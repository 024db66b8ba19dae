import { ownStretches, type SpecIndex, type SpecSection } from '../../spec/index.ts';
import { isCode } from '../dialects/code-lines.ts';

export interface Sentence {
  text: string;
  /** The clause whose paragraph or item it stands in: `INV-SPAWN-001`. */
  clause?: string;
  /** The paragraph or item names an event. */
  named: boolean;
  file: string;
  /** The line that it begins on. */
  line: number;
}

const BREAK = /^\s*(?:$|[-*+]\s|\d+[.)]\s|\||#{1,6}\s|>|`{3}|~{3})/;
const END = /[.!?](?:["')\]`*]*)\s+(?=[A-Z*`"([])/g;
/** No paragraph is longer; what goes on is read as the next one. */
const LONGEST = 100;

const found = new WeakMap<SpecSection, readonly Sentence[]>();

/** The sentences of a section's own prose: neither code nor the cells of tables. Read once. */
export function sentencesOf(index: SpecIndex, section: SpecSection): readonly Sentence[] {
  let sentences = found.get(section);
  if (sentences === undefined) {
    sentences = readSentences(index, section);
    found.set(section, sentences);
  }
  return sentences;
}

function readSentences(index: SpecIndex, section: SpecSection): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { file, line: from, endLine } of ownStretches(index, section)) {
    for (let line = from; line <= endLine; line++) {
      const first = file.lines[line - 1] ?? '';
      if (first.trim() === '' || /^\s*(?:\||#{1,6}\s)/.test(first) || isCode(index, file.path, line))
        continue;
      const lines = [first];
      while (
        lines.length < LONGEST &&
        line + lines.length <= endLine &&
        !BREAK.test(file.lines[line + lines.length - 1]!)
      )
        lines.push(file.lines[line + lines.length - 1]!);
      sentences.push(...split(lines, file.path, line));
      line += lines.length - 1;
    }
  }
  return sentences;
}

function split(lines: string[], file: string, line: number): Sentence[] {
  const block = lines.join('\n');
  const clause = /^[^*]{0,20}\*\*([A-Z]+(?:-[A-Z]+)*-\d+)\b/.exec(block)?.[1];
  const said = { named: block.includes('FR-EVT-'), ...(clause !== undefined && { clause }) };
  const sentences: Sentence[] = [];
  let start = 0;
  let at = line;
  const push = (end: number): void => {
    const raw = block.slice(start, end);
    const text = raw.replace(/\s+/g, ' ').trim();
    if (text !== '') {
      const blank = raw.slice(0, raw.length - raw.trimStart().length);
      sentences.push({ text, ...said, file, line: at + breaks(blank) });
    }
    at += breaks(raw);
    start = end;
  };
  for (const match of block.matchAll(END)) push(match.index + match[0].length);
  push(block.length);
  return sentences;
}

function breaks(text: string): number {
  return text.split('\n').length - 1;
}
