import { ALIKE, Likeness, titlesAlike } from './likeness.ts';
import { areApart, type Candidate, candidatesOf, groupsOf, Pairs, type Sides } from './pairs.ts';
import type { Passage } from './passages.ts';

type Key = (passage: Passage) => string | undefined;
type Score = (a: Passage, b: Passage) => number;

/**
 * Finds which section of one spec became which of the other, and makes them partners. Section numbers are no keys: they repeat, and are given
 * to other clauses. So the tree is walked from its roots: inside sections that became each other, equal text is
 * believed first, then number and title. What is left is looked for in the whole spec, by likeness. Whatever
 * is found says more about what stands around it, and is followed at once.
 */
export function matchPassages(a: readonly Passage[], b: readonly Passage[]): void {
  const matching = new Matching([a, b]);
  matching.walk();
  matching.search();
}

class Matching {
  private readonly pairs = new Pairs();
  private readonly likeness = new Likeness();
  private readonly all: Sides;

  constructor(all: Sides) {
    this.all = all;
  }

  /** From the roots down. */
  walk(): void {
    const [a, b] = this.all;
    this.inside([a.filter(isRoot), b.filter(isRoot)]);
    this.follow();
  }

  /** What stands nowhere near where it stood, or changed its name: the surest first. */
  search(): void {
    const near: Score = (a, b) => (areApart(a, b) ? 0 : 1);
    this.single(this.substantialText, () => 1);
    this.single(this.titleAndBody, near);
    for (let before = -1; before !== this.pairs.size; ) {
      before = this.pairs.size;
      // Among siblings a title says more than a number: numbers shift when a clause is put before the others.
      this.best(this.amongSiblings(titleOf), (a, b) => (this.isBare(a, b) ? 1 : this.alike(a, b)));
      this.best(this.amongSiblings(numberOf), (a, b) => Math.max(this.alike(a, b), retitled(a, b)));
      this.single(wholeText, near);
      this.single(numberAndTitle, near);
      this.best(titleOf, this.alike);
      this.best(ownNumber, (a, b) => Math.max(this.alike(a, b), near(a, b) * retitled(a, b)));
      this.best(this.substantialBody, () => 1);
      this.best(wholeText, () => 1);
      this.single(numberAndTitle, () => 1);
    }
  }

  /** Inside two sections that became each other. */
  private inside(sides: Sides): void {
    // Most of a spec is what it was: up to the first difference nothing has to be searched for.
    const [a, b] = sides;
    let same = 0;
    for (; same < a.length && same < b.length && isCopy(a[same]!, b[same]!); same++) {
      this.pairs.add(a[same]!, b[same]!);
    }
    if (same === a.length || same === b.length) return;
    const step = (key: Key, score: Score): void => {
      for (const group of groupsOf(sides, key)) {
        const alone = group[0].length === 1 && group[1].length === 1;
        this.pairs.addBest(candidatesOf(group, alone ? () => 1 : score));
      }
    };
    const likely: Score = (a, b) => 1 + this.likeness.bodies(a, b);
    step(wholeText, () => 1);
    step(this.titleAndBody, (a, b) => (numberOf(a) === numberOf(b) ? 2 : 1));
    step(numberAndTitle, likely);
    step(placeAndTitle, likely);
  }

  /** Down to the children of each new pair, and up to the parents of children that found each other. */
  private follow(): void {
    do {
      for (let fresh = this.pairs.takeFresh(); fresh.length > 0; fresh = this.pairs.takeFresh()) {
        for (const [a, b] of fresh) this.inside([a.children, b.children]);
      }
    } while (this.pairs.addBest(this.parents()) > 0);
  }

  private parents(): Candidate[] {
    const found = new Map<string, { a: Passage; b: Passage; common: number }>();
    for (const child of this.all[0]) {
      const a = child.parent;
      const b = child.partner?.parent;
      if (!a || !b || a.partner || b.partner) continue;
      const key = `${a.section.id} ${b.section.id}`;
      const known = found.get(key);
      if (known) known.common++;
      else found.set(key, { a, b, common: 1 });
    }
    return [...found.values()].map(({ a, b, common }) => {
      const share = (2 * common) / (a.children.length + b.children.length);
      return { a, b, score: share >= ALIKE || a.title === b.title ? share : 0 };
    });
  }

  /** Passages that are the only ones with their key on their side, among those that are left. */
  private single(key: Key, score: Score): void {
    const groups = groupsOf(this.all, key);
    const alone = groups.filter(([a, b]) => a.length === 1 && b.length === 1);
    this.pairs.addBest(alone.flatMap((group) => candidatesOf(group, score)));
    this.follow();
  }

  /** The best of each group. */
  private best(key: Key, score: Score): void {
    const groups = groupsOf(this.all, key);
    this.pairs.addBest(groups.flatMap((group) => candidatesOf(group, score)));
    this.follow();
  }

  /** The key, for passages inside one pair of parents only. */
  private amongSiblings(key: Key): Key {
    const [old] = this.all;
    return (passage) => {
      const { parent } = passage;
      const name = key(passage);
      if (name === undefined || (parent && !parent.partner)) return undefined;
      const side = old[passage.section.id] === passage ? parent : parent?.partner;
      return `${side?.section.id ?? 'root'} ${name}`;
    };
  }

  private readonly alike: Score = (a, b) => {
    const value = this.likeness.bodies(a, b);
    return value >= ALIKE ? value : 0;
  };

  /** Is there too little text on both sides to tell them apart by it? */
  private isBare(a: Passage, b: Passage): boolean {
    return !this.likeness.substantial(a) && !this.likeness.substantial(b);
  }

  private readonly substantialText: Key = (passage) =>
    this.likeness.substantial(passage) ? passage.text : undefined;

  private readonly substantialBody: Key = (passage) =>
    this.likeness.substantial(passage) ? passage.body : undefined;

  private readonly titleAndBody: Key = (passage) =>
    this.likeness.substantial(passage) ? `${passage.title}\n${passage.body}` : undefined;
}

const isCopy = (a: Passage, b: Passage): boolean => !a.partner && !b.partner && a.text === b.text;
const isRoot = (passage: Passage): boolean => passage.parent === undefined;
const wholeText: Key = ({ text }) => text;
const titleOf: Key = ({ title }) => (title === '' ? undefined : title);
const ownNumber: Key = ({ section }) => section.number;
const numberOf = ({ section }: Passage): string => section.number ?? '';
const numberAndTitle: Key = ({ section, title }) => `${section.number ?? ''} ${title}`;

/** The number within the parent's and the title: what stays of a clause when its parent is renumbered. */
const placeAndTitle: Key = ({ section, parent, title }) => {
  const around = parent?.section.number;
  const within =
    section.number !== undefined && around !== undefined && section.number.startsWith(`${around}.`);
  return within ? `${section.number!.slice(around.length)} ${title}` : undefined;
};

const retitled: Score = (a, b) => {
  const value = titlesAlike(a, b);
  return value >= ALIKE ? value : 0;
};
