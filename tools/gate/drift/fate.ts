import type { SectionChange, SpecSection } from '../../spec/index.ts';
import type { Pin } from './pins.ts';

/** What became of a pin in another version of the spec, the worst first. */
export const FATES = [
  'SPEC_HASH_MISMATCH',
  'GONE',
  'CHANGED',
  'RENUMBERED',
  'UNRESOLVED',
  'SPEC_FILE_ABSENT',
  'OTHER_SPEC',
  'NO_SPEC',
  'MOVED',
  'SAME',
] as const;

/**
 * `UNRESOLVED`: the anchor leads to no one clause, in its own version or in the other. `OTHER_SPEC`: it pins a
 * version that is not compared here. `NO_SPEC`: it names none. The other words are those of the diff.
 */
export type Fate = (typeof FATES)[number];

/** One pin, and what became of it. */
export interface Affected {
  pin: Pin;
  change: Fate;
  /** One sentence: where, and what. */
  reason: string;
  /** The same lines in the new version, where every one of them is still there. */
  window?: { start: number; end: number };
  /** For `FILE:LINE`: the same line in the new version. */
  specLine?: number;
  /** Why the pin was not true of its own version: whatever it rests on proves nothing. */
  doubt?: string;
  /** The sections of the old version that it rests on. */
  clauses?: readonly SpecSection[];
}

/** What a verdict says: everything but the pin. */
export type Verdict = Omit<Affected, 'pin'>;

/** What the drift does to a signature that rests on a pin. */
export type SignatureState = 'KEPT' | 'REOPENED' | 'UNPROVEN';

const REOPENS: ReadonlySet<Fate> = new Set(['SPEC_HASH_MISMATCH', 'GONE', 'CHANGED', 'RENUMBERED']);

/** A signature is bound to the meaning of the clauses, and neither to their lines nor to the version of the spec. */
export function signatureState(change: Fate): SignatureState {
  if (REOPENS.has(change)) return 'REOPENED';
  return change === 'SAME' || change === 'MOVED' ? 'KEPT' : 'UNPROVEN';
}

export function worst(changes: readonly Fate[]): Fate {
  return FATES.find((fate) => changes.includes(fate)) ?? 'SAME';
}

export function nameOf({ number, title }: SpecSection): string {
  return (
    [number, title].filter((part) => part !== undefined && part !== '').join(' ') ||
    'a section without a name'
  );
}

/** The verdict of one section, as far as the diff of its own text goes; undefined while nothing was lost. */
export function lossOf(change: SectionChange, to: string): Verdict | undefined {
  const name = nameOf(change.from!);
  const note = change.note === undefined ? '' : `; ${change.note}`;
  if (change.to === undefined) return { change: 'GONE', reason: `${name} is gone from ${to}${note}` };
  const { line } = change.to;
  if (change.change === 'RENUMBERED') {
    const and = change.changed ? ', and its text changed' : '';
    return {
      change: 'RENUMBERED',
      reason: `${name} is now ${nameOf(change.to)} (line ${line})${and}${note}`,
    };
  }
  if (change.changed) {
    const hunks = change.hunks.filter(({ normative }) => normative).length;
    const what = hunks > 0 ? ', rules or schema lines among it' : '';
    return { change: 'CHANGED', reason: `the text of ${name} changed (line ${line})${what}${note}` };
  }
  return undefined;
}
