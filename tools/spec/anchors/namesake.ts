import type { SpecIndex, SpecSection } from '../model.ts';
import { contentWords } from '../sections/headings.ts';

/**
 * Another section that has exactly this title, where the given one has it not. Words in common are not enough
 * then: a clause put in between shifts the numbers of its siblings, and siblings share words.
 */
export function namesakeOf(index: SpecIndex, section: SpecSection, title: string): SpecSection | undefined {
  const [asked, own] = [contentWords(title), contentWords(section.title)];
  if (asked.size === 0 || keysOf(section.title).includes(keyOf(asked))) return undefined;
  // A template's headings are no rivals of the spec's, nor the other way round.
  const same = (titlesOf(index).get(keyOf(asked)) ?? []).filter(
    (candidate) => candidate !== section && candidate.container === section.container,
  );
  const sibling = same.find((candidate) => candidate.parent === section.parent);
  if (sibling) return sibling;
  // `11.5 Flight Recorder events` is 11.5, though 4.3.9.13.5 has no other words than these.
  return same.length === 1 && !within(asked, own) && !within(own, asked) ? same[0] : undefined;
}

const titles = new WeakMap<SpecIndex, Map<string, SpecSection[]>>();

function titlesOf(index: SpecIndex): Map<string, SpecSection[]> {
  let byWords = titles.get(index);
  if (!byWords) {
    byWords = new Map();
    for (const section of index.sections) {
      if (section.number === undefined || section.kind !== 'body') continue;
      for (const key of keysOf(section.title)) {
        const same = byWords.get(key);
        if (same) same.push(section);
        else byWords.set(key, [section]);
      }
    }
    titles.set(index, byWords);
  }
  return byWords;
}

/** The title with and without its last note: `Trigger (AutomationLevel)` is often quoted as `Trigger`. */
function keysOf(title: string): string[] {
  const whole = keyOf(contentWords(title));
  if (!title.endsWith(')')) return whole === '' ? [] : [whole];
  const bare = keyOf(contentWords(title.replace(/\s*\([^()]*\)$/, '')));
  return [...new Set([whole, bare])].filter((key) => key !== '');
}

// In their order: `Model Runtime` is not `Runtime and Models`.
function keyOf(words: ReadonlySet<string>): string {
  return [...words].join(' ');
}

function within(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((word) => b.has(word));
}
