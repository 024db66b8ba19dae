import type { Finding } from '../../findings/index.ts';
import { identityOf, keyOf } from './identity.ts';

/** What stands at each governed path: equal texts have equal ids. */
export type Contents = ReadonlyMap<string, string>;

/** A tree that was judged, as far as a comparison needs it. */
export interface Side {
  findings: readonly Finding[];
  contents: Contents;
  /** Of the spec in force. */
  specVersion?: string | undefined;
}

/** What a change has to answer for. */
export interface ChangeFindings {
  /** No reference has these. */
  fresh: Finding[];
  /** A reference has them, but they stand in a file that the change touches. */
  touched: Finding[];
}

/**
 * The findings of `subject` that no reference has: per rule, file and message (positions do not count) as many as
 * there are more of. Without a reference everything is new.
 */
export function newFindings(subject: Side, references: readonly Side[]): Finding[] {
  const allowed = new Map<string, number>();
  for (const reference of references) {
    const moved = renames(subject.contents, reference.contents);
    for (const [key, count] of countsOf(reference, moved))
      allowed.set(key, Math.max(count, allowed.get(key) ?? 0));
  }
  return subject.findings.filter((finding) => {
    const key = keyOf(identityOf(finding, subject.specVersion));
    const left = allowed.get(key) ?? 0;
    if (left > 0) allowed.set(key, left - 1);
    // A tree in which nothing is found to judge never passes, whatever was there before.
    return left === 0 || finding.rule === 'tree/empty';
  });
}

/** All findings of files that differ from every reference, and everywhere else those that are new. */
export function findingsOfChange(subject: Side, references: readonly Side[]): ChangeFindings {
  const fresh = newFindings(subject, references);
  const known = new Set(fresh);
  const { changed } = changesOf(
    subject.contents,
    references.map(({ contents }) => contents),
  );
  return {
    fresh,
    touched: subject.findings.filter((finding) => !known.has(finding) && changed.has(finding.place.file)),
  };
}

/** The files that a change touches. */
export interface Changes {
  /** Their text differs from that of every reference; without a reference, all of them. */
  changed: Set<string>;
  /** They got another name and nothing else. */
  moved: Set<string>;
  /** Every reference has them, and they are no more. */
  gone: Set<string>;
}

export function changesOf(subject: Contents, references: readonly Contents[]): Changes {
  const changed = new Set(subject.keys());
  const moved = new Set<string>();
  const gone = new Set([...(references[0]?.keys() ?? [])].filter((path) => !subject.has(path)));
  for (const reference of references) {
    const renamed = renames(subject, reference);
    for (const [path, content] of reference) {
      const to = renamed.get(path);
      if (to !== undefined) moved.add(to);
      if (subject.get(to ?? path) === content) changed.delete(to ?? path);
    }
    for (const path of gone) if (!reference.has(path) || renamed.has(path)) gone.delete(path);
  }
  for (const path of moved) if (references.some((reference) => reference.has(path))) moved.delete(path);
  return { changed, moved, gone };
}

function countsOf(reference: Side, moved: ReadonlyMap<string, string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of reference.findings) {
    const { place } = finding;
    const file = moved.get(place.file) ?? place.file;
    const key = keyOf(identityOf({ ...finding, place: { ...place, file } }, reference.specVersion));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Old name → new name of the files that were moved as they are: one is gone, another of the same text came. */
function renames(subject: Contents, reference: Contents): ReadonlyMap<string, string> {
  const came = new Map<string, string[]>();
  for (const [path, content] of subject) {
    if (reference.has(path)) continue;
    const same = came.get(content);
    if (same) same.push(path);
    else came.set(content, [path]);
  }
  const moved = new Map<string, string>();
  if (came.size === 0) return moved;
  for (const [path, content] of reference) {
    const to = subject.has(path) ? undefined : came.get(content)?.shift();
    if (to !== undefined) moved.set(path, to);
  }
  return moved;
}
