import type { SpecIndex, SpecSection } from '../model.ts';
import { countBelow } from './below.ts';
import { type Changes, type Compared, classify } from './classify.ts';
import { schemaLines } from './hunks.ts';
import { matchPassages } from './match.ts';
import { CHANGES, type Change, type SectionChange, type SpecDiff } from './model.ts';
import { addNotes } from './notes.ts';
import { passagesOf } from './passages.ts';

/**
 * What became of every section between two versions of a spec. Line ends, BOM, front matter, double encoding,
 * trailing blanks and blank-line runs are no changes. Pure, deterministic, and the same in both directions:
 * with `a` and `b` exchanged NEW and GONE are, and nothing else.
 */
export function diffSpecs(a: SpecIndex, b: SpecIndex): SpecDiff {
  const [from, to] = [passagesOf(a), passagesOf(b)];
  matchPassages(from, to);
  const compared: Compared = {
    a: from,
    b: to,
    inSchema: [schemaLines(a), schemaLines(b)],
    sameFile: (old, now) => (a.files.length === 1 && b.files.length === 1) || bare(old) === bare(now),
  };
  const changes = classify(compared);
  countBelow(compared, changes);
  addNotes(compared, changes);
  const sections = inOrder(compared, changes);
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;
  for (const { change } of sections) counts[change]++;
  return { from: a, to: b, sections, counts };
}

const bySection = new WeakMap<SpecDiff, Map<SpecSection, SectionChange>>();

/** What became of a section of either spec. */
export function changeOf(diff: SpecDiff, section: SpecSection): SectionChange {
  let found = bySection.get(diff);
  if (!found) {
    found = new Map();
    for (const change of diff.sections) {
      if (change.from) found.set(change.from, change);
      if (change.to) found.set(change.to, change);
    }
    bySection.set(diff, found);
  }
  const change = found.get(section);
  if (!change) throw new TypeError('the section is of neither spec of the diff');
  return change;
}

/** The order of the new spec; what is gone follows what it followed. */
function inOrder({ a, b }: Compared, changes: Changes): SectionChange[] {
  const sections: SectionChange[] = [];
  const goneFrom = (start: number): void => {
    for (let id = start; id < a.length && !a[id]!.partner; id++) sections.push(changes.get(a[id]!)!);
  };
  goneFrom(0);
  for (const passage of b) {
    sections.push(changes.get(passage)!);
    if (passage.partner) goneFrom(passage.partner.section.id + 1);
  }
  return sections;
}

// The file of a version carries its version in its name.
function bare(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/[-_ ]?v\d+(?:\.\d+)*(?=\.md$)/i, '');
}
