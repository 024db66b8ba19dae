import type { Refinement } from '../../artifacts/index.ts';
import { diffSpecs, type SpecDiff, type SpecIndex } from '../../spec/index.ts';
import { type Affected, signatureState } from './fate.ts';
import type { Found, SpecLibrary } from './library.ts';
import { pinName } from './modules.ts';
import { judgeWindow } from './move.ts';
import { refinementPins } from './pins.ts';
import { checkSection } from './section.ts';
import { checkWindow } from './window.ts';

/** An anchor that the pinned spec does not bear out. */
export interface Wrong {
  /** Which of the document's anchors, from 0, and the number in its heading. */
  index: number;
  number: number;
  line: number;
  detail: string;
  /** What the spec says there, where a line comes near. */
  expected?: string;
}

/** What a refinement rests on: the spec that it pins, each anchor compared with it, and the drift since. */
export interface Rests {
  found: Found;
  /** Anchors that the pinned spec does not bear out, with the number of the anchor from 1. */
  wrong: Wrong[];
  /** Clauses that have changed in the spec in force: each re-opens the signature. */
  reopened: Affected[];
  /** Lines that are quoted, of all in the windows. */
  quoted: number;
  of: number;
}

/** Validates a refinement against the spec that it pinned, and tells apart what became of that since. */
export function restsOn(refinement: Refinement, inForce: SpecIndex | undefined, library: SpecLibrary): Rests {
  const pins = refinementPins(refinement);
  const spec = pins[0]?.spec ?? {
    ...(refinement.pin.file && { file: pinName(refinement.pin.file.text) }),
    ...(refinement.pin.sha1 && { sha1: refinement.pin.sha1.text }),
  };
  const found = library.find(spec);
  const rests: Rests = { found, wrong: [], reopened: [], quoted: 0, of: 0 };
  if (found.state !== 'FOUND') return rests;
  const diff = inForce && inForce.digest !== found.spec.digest ? diffOf(found.spec, inForce) : undefined;
  for (const [index, pin] of pins.entries()) {
    const number = refinement.anchors[index]?.number ?? index + 1;
    const check = checkWindow(found.spec, pin);
    rests.quoted += check.quoted ?? 0;
    rests.of += check.of ?? 0;
    const stray = check.state === 'HOLDS' ? checkSection(found.spec, pin) : undefined;
    if (check.state !== 'HOLDS') {
      const { state, line, detail, expected } = check;
      const near = expected === undefined ? {} : { expected };
      rests.wrong.push({ index, number, line, detail: `${state}: ${detail}`, ...near });
    } else if (stray !== undefined) rests.wrong.push({ index, number, line: pin.line, detail: stray });
    else if (diff !== undefined) {
      const verdict = judgeWindow(diff, pin);
      if (signatureState(verdict.change) !== 'KEPT') rests.reopened.push({ pin, ...verdict });
    }
  }
  return rests;
}

const diffs = new WeakMap<SpecIndex, WeakMap<SpecIndex, SpecDiff>>();

/** One comparison for all who pin the same version. */
export function diffOf(from: SpecIndex, to: SpecIndex): SpecDiff {
  const known = diffs.get(from) ?? new WeakMap<SpecIndex, SpecDiff>();
  diffs.set(from, known);
  const diff = known.get(to) ?? diffSpecs(from, to);
  known.set(to, diff);
  return diff;
}
