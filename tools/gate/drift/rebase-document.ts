import type { Packet, Refinement, Stub } from '../../artifacts/index.ts';
import { compareVersions, type SpecDiff, type SpecIndex } from '../../spec/index.ts';
import { judgeClause } from './clause.ts';
import { type LineEdit, replacing } from './edit.ts';
import { type Affected, type SignatureState, signatureState, type Verdict, worst } from './fate.ts';
import type { SpecLibrary } from './library.ts';
import { isManifest } from './modules.ts';
import { judgeWindow } from './move.ts';
import { type ArtifactKind, type Pin, packetPins, refinementPins, signatureIn, stubPins } from './pins.ts';
import { refinementEdits } from './rebase-edits.ts';
import { checkWindow } from './window.ts';

/**
 * `REBASED`: rewritten; of a stub those lines that can be. `LEFT`: a person has to look. `CURRENT`: it pins this
 * version or none. `NEWER`: it pins a newer one, and is not taken back. `CLOSED`: the work is done or dropped, and its documents are history.
 */
export type RebaseState = 'REBASED' | 'LEFT' | 'CURRENT' | 'NEWER' | 'CLOSED';

/** What the rebase does to one document, and what it leaves to a person. */
export interface RebaseDocument {
  kind: ArtifactKind;
  wpId: string;
  file: string;
  state: RebaseState;
  /** Why it is CLOSED or NEWER. */
  reason?: string;
  /** The version that it pins. */
  from?: string;
  /** Anchors that are rewritten. */
  moved: Affected[];
  /** Anchors that a person has to look at. */
  left: Affected[];
  signature?: { text: string; state: SignatureState };
}

/** What documents are rebased onto, and by which comparisons. */
export interface RebaseTarget {
  to: SpecIndex;
  /** Base name of its file. */
  file: string;
  sha1: string;
  library: SpecLibrary;
  diffFrom(spec: SpecIndex): SpecDiff;
}

export interface Rebased {
  document: RebaseDocument;
  edits: LineEdit[];
}

/** A refinement pins one spec: either each of its anchors is still there, or none of its lines is touched. */
export function rebaseRefinement(refinement: Refinement, target: RebaseTarget): Rebased {
  const pins = refinementPins(refinement);
  const judged = pins.flatMap((pin) => judge(pin, target, judgeQuoted) ?? []);
  const document = documentOf('refinement', refinement.stem, refinement.path, pins, target);
  if (judged.length === 0) return { document, edits: [] };
  const text = signatureIn(refinement);
  const left = judged.filter(({ change }) => change !== 'SAME' && change !== 'MOVED');
  const signed = (state: SignatureState) => (text === undefined ? {} : { signature: { text, state } });
  if (left.length > 0) {
    const state = signatureState(worst(left.map(({ change }) => change)));
    return { document: { ...document, state: 'LEFT', left, ...signed(state) }, edits: [] };
  }
  return {
    document: { ...document, state: 'REBASED', moved: judged, ...signed('KEPT') },
    edits: refinementEdits(refinement, judged, target),
  };
}

/** The lines of a stub name their spec one by one: those whose clause is still there get the new file name. */
export function rebaseStub(stub: Stub, target: RebaseTarget): Rebased {
  const pins = stubPins(stub).filter(({ spec }) => spec.file !== undefined);
  const judged = pins.flatMap((pin) => judge(pin, target, judgeClause) ?? []);
  const moved = judged.filter(({ change }) => change === 'SAME' || change === 'MOVED');
  const left = judged.filter((each) => !moved.includes(each));
  const document = documentOf('stub', stub.stem, stub.path, pins, target);
  const state = left.length > 0 ? 'LEFT' : moved.length > 0 ? 'REBASED' : document.state;
  // Why it would be NEWER says nothing of what is rewritten or left.
  const { reason: _, ...plain } = document;
  return {
    document: { ...(state === 'NEWER' ? document : plain), state, moved, left },
    edits: moved.flatMap(({ pin: { anchor, spec } }) =>
      replacing(stub.file, anchor.place, spec.file!, target.file),
    ),
  };
}

/** A packet names its spec, and is not rewritten once it is signed: what became of its anchors is only told. */
export function packetDrift(packet: Packet, target: RebaseTarget): Affected[] {
  const pins = packetPins(packet).filter(({ spec }) => spec.file !== undefined);
  return pins.flatMap((pin) => judge(pin, target, judgeClause) ?? []);
}

/** The verdict on a pin of an older version; undefined where it pins the target already, or a newer one. */
function judge(
  pin: Pin,
  { to, file, library, diffFrom }: RebaseTarget,
  compare: (diff: SpecDiff, pin: Pin) => Verdict,
): Affected | undefined {
  const { version } = pin.spec;
  if (isNewer(version, to)) return undefined;
  const found = library.find(pin.spec);
  if (found.state !== 'FOUND') return { pin, change: found.state, reason: found.reason };
  if (found.spec.digest === to.digest && pin.spec.file === file) return undefined;
  if (pin.spec.file !== undefined && isManifest(pin.spec.file)) {
    return {
      pin,
      change: 'UNRESOLVED',
      reason: `it pins the modules of ${found.spec.version}: rebase moves pins of one file`,
    };
  }
  return { pin, ...compare(diffFrom(found.spec), pin) };
}

/** What was never true of the old version is not carried over into the new one. */
function judgeQuoted(diff: SpecDiff, pin: Pin): Verdict {
  if (pin.anchor.text === '') return { change: 'UNRESOLVED', reason: 'it has no SPEC_ANCHOR' };
  const named = pin.query.version?.toLowerCase();
  if (named !== undefined && pin.spec.version !== undefined && named !== pin.spec.version) {
    return { change: 'UNRESOLVED', reason: `it names ${named}, and its document pins ${pin.spec.version}` };
  }
  const { state, detail } = checkWindow(diff.from, pin);
  if (state !== 'HOLDS')
    return { change: 'UNRESOLVED', reason: `${state} in ${diff.from.version}: ${detail}` };
  const verdict = judgeWindow(diff, pin);
  if (pin.specLine === undefined || verdict.window === undefined || verdict.specLine !== undefined)
    return verdict;
  return { change: 'UNRESOLVED', reason: `line ${pin.specLine} cannot be found in ${diff.to.version}` };
}

function isNewer(version: string | undefined, { version: target }: SpecIndex): boolean {
  return version !== undefined && compareVersions(version, target) > 0;
}

/** As it is while nothing is judged. */
function documentOf(
  kind: ArtifactKind,
  wpId: string,
  file: string,
  pins: readonly Pin[],
  { to }: RebaseTarget,
): RebaseDocument {
  const newer = pins.find(({ spec }) => isNewer(spec.version, to))?.spec.version;
  const from = pins.find(({ spec }) => spec.version !== undefined)?.spec.version;
  const version = from === undefined ? {} : { from };
  const state: Pick<RebaseDocument, 'state' | 'reason'> =
    newer === undefined
      ? { state: 'CURRENT' }
      : { state: 'NEWER', reason: `it pins ${newer}, which is newer than ${to.version}` };
  return { kind, wpId, file, ...state, ...version, moved: [], left: [] };
}
