import { repairLine, sha256 } from '../../text/index.ts';
import { ancestors } from '../build.ts';
import { identifiersOf } from '../identifiers/index.ts';
import { fingerprintOfLines, linesOf } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';
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
  return all.filter(
    ({ file, line }) => file === section.file && line >= section.line && line <= section.endLine,
  );
}

function readMusts(index: SpecIndex): Must[] {
  const musts: Must[] = [];
  const keys = new Map<string, number>();
  const covered = coveredLines(index);
  const files = new Map(index.files.map((file) => [file.path, file.lines]));
  for (const section of index.sections) {
    if (!isNormative(index, section)) continue;
    const skip = covered.get(section.file)!;
    const lines = files.get(section.file)!;
    const next = index.sections[section.id + 1];
    const end = next?.parent === section.id ? next.line - 1 : section.endLine;
    if (!obliges(lines, section.line, end)) continue;
    const blocks = textBlocks(lines, section.line + 1, end, (line) => skip[line] === 1);
    blocks.forEach((block, at) => {
      if (!block.texts.some(({ text }) => WORD.test(text))) return;
      for (const sentence of sentencesOf(block)) {
        const modality = modalityOf(sentence.text);
        if (!modality) continue;
        const endLine = sentence.announces ? announcedEnd(blocks, at) : sentence.endLine;
        const list = linesOf(index, section.file, sentence.endLine + 1, endLine);
        const text = repairLine(sentence.text)?.text ?? sentence.text;
        const key = keyOf(index, section, modality, text);
        const times = (keys.get(key) ?? 0) + 1;
        keys.set(key, times);
        musts.push({
          key: times === 1 ? key : `${key}-${times}`,
          modality,
          text,
          section,
          file: section.file,
          line: sentence.line,
          endLine,
          fingerprint: fingerprintOfLines([text, ...list]),
        });
      }
    });
  }
  return musts;
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
      if (form === 'heading') {
        const child = section && index.sections[section.id + 1];
        const own = child?.parent === section?.id ? child!.line : endLine + 1;
        if (section?.title.startsWith(id)) covered.get(file)!.fill(1, line, own);
      } else covered.get(file)!.fill(1, line, endLine + 1);
    }
  }
  return covered;
}
