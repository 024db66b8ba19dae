import type { GovTree } from '../../artifacts/index.ts';
import { changeOf, type SpecDiff } from '../../spec/index.ts';
import { judgeClause } from './clause.ts';
import {
  type Affected,
  type Fate,
  type SignatureState,
  signatureState,
  type Verdict,
  worst,
} from './fate.ts';
import type { SpecLibrary } from './library.ts';
import { pinnedFile } from './modules.ts';
import { judgeWindow } from './move.ts';
import { type ArtifactKind, type Pin, signatureIn } from './pins.ts';
import { diffOf } from './rests.ts';
import { checkWindow } from './window.ts';

/** What became of every pin, in their order. */
export function affectedBy(diff: SpecDiff, pins: readonly Pin[], library: SpecLibrary): Affected[] {
  return pins.map((pin) => ({ pin, ...judgePin(diff, pin, library) }));
}

function judgePin(diff: SpecDiff, pin: Pin, library: SpecLibrary): Verdict {
  const found = library.find(pin.spec);
  if (found.state !== 'FOUND') return { change: found.state, reason: found.reason };
  const { spec } = found;
  if (spec.digest === diff.from.digest) return judgeIn(diff, pin);
  const same = spec.version === diff.from.version;
  if (!same || spec.digest === diff.to.digest) {
    const reason = same
      ? `it pins ${spec.version} too, the same version, other bytes`
      : `it pins ${spec.version}, and not ${diff.from.version}`;
    return { change: 'OTHER_SPEC', reason };
  }
  // What it pins is at hand: that is what the new version is compared with.
  const own = diffOf(spec, diff.to);
  const { clauses = [], ...verdict } = judgeIn(own, pin);
  return {
    ...verdict,
    reason: `${verdict.reason}; it pins the same version, other bytes`,
    clauses: clauses.flatMap((section) => {
      const { to } = changeOf(own, section);
      return (to && changeOf(diff, to).from) ?? [];
    }),
  };
}

function judgeIn(diff: SpecDiff, pin: Pin): Verdict {
  if (pin.kind !== 'refinement') return judgeClause(diff, pin);
  const { state, detail } = checkWindow(diff.from, pin);
  const doubt = state === 'HOLDS' ? {} : { doubt: `${state}: ${detail}` };
  const lines = pin.window !== undefined && pinnedFile(diff.from, pin.query) !== undefined;
  return { ...(lines ? judgeWindow(diff, pin) : judgeClause(diff, pin)), ...doubt };
}

/** The pins that rest on a section of a diff, which may be part of another. */
export function restingOn(diff: SpecDiff, affected: readonly Affected[]): Affected[] {
  const sections = new Set(diff.sections.map(({ from }) => from));
  return affected.filter(({ clauses }) => clauses?.some((section) => sections.has(section)));
}

/** One document with the worst of its pins. */
export interface AffectedDocument {
  kind: ArtifactKind;
  wpId: string;
  file: string;
  change: Fate;
  pins: Affected[];
  /** The refinement that a packet rests on, where that is what changed. */
  through?: string;
  signature?: AffectedSignature;
}

/** What becomes of a signature, and where it is written. */
export interface AffectedSignature {
  text: string;
  state: SignatureState;
  /** The version of the spec that the audit says it was given for, and the row. */
  audit?: { file: string; line: number; version: string };
}

/** The documents that have pins, and packets whose refinement has: in the order of the tree. */
export function affectedDocuments(tree: GovTree, affected: readonly Affected[]): AffectedDocument[] {
  const byFile = new Map<string, Affected[]>();
  for (const each of affected) {
    const same = byFile.get(each.pin.file);
    if (same) same.push(each);
    else byFile.set(each.pin.file, [each]);
  }
  const refinements = new Map(
    tree.refinements.map(({ stem, path }) => {
      const pins = byFile.get(path) ?? [];
      const state = pins.some(({ doubt }) => doubt !== undefined) ? 'UNPROVEN' : 'KEPT';
      return [stem, { path, change: changeIn(pins), state }] as const;
    }),
  );
  const signatures = new Map(
    [...tree.refinements, ...tree.packets].map((each) => [each.path, signatureIn(each)] as const),
  );
  const documents: AffectedDocument[] = [];
  for (const { kind, stem, path } of [...tree.refinements, ...tree.packets, ...tree.stubs]) {
    const pins = byFile.get(path) ?? [];
    const signedFor = refinements.get(stem);
    const refinement = kind === 'packet' ? signedFor : undefined;
    if (pins.length === 0 && refinement === undefined) continue;
    const own = pins.length === 0 ? undefined : changeIn(pins);
    const change = combine(own, refinement?.change);
    documents.push({
      kind,
      wpId: stem,
      file: path,
      change,
      pins,
      ...(change !== own && refinement !== undefined && { through: refinement.path }),
      ...signed(tree, signatures.get(path), signatureStateOf(signedFor?.change ?? change, signedFor?.state)),
    });
  }
  return documents;
}

/** A packet names its spec, a refinement has its hash: a packet keeps nothing that its refinement cannot prove. */
function combine(own: Fate | undefined, refinement: Fate | undefined): Fate {
  if (refinement === undefined) return own ?? 'NO_SPEC';
  return own !== undefined && signatureState(own) === 'REOPENED' ? worst([own, refinement]) : refinement;
}

/**
 * What was signed is the refinement: its windows decide, and a packet's own anchors only where it has none. What
 * was not true when it was signed is proven by no later version.
 */
function signatureStateOf(change: Fate, proven: SignatureState = 'KEPT'): SignatureState {
  const state = signatureState(change);
  return state === 'KEPT' ? proven : state;
}

function changeIn(pins: readonly Affected[]): Fate {
  return worst(pins.map(({ change }) => change));
}

function signed(
  tree: GovTree,
  text: string | undefined,
  state: SignatureState,
): { signature?: AffectedSignature } {
  if (text === undefined) return {};
  const row = tree.audit?.rows.find(({ signature, invalid }) => signature === text && !invalid);
  return {
    signature: {
      text,
      state,
      ...(row && { audit: { file: row.place.file, line: row.place.line, version: row.specVersion } }),
    },
  };
}
