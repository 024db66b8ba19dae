import {
  type AnchorResult,
  type AnchorStatus,
  parseAnchor,
  passagesOf,
  resolveAnchor,
  type SpecIndex,
  type SpecSection,
} from '../../spec/index.ts';
import { asciiText } from '../ascii.ts';

/**
 * What no human can accept as an anchor of the main body. A title that is another section's is among them: the stub
 * states the title as it stands, and would cover up that another one was meant.
 */
const REFUSED: ReadonlySet<AnchorStatus> = new Set<AnchorStatus>([
  'NO_NUMBER',
  'UNRESOLVED',
  'AMBIGUOUS',
  'TITLE_MISMATCH',
  'APPENDIX',
  'ROADMAP',
  'NOT_MAIN_BODY',
]);

/** An anchor that was asked for, and where it stands. */
export interface AskedAnchor {
  text: string;
  result: AnchorResult;
  /** False where no stub may rest on it. */
  accepted: boolean;
}

export function askedAnchor(spec: SpecIndex, text: string): AskedAnchor {
  const result = resolveAnchor(spec, text);
  const numbered = result.paragraph ?? result.section;
  return { text, result, accepted: !REFUSED.has(result.status) && numbered?.number !== undefined };
}

interface Candidate {
  line: string;
  /** Groups of ids that stand in the section: they are told beside it. */
  notes: Set<string>;
}

/**
 * One line for each section that the anchors lead to: file, number and title as they stand in the spec. A single id
 * leads to its own clause, and its section is the note; a group of ids is a note behind the sections that define it.
 */
export function candidateLines(spec: SpecIndex, anchors: readonly AskedAnchor[]): string[] {
  const candidates = new Map<string, Candidate>();
  const add = (line: string, note?: string): void => {
    const candidate = candidates.get(line) ?? { line, notes: new Set<string>() };
    candidates.set(line, candidate);
    if (note !== undefined) candidate.notes.add(note);
  };
  for (const { text, result } of anchors) {
    const { number, identifier, wildcard, others, rangeEnd } = parseAnchor(text);
    const several = others.length > 0 || rangeEnd !== undefined || (wildcard && number === undefined);
    if (!several) add(lineOf(result, wildcard));
    else if (identifier === undefined || number !== undefined)
      for (const passage of passagesOf(spec, text)) add(lineOf(passage.result, false));
    else {
      const sections = new Set(passagesOf(spec, text).flatMap((passage) => passage.result.section ?? []));
      const ids = wildcard ? `${identifier}-*` : [identifier, ...others].join(', ');
      for (const section of sections) add(sectionLine(section, false), ids);
    }
  }
  return [...candidates.values()].map(({ line, notes }) =>
    notes.size === 0 ? line : `${line} (${[...notes].join(', ')})`,
  );
}

function lineOf({ query, section, paragraph, identifier }: AnchorResult, wildcard: boolean): string {
  const file = fileName((paragraph ?? section)?.file ?? '');
  if (paragraph !== undefined) return `${file}Addendum: ${paragraph.number} ${asciiText(paragraph.title)}`;
  if (section === undefined) return '';
  const title = asciiText(section.title);
  if (identifier === undefined) return sectionLine(section, wildcard);
  // The title is a note: it may name another id. Of an id that several sections define, the number says which.
  return query.number === undefined
    ? `${file}${identifier.id} (${section.number} ${title})`
    : `${file}${section.number} ${identifier.id} (${title})`;
}

function sectionLine({ file, number, title, tags }: SpecSection, wildcard: boolean): string {
  const name = `${fileName(file)}${number}${wildcard ? '.*' : ''}`;
  return [name, ...[title, ...tags].map(asciiText).filter((part) => part !== '')].join(' ');
}

/** An anchor cannot name a file with blanks in its name; without one it is of the spec in force. */
export function fileName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[\x21-\x7e]+\.md$/.test(name) && !/[`*:#]/.test(name) ? `${name} ` : '';
}
