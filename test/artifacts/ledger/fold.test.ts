import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, foldLedger, type LedgerEntry, lastOf } from '../../../tools/artifacts/index.ts';
import { DIGEST, entryOf, following, SAID } from './entries.ts';

const kindsOf = (entries: readonly LedgerEntry[]): string[] =>
  foldLedger(entries).entries.map(({ kind }) => kind);
const hashesOf = (entries: readonly { hash: string }[]): string[] => entries.map(({ hash }) => hash);
const undo = (parents: LedgerEntry[], { hash }: LedgerEntry): LedgerEntry =>
  following(parents, 'undo', { undoes: hash });
const settle = (parents: LedgerEntry[], { hash }: LedgerEntry): LedgerEntry =>
  following(parents, 'settle', { keep: hash });

const stub = following([], 'stub', SAID.stub);
const refine = following([stub], 'refine');
const approve = following([refine], 'approve');

describe('a line of entries', () => {
  it('is in its order, with the last one as its head', () => {
    const fold = foldLedger([approve, stub, refine]);
    expect(hashesOf(fold.entries)).toEqual(hashesOf([stub, refine, approve]));
    expect([hashesOf(fold.heads), fold.nextSeq]).toEqual([[approve.hash], 4]);
  });

  it('goes by parents before it goes by time: a clock may be wrong', () => {
    const early = following([approve], 'sign', SAID.sign, { time: '2020-01-01T00:00:00Z' });
    expect(kindsOf([early, approve, refine, stub])).toEqual(['stub', 'refine', 'approve', 'sign']);
  });

  it('of none is empty', () => {
    expect(foldLedger([])).toEqual({ entries: [], heads: [], nextSeq: 1 });
  });

  it('with a hole keeps both ends', () => {
    expect(kindsOf([stub, approve])).toEqual(['stub', 'approve']);
    expect(hashesOf(foldLedger([stub, approve]).heads)).toEqual(hashesOf([stub, approve]));
  });

  it('counts a copy under another number once, and never gives its number again', () => {
    const copy = { ...refine, seq: 9, path: '.GOV/ledger/WP-1-A-v1/0009-refine-copy.json' };
    const fold = foldLedger([copy, stub, refine]);
    expect([fold.entries.map(({ path }) => path), fold.nextSeq]).toEqual([[stub.path, refine.path], 10]);
  });

  it('leaves out what is incomplete or of an unknown kind, though it is followed', () => {
    const incomplete = { ...following([refine], 'approve'), complete: false };
    const unknown = {
      ...following([incomplete], 'approve', { ...SAID.approve, digest: '1'.repeat(64) }),
      kind: 'bless',
    };
    const fold = foldLedger([stub, refine, incomplete, unknown]);
    expect(hashesOf(fold.entries)).toEqual(hashesOf([stub, refine]));
    expect(hashesOf(fold.heads)).toEqual([unknown.hash]);
  });
});

describe('entries that do not follow each other', () => {
  const at = (time: string, actor: string): LedgerEntry =>
    following([stub], 'attest', SAID.attest, { time, actor });

  it('go by their instants, whatever zones they are written in', () => {
    const first = at('2026-02-24T06:00:00+02:30', 'a');
    const second = at('2026-02-24T04:00:00Z', 'b');
    const third = at('2026-02-24T01:00:00-04:00', 'c');
    expect(
      foldLedger([third, second, stub, first])
        .entries.slice(1)
        .map(({ actor }) => actor),
    ).toEqual(['a', 'b', 'c']);
  });

  it('go by their hashes where the time is one', () => {
    const both = ['a', 'b', 'c', 'd'].map((actor) => at('2026-02-24T04:00:00Z', actor));
    expect(hashesOf(foldLedger([stub, ...both]).entries.slice(1))).toEqual(hashesOf(both).sort());
  });

  it('are competing heads', () => {
    const [one, other] = [following([stub], 'refine'), following([stub], 'attest')];
    const fold = foldLedger([one, stub, other]);
    expect(new Set(hashesOf(fold.heads))).toEqual(new Set(hashesOf([one, other])));
    expect(fold.nextSeq).toBe(3);
  });
});

describe('lastOf and allOf', () => {
  it('give what counts, in order', () => {
    const second = following([approve], 'refine', { ...SAID.refine, parts: {} });
    const fold = foldLedger([stub, refine, approve, second]);
    expect([lastOf(fold, 'refine')?.hash, lastOf(fold, 'sign')]).toEqual([second.hash, undefined]);
    expect(hashesOf(allOf(fold, 'refine', 'stub'))).toEqual(hashesOf([stub, refine, second]));
  });
});

describe('undo', () => {
  it('takes an entry back, and stays', () => {
    expect(kindsOf([stub, refine, approve, undo([approve], approve)])).toEqual(['stub', 'refine', 'undo']);
  });

  it('counts where the entries between were taken away: a hole brings nothing back', () => {
    const last = undo([approve], refine);
    expect(kindsOf([stub, refine, last])).toEqual(['stub', 'undo']);
  });

  it('of an undo changes nothing: an Orchestrator brings back no signature that the Operator took away', () => {
    const first = undo([approve], approve);
    const second = following([first], 'undo', { undoes: first.hash }, { role: 'Orchestrator' });
    expect(kindsOf([stub, refine, approve, first, second])).toEqual(['stub', 'refine', 'undo', 'undo']);
  });

  it('of nothing that is there changes nothing', () => {
    expect(kindsOf([stub, refine, following([refine], 'undo', { undoes: DIGEST })])).toEqual([
      'stub',
      'refine',
      'undo',
    ]);
  });

  it('that is incomplete takes nothing back', () => {
    const forged = { ...undo([approve], approve), complete: false };
    expect(kindsOf([stub, refine, approve, forged])).toEqual(['stub', 'refine', 'approve']);
  });
});

describe('settle', () => {
  const word = (parents: LedgerEntry[], actor: string): LedgerEntry =>
    following(parents, 'attest', SAID.attest, { actor });
  const left = [following([stub], 'refine', SAID.refine, { actor: 'left' })];
  left.push(word(left, 'left'));
  const right = [following([stub], 'refine', SAID.refine, { actor: 'right' })];
  right.push(following(right, 'waive', SAID.waive, { actor: 'right' }));
  const heads = [left[1]!, right[1]!];
  const both = [stub, ...left, ...right];
  const shown = (entries: readonly LedgerEntry[]): string[] =>
    foldLedger(entries)
      .entries.map(({ kind, actor }) => `${kind} ${actor}`)
      .sort();

  it('without it both sides count', () => {
    expect(shown(both)).toEqual(['attest left', 'refine left', 'refine right', 'stub ilja', 'waive right']);
  });

  it('keeps the steps of one side, and what all sides add', () => {
    expect(shown([...both, settle(heads, heads[0]!)])).toEqual([
      'attest left',
      'refine left',
      'settle ilja',
      'stub ilja',
      'waive right',
    ]);
    expect(shown([...both, settle(heads, heads[1]!)])).toEqual([
      'attest left',
      'refine right',
      'settle ilja',
      'stub ilja',
      'waive right',
    ]);
  });

  it('may keep what none of them contradicts, or nothing that is known', () => {
    const added = ['attest left', 'settle ilja', 'stub ilja', 'waive right'];
    expect(shown([...both, settle(heads, stub)])).toEqual(added);
    const unknown = following(heads, 'settle', { keep: DIGEST });
    expect(shown([...both, unknown])).toEqual(['attest left', 'settle ilja', 'waive right']);
  });

  it('leaves one head, and says nothing of what comes after', () => {
    const decided = settle(heads, heads[0]!);
    const next = following([decided], 'approve');
    const fold = foldLedger([...both, decided, next]);
    expect(hashesOf(fold.heads)).toEqual([next.hash]);
    expect(lastOf(fold, 'approve')?.hash).toBe(next.hash);
  });

  it('keeps an undo of the other side where it takes back a word; one of a step belongs to its own line', () => {
    const [one, other] = [following([refine], 'approve'), undo([refine], refine)];
    const fold = foldLedger([stub, refine, one, other, settle([one, other], one)]);
    expect(fold.entries.map(({ kind }) => kind).sort()).toEqual(['approve', 'refine', 'settle', 'stub']);
    const word = following([refine], 'attest');
    const [on, off] = [following([word], 'approve'), undo([word], word)];
    const words = foldLedger([stub, refine, word, on, off, settle([on, off], on)]);
    expect(words.entries.map(({ kind }) => kind).sort()).toEqual([
      'approve',
      'refine',
      'settle',
      'stub',
      'undo',
    ]);
  });

  it('twice on two branches: the one that is kept decides, the other no longer does', () => {
    const [ours, theirs] = [settle(heads, heads[0]!), settle(heads, heads[1]!)];
    const last = settle([ours, theirs], ours);
    const fold = foldLedger([...both, ours, theirs, last]);
    expect(hashesOf(allOf(fold, 'refine', 'settle'))).toEqual([left[0]!.hash, ours.hash, last.hash]);
  });

  it('once more decides anew', () => {
    const first = settle(heads, heads[0]!);
    const second = settle([first], heads[1]!);
    const fold = foldLedger([...both, first, second]);
    expect(hashesOf(allOf(fold, 'refine', 'settle'))).toEqual([right[0]!.hash, second.hash]);
  });

  it('is not undone: both heads would count', () => {
    const decided = settle(heads, heads[0]!);
    const fold = foldLedger([...both, decided, undo([decided], decided)]);
    expect(allOf(fold, 'refine').map(({ actor }) => actor)).toEqual(['left']);
  });
});

describe('laws', () => {
  /** A history: each entry follows some of those before it, undoes or keeps one of them, or is a step. */
  const history = fc
    .array(
      fc.record({
        kind: fc.constantFrom('refine', 'approve', 'attest', 'undo', 'settle'),
        actor: fc.constantFrom('a', 'b', 'c'),
        minute: fc.integer({ min: 0, max: 3 }),
        parents: fc.array(fc.nat(), { maxLength: 3 }),
        target: fc.nat(),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((made) => {
      const entries: LedgerEntry[] = [];
      for (const { kind, actor, minute, parents, target } of made) {
        const known = (at: number): LedgerEntry | undefined => entries[at % Math.max(entries.length, 1)];
        const named = [...new Set(parents.flatMap((at) => known(at) ?? []))];
        const hash = known(target)?.hash ?? DIGEST;
        const more = { actor, time: `2026-02-24T04:0${minute}:00Z` };
        if (kind === 'undo') entries.push(following(named, kind, { undoes: hash }, more));
        else if (kind === 'settle') entries.push(following(named, kind, { keep: hash }, more));
        else entries.push(following(named, kind as 'refine', SAID[kind as 'refine'], more));
      }
      return [...new Map(entries.map((entry) => [entry.hash, entry])).values()];
    });

  it('the fold is one, in whichever order the entries come', () => {
    fc.assert(
      fc.property(
        history.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(foldLedger(shuffled)).toEqual(foldLedger(entries));
        },
      ),
    );
  });

  it('each entry comes after its parents; no head is followed; nothing is invented', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { entries: counted, heads } = foldLedger(entries);
        const place = new Map(counted.map(({ hash }, at) => [hash, at]));
        for (const { hash, parents } of counted)
          for (const parent of parents) expect(place.get(parent) ?? -1).toBeLessThan(place.get(hash)!);
        const named = new Set(entries.flatMap(({ parents }) => parents));
        expect(new Set(hashesOf(heads))).toEqual(
          new Set(hashesOf(entries).filter((hash) => !named.has(hash))),
        );
        expect(hashesOf(entries)).toEqual(expect.arrayContaining([...place.keys()]));
      }),
    );
  });

  it('an undo at the end takes exactly its step out', () => {
    fc.assert(
      fc.property(history, fc.nat(), (entries, at) => {
        const before = foldLedger(entries);
        const steps = before.entries.filter(({ kind }) => kind !== 'undo' && kind !== 'settle');
        const target = steps[at % Math.max(steps.length, 1)];
        fc.pre(target !== undefined);
        const heads = entries.filter(({ hash }) => before.heads.some((head) => head.hash === hash));
        const last = following(heads, 'undo', { undoes: target!.hash }, { actor: 'last' });
        expect(new Set(hashesOf(foldLedger([...entries, last]).entries))).toEqual(
          new Set([...hashesOf(before.entries).filter((hash) => hash !== target!.hash), last.hash]),
        );
      }),
    );
  });

  it('ten thousand entries in a line, and as many side by side, take no memory of a square', () => {
    const one = entryOf('attest');
    const made = (parents: (at: number) => string[]): LedgerEntry[] =>
      Array.from({ length: 10_000 }, (_, at) => ({
        ...one,
        seq: at + 1,
        hash: String(at).padStart(64, '0'),
        parents: parents(at),
      }));
    const line = made((at) => (at === 0 ? [] : [String(at - 1).padStart(64, '0')]));
    expect(foldLedger(line.toReversed())).toMatchObject({
      entries: { length: 10_000 },
      heads: { length: 1 },
    });
    expect(foldLedger(made(() => []))).toMatchObject({
      entries: { length: 10_000 },
      heads: { length: 10_000 },
    });
  });
});
