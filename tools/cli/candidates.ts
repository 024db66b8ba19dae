import { type AnchorResult, contentWords, type SpecIndex, sharedWords } from '../spec/index.ts';

/** Without a number, the words of the anchor are looked for in the titles; the very title comes first. */
export function withCandidates(index: SpecIndex, result: AnchorResult, asked: string): AnchorResult {
  if (result.status !== 'NO_NUMBER' || result.section || result.candidates.length > 0) return result;
  // An id in small letters is told already which one it is.
  if (result.reasons.some((reason) => reason.startsWith('nearest: '))) return result;
  // A number alone says nothing: `INV-X-001` is no section about 001.
  const wanted = [...contentWords(asked)].filter((word) => /\p{L}/u.test(word));
  const titles = compactTitles(index);
  // Titles that share a word hold how it begins (`fly` is `flies` too): only those are compared word by word.
  const starts = wanted.map((word) => word.slice(0, 4).replace(/y$/, ''));
  const near = index.sections.filter((_, at) => starts.some((start) => titles[at]!.includes(start)));
  const text = wanted.join(' ');
  const shared = near.map((section) => ({ section, words: sharedWords(text, section.title) }));
  const most = Math.max(1, ...shared.map(({ words }) => words));
  const found = shared.filter(({ words }) => words === most).map(({ section }) => section);
  const title = asked.trim().toLowerCase();
  const exact = found.filter((section) => section.title.toLowerCase() === title);
  return { ...result, candidates: [...new Set([...exact, ...found])] };
}

const known = new WeakMap<SpecIndex, readonly string[]>();

/** Small letters and digits alone, so that `LLM Client` holds `llmclient`. */
function compactTitles(index: SpecIndex): readonly string[] {
  let titles = known.get(index);
  if (!titles) {
    titles = index.sections.map(({ title }) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
    known.set(index, titles);
  }
  return titles;
}
