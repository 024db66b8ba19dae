import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSpecs, fingerprintOf, type SectionChange, type SpecDiff } from '../../../tools/spec/index.ts';
import { prose, specOf } from './specs.ts';

/** A clause of the model: `id` is who it is, whatever it is called and wherever it stands. */
interface Clause {
  id: string;
  title: string;
  text: string;
  children: Clause[];
}

interface Edit {
  kind: 'insert' | 'delete' | 'edit' | 'retitle' | 'move';
  /** Which clause, and where to: taken modulo what there is. */
  at: number;
  to: number;
}

const shape = fc.letrec<{ tree: number[][] }>(() => ({
  tree: fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
})).tree;

const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom('insert', 'delete', 'edit', 'retitle', 'move'),
    at: fc.nat(100),
    to: fc.nat(100),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Chapters, sections and clauses, each with a title and a text of its own. */
function modelOf(tree: readonly (readonly number[])[]): Clause[] {
  let next = 0;
  const clause = (children: Clause[]): Clause => {
    const id = `c${next++}`;
    return { id, title: `Title${id} of it`, text: prose(id), children };
  };
  return tree.map((sections) =>
    clause(sections.map((leaves) => clause(Array.from({ length: leaves }, () => clause([]))))),
  );
}

interface Placed {
  clause: Clause;
  siblings: Clause[];
  depth: number;
}

function placed(clauses: Clause[], depth = 1): Placed[] {
  return clauses.flatMap((clause) => [
    { clause, siblings: clauses, depth },
    ...placed(clause.children, depth + 1),
  ]);
}

/** Applies the edits to a copy; a clause is touched once, so that it stays what it is. */
function edited(model: readonly Clause[], all: readonly Edit[]): Clause[] {
  const copy = structuredClone(model) as Clause[];
  const touched = new Set<string>();
  all.forEach(({ kind, at, to }, position) => {
    const places = placed(copy);
    if (places.length === 0) return;
    const { clause, siblings } = places[at % places.length]!;
    const index = siblings.indexOf(clause);
    if (kind === 'insert') {
      const id = `n${position}`;
      siblings.splice(to % (siblings.length + 1), 0, {
        id,
        title: `Title${id} of it`,
        text: prose(id),
        children: [],
      });
    } else if (touched.has(clause.id)) {
      return;
    } else if (kind === 'delete') {
      siblings.splice(index, 1);
    } else if (kind === 'move') {
      siblings.splice(index, 1);
      siblings.splice(to % (siblings.length + 1), 0, clause);
    } else if (kind === 'edit') {
      clause.text = clause.text.replace('gamma', 'GAMMA');
    } else {
      clause.title = `Other${clause.id} name`;
    }
    touched.add(clause.id);
  });
  return copy;
}

interface Written {
  number: string;
  heading: string;
  text: string;
  parent: string | undefined;
}

/** The spec, numbered by place, and how each clause stands in it. */
function write(clauses: readonly Clause[]): { text: string; clauses: Map<string, Written> } {
  const found = new Map<string, Written>();
  const lines: string[] = [];
  const add = (list: readonly Clause[], around: string, parent?: string): void => {
    list.forEach(({ id, title, text, children }, at) => {
      const number = `${around}${at + 1}`;
      const depth = number.split('.').length;
      lines.push(`${'#'.repeat(depth)} ${number}${depth === 1 ? '.' : ''} ${title}`, text);
      found.set(id, { number, heading: title, text, parent });
      add(children, `${number}.`, id);
    });
  };
  add(clauses, '');
  return { text: `${lines.join('\n')}\n`, clauses: found };
}

/** What became of each clause, known from who it is. */
function expected(a: Map<string, Written>, b: Map<string, Written>): string[] {
  const all = [...new Set([...a.keys(), ...b.keys()])].map((id) => {
    const [old, now] = [a.get(id), b.get(id)];
    if (!old) return `NEW ${now!.number}`;
    if (!now) return `GONE ${old.number}`;
    const changed = old.heading !== now.heading || old.text !== now.text;
    if (old.number !== now.number)
      return `RENUMBERED ${old.number} ${now.number}${changed ? ' changed' : ''}`;
    return `${changed ? 'CHANGED' : 'STAYED'} ${old.number}`;
  });
  return all.sort();
}

function found({ sections }: SpecDiff): string[] {
  const all = sections.map(({ change, from, to, changed }) => {
    const numbers = change === 'RENUMBERED' ? `${from!.number} ${to!.number}` : (from ?? to)!.number;
    const kind = change === 'SAME' || change === 'MOVED' ? 'STAYED' : change;
    return `${kind} ${numbers}${change === 'RENUMBERED' && changed ? ' changed' : ''}`;
  });
  return all.sort();
}

it('inserted, deleted, edited, retitled and shuffled clauses are called what they are', () => {
  fc.assert(
    fc.property(shape, edits, (tree, all) => {
      const model = modelOf(tree);
      const [a, b] = [write(model), write(edited(model, all))];
      expect(found(diffSpecs(specOf(a.text), specOf(b.text)))).toEqual(expected(a.clauses, b.clauses));
    }),
    { numRuns: 300 },
  );
});

/** Specs full of what is ambiguous: few numbers, few titles, little text, any level. */
const heap = fc
  .array(
    fc.record({
      level: fc.integer({ min: 1, max: 4 }),
      number: fc.constantFrom('', '1.1 ', '1.2 ', '1.1.1 ', '2.1 '),
      title: fc.constantFrom('Purpose', 'Inputs', 'Purpose of it', '???'),
      text: fc.constantFrom('', 'few words', prose('x'), prose('y'), `${prose('x')} more`),
    }),
    { maxLength: 12 },
  )
  .map((sections) =>
    sections
      .map(({ level, number, title, text }) => `${'#'.repeat(level)} ${number}${title}\n${text}`)
      .join('\n'),
  );

describe('laws, of any two specs', () => {
  const laws = (law: (diff: SpecDiff, back: SpecDiff) => void) => (): void => {
    fc.assert(
      fc.property(heap, heap, (a, b) => {
        const [from, to] = [specOf(a), specOf(b)];
        law(diffSpecs(from, to), diffSpecs(to, from));
      }),
      { numRuns: 300 },
    );
  };

  it(
    'every section is told once',
    laws(({ from, to, sections, counts }) => {
      expect(sections.flatMap((change) => change.from ?? []).sort((x, y) => x.id - y.id)).toEqual(
        from.sections,
      );
      expect(sections.flatMap((change) => change.to ?? [])).toEqual(to.sections);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(sections.length);
    }),
  );

  it(
    'a change is what its name says',
    laws((diff) => {
      for (const { change, from, to, changed, hunks } of diff.sections) {
        expect([change, from !== undefined, to !== undefined]).toEqual([
          change,
          change !== 'NEW',
          change !== 'GONE',
        ]);
        if (!from || !to) continue;
        expect([change, from.number === to.number]).toEqual([change, change !== 'RENUMBERED']);
        if (change !== 'RENUMBERED') expect([change, changed]).toEqual([change, change === 'CHANGED']);
        expect(hunks.some((hunk) => hunk.added + hunk.removed > 0)).toBe(hunks.length > 0);
        if (change === 'CHANGED') expect(hunks.length).toBeGreaterThan(0);
      }
    }),
  );

  it(
    'exchanged, NEW is GONE and all else stays what it is',
    laws((diff, back) => {
      const swap = { NEW: 'GONE', GONE: 'NEW' } as Record<string, string>;
      const tell = (side: 'from' | 'to') => (change: SectionChange) =>
        [
          side === 'from' ? change.change : (swap[change.change] ?? change.change),
          (side === 'from' ? change.from : change.to)?.id,
          (side === 'from' ? change.to : change.from)?.id,
          change.changed,
          change.below,
        ].join(' ');
      expect(back.sections.map(tell('to')).sort()).toEqual(diff.sections.map(tell('from')).sort());
    }),
  );

  it(
    'unchanged with nothing below: the whole text is the same',
    laws((diff) => {
      for (const { change, from, to, below } of diff.sections) {
        if ((change !== 'SAME' && change !== 'MOVED') || below > 0) continue;
        expect(fingerprintOf(diff.from, from!)).toBe(fingerprintOf(diff.to, to!));
      }
    }),
  );

  it('a spec and itself: all SAME', () => {
    fc.assert(
      fc.property(heap, (text) => {
        const spec = specOf(text);
        const { counts } = diffSpecs(spec, specOf(text));
        expect(counts.SAME).toBe(spec.sections.length);
      }),
    );
  });
});
