import type { GovTree } from '../../artifacts/index.ts';
import type { SpecDiff } from '../../spec/index.ts';
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
import { judgeWindow } from './move.ts';
import { type ArtifactKind, type Pin, signatureIn } from './pins.ts';

/** What became of every pin, in their order. */
export function affectedBy(diff: SpecDiff, pins: readonly Pin[], library: SpecLibrary): Affected[] {
  return pins.map((pin) => ({ pin, ...judgePin(diff, pin, library) }));
}

function judgePin(diff: SpecDiff, pin: Pin, library: SpecLibrary): Verdict {
  const found = library.find(pin.spec);
  if (found.state !== 'FOUND') return { change: found.state, reason: found.reason };
  if (found.spec.digest !== diff.from.digest) {
    return { change: 'OTHER_SPEC', reason: `it pins ${found.spec.version}, and not ${diff.from.version}` };
  }
  return pin.window === undefined ? judgeClause(diff, pin) : judgeWindow(diff, pin);
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
    tree.refinements.map(({ stem, path }) => [stem, { path, change: changeIn(byFile.get(path)) }] as const),
  );
  const signatures = new Map(
    [...tree.refinements, ...tree.packets].map((each) => [each.path, signatureIn(each)] as const),
  );
  const documents: AffectedDocument[] = [];
  for (const { kind, stem, path } of [...tree.refinements, ...tree.packets, ...tree.stubs]) {
    const pins = byFile.get(path) ?? [];
    const refinement = kind === 'packet' ? refinements.get(stem) : undefined;
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
      ...signed(tree, signatures.get(path), signatureStateOf(change, refinement?.change)),
    });
  }
  return documents;
}

/** A packet names its spec, a refinement has its hash: a packet keeps nothing that its refinement cannot prove. */
function combine(own: Fate | undefined, refinement: Fate | undefined): Fate {
  if (refinement === undefined) return own ?? 'NO_SPEC';
  return own !== undefined && signatureState(own) === 'REOPENED' ? worst([own, refinement]) : refinement;
}

/** What was signed is the refinement: its windows decide, and a packet's own anchors only where it has none. */
function signatureStateOf(change: Fate, refinement: Fate | undefined): SignatureState {
  return signatureState(refinement ?? change);
}

function changeIn(pins: readonly Affected[] | undefined): Fate {
  return worst((pins ?? []).map(({ change }) => change));
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
