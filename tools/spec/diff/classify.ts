import { hunksOf, type InSchema } from './hunks.ts';
import type { Change, SectionChange } from './model.ts';
import { areSiblings } from './pairs.ts';
import type { Passage } from './passages.ts';

/** The passages of both specs, what became of what, and what else is known of them. */
export interface Compared {
  a: readonly Passage[];
  b: readonly Passage[];
  /** Which lines stand in schema blocks, in the old spec and in the new one. */
  inSchema: readonly [InSchema, InSchema];
  sameFile(a: string, b: string): boolean;
}

/** The change of each passage; the two sides of a pair share one. */
export type Changes = Map<Passage, SectionChange>;

/** What became of each passage, without what happened below it. */
export function classify(compared: Compared): Changes {
  const { a, b } = compared;
  const changes: Changes = new Map();
  for (const passage of a) {
    const { partner } = passage;
    const change = partner
      ? pairChange(passage, partner, compared)
      : { ...unpaired('GONE'), from: passage.section };
    changes.set(passage, change);
    if (partner) changes.set(partner, change);
  }
  for (const passage of b) {
    if (!passage.partner) changes.set(passage, { ...unpaired('NEW'), to: passage.section });
  }
  return changes;
}

function unpaired(change: Change): SectionChange {
  return { change, changed: false, below: 0, hunks: [] };
}

function pairChange(a: Passage, b: Passage, compared: Compared): SectionChange {
  const [from, to] = [a.section, b.section];
  const renumbered = from.number !== to.number;
  const changed = renumbered ? wording(a) !== wording(b) || a.body !== b.body : a.text !== b.text;
  const change = renumbered
    ? 'RENUMBERED'
    : changed
      ? 'CHANGED'
      : samePlace(a, b, compared)
        ? 'SAME'
        : 'MOVED';
  const hunks = changed ? hunksOf(a, b, compared.inSchema) : [];
  return { change, from, to, changed, below: 0, hunks };
}

/** The heading without its number and level. */
function wording({ section }: Passage): string {
  return [section.title, ...section.tags].join(' ');
}

function samePlace(a: Passage, b: Passage, { sameFile }: Compared): boolean {
  const [from, to] = [a.section, b.section];
  return (
    from.line === to.line &&
    from.container === to.container &&
    sameFile(from.file, to.file) &&
    areSiblings(a, b)
  );
}
