import { repairLine, sha256 } from '../../text/index.ts';
import { identifiersOf } from '../identifiers/index.ts';
import { ancestors, fingerprintOfLines, isWithin, ownStretches } from '../lookup.ts';
import type { SpecFile, SpecIndex, SpecSection } from '../model.ts';
import { announcedEnd, sentencesOf, textBlocks } from './blocks.ts';

/** RFC 2119, as the spec uses it: SHALL and REQUIRED are MUST. */
export type Modality = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

/** A sentence that obliges, and has no identifier. `line` to `endLine` holds the list that it announces, too. */
export interface Must {
  /**
   * `4.3.9.15.3#must-1f0c2a`: section number and hash of its words. It survives what is put in before it or
   * changed around it, and a change of layout; with other words it is another sentence. One that is said twice
   * has `-2` behind it.
   */
  key: string;
  modality: Modality;
  text: string;
  section: SpecSection;
  file: string;
  line: number;
  endLine: number;
  /** Of the sentence and of the list that it announces. */
  fingerprint: string;
}

const found = new WeakMap<SpecIndex, readonly Must[]>();

/**
 * The sentences with MUST, SHALL, REQUIRED, SHOULD or MAY that no identifier names: outside code, tables, the
 * roadmap, appendices and what calls itself informative. Of one section with all that stands in it, or of all.
 */
export function mustsOf(index: SpecIndex, section?: SpecSection): readonly Must[] {
  let all = found.get(index);
  if (!all) {
    all = readMusts(index);
    found.set(index, all);
  }
  if (!section) return all;
  return all.filter((must) => isWithin(index, must.section, section));
}

function readMusts(index: SpecIndex): Must[] {
  const musts: Must[] = [];
  const keys = new Map<string, number>();
  const covered = coveredLines(index);
  for (const section of index.sections) {
    if (!isNormative(index, section)) continue;
    for (const { file, line: from, endLine: to } of ownStretches(index, section)) {
      if (!obliges(file.lines, from, to)) continue;
      const skip = covered.get(file.path)!;
      for (const said of obligationsIn(file, from, to, skip)) {
        const key = keyOf(index, section, said.modality, said.text);
        const times = (keys.get(key) ?? 0) + 1;
        keys.set(key, times);
        musts.push({ key: times === 1 ? key : `${key}-${times}`, section, ...said });
      }
    }
  }
  return musts;
}

function obligationsIn(
  { path, lines }: SpecFile,
  from: number,
  to: number,
  skip: Uint8Array,
): Omit<Must, 'key' | 'section'>[] {
  const blocks = textBlocks(lines, from, to, (line) => skip[line] === 1);
  return blocks.flatMap((block, at) => {
    if (!block.texts.some(({ text }) => WORD.test(text))) return [];
    return sentencesOf(block).flatMap((sentence) => {
      const modality = modalityOf(sentence.text);
      if (!modality) return [];
      const text = repairLine(sentence.text)?.text ?? sentence.text;
      const endLine = sentence.announces ? announcedEnd(blocks, at) : sentence.endLine;
      const list = lines.slice(sentence.endLine, endLine);
      const fingerprint = fingerprintOfLines([text, ...list]);
      return [{ modality, text, file: path, line: sentence.line, endLine, fingerprint }];
    });
  });
}

const WORD = /\b(?:MUST|SHALL|REQUIRED|SHOULD|RECOMMENDED|MAY)\b/;

function obliges(lines: readonly string[], from: number, to: number): boolean {
  for (let line = from; line <= to; line++) if (WORD.test(lines[line - 1] ?? '')) return true;
  return false;
}

const STRONG = /\b(?:MUST|SHALL|REQUIRED)\b(?!-)( NOT\b)?/;
const WEAK = /\b(?:SHOULD|RECOMMENDED)\b( NOT\b)?/;

/** The strongest word counts: `MAY …, but it MUST …` obliges. Not in code, and not in a tag: `Rules (MUST)`. */
function modalityOf(sentence: string): Modality | undefined {
  if (!WORD.test(sentence)) return undefined;
  const text = sentence
    .replace(/`[^`]*`/g, '`')
    .replace(/\*\*|__/g, '')
    .replace(/\([A-Z][^()a-z]*\)/g, '');
  const strong = STRONG.exec(text);
  if (strong) return strong[1] ? 'MUST NOT' : 'MUST';
  const weak = WEAK.exec(text);
  if (weak) return weak[1] ? 'SHOULD NOT' : 'SHOULD';
  return /\bMAY\b/.test(text) ? 'MAY' : undefined;
}

function keyOf(index: SpecIndex, section: SpecSection, modality: Modality, text: string): string {
  const numbered = [section, ...ancestors(index.sections, section)].find(
    ({ number }) => number !== undefined,
  );
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\[(?:add|updated) v[^\]]*\]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return `${numbered?.number ?? '0'}#${modality.split(' ')[0]!.toLowerCase()}-${sha256(words).slice(0, 6)}`;
}

function isNormative(index: SpecIndex, section: SpecSection): boolean {
  if (section.kind !== 'body') return false;
  return ![section, ...ancestors(index.sections, section)].some(({ tags }) =>
    tags.some((tag) => /^\((?:non-?normative|informative)/i.test(tag)),
  );
}

/** Lines that are code, or that an identifier names: 1 by line number. */
function coveredLines(index: SpecIndex): Map<string, Uint8Array> {
  const covered = new Map(index.files.map((file) => [file.path, new Uint8Array(file.lines.length + 2)]));
  for (const { file, line, endLine, lang } of index.blocks) {
    // The text of a template in a Markdown fence is prose; its fences are not.
    if (lang === 'md' || lang === 'markdown')
      covered
        .get(file)!
        .fill(1, line, line + 1)
        .fill(1, endLine, endLine + 1);
    else covered.get(file)!.fill(1, line, endLine + 1);
  }
  for (const { family, id, definitions } of identifiersOf(index)) {
    // An event is a shape; a rule that stands beside it has no name.
    if (family === 'FR-EVT') continue;
    for (const { form, file, line, endLine, section } of definitions) {
      if (form !== 'heading') covered.get(file)!.fill(1, line, endLine + 1);
      else if (section?.title.startsWith(id)) {
        for (const own of ownStretches(index, section))
          covered.get(own.file.path)!.fill(1, own.line, own.endLine + 1);
      }
    }
  }
  return covered;
}
