import { type AffectedDocument, type ArtifactKind, FATES, type Fate } from '../../gate/index.ts';
import { count, cut, type Output, visible } from '../output.ts';
import type { SpecDiffReport } from '../schemas/spec-diff.ts';
import type { Entry } from './entry.ts';

/** What a spec diff touches in the tree. */
export interface Touched {
  /** The version that was compared from. */
  version: string;
  documents: readonly AffectedDocument[];
  /** Governed documents that could not be read, and were not looked at. */
  unread: readonly string[];
}

/** Not about the versions that are compared: only counted on the screen. */
const APART = ['SPEC_FILE_ABSENT', 'OTHER_SPEC', 'NO_SPEC'] as const;
const isApart = ({ change }: AffectedDocument): boolean => (APART as readonly Fate[]).includes(change);

/** Every pin, and the packets that are touched through their refinement alone. */
export function affectedReport({ documents }: Touched): SpecDiffReport['affected'] {
  return documents.flatMap(({ kind, wpId, file, change, pins, through, signature }) => {
    const basic = { artifact: file, kind, wp_id: wpId, file };
    const signed = signature ? { signature: { text: signature.text, state: signature.state } } : {};
    const rows = pins.map(({ pin, change: own, reason, doubt }) => ({
      ...basic,
      line: pin.line,
      anchor: pin.anchor.text,
      change: own,
      reason,
      ...(doubt !== undefined && { doubt }),
      ...signed,
    }));
    if (through === undefined) return rows;
    return [...rows, { ...basic, line: 1, anchor: '', change, reason: `it rests on ${through}`, ...signed }];
  });
}

/** Each signature once, with all places that carry it; what the refinement says goes before what a packet says. */
export function signaturesReport({ documents }: Touched): SpecDiffReport['signatures'] {
  const bySignature = new Map<string, SpecDiffReport['signatures'][number]>();
  for (const { wpId, file, signature } of documents) {
    if (signature === undefined) continue;
    const { text, state, audit } = signature;
    const known = bySignature.get(text) ?? {
      signature: text,
      wp_id: wpId,
      state,
      files: [],
      ...(audit && { audit }),
    };
    known.files.push(file);
    bySignature.set(text, known);
  }
  return [...bySignature.values()];
}

/** The documents that pin the old version, the worst first; then how many pin something else. */
export function affectedEntries(out: Output, touched: Touched): { title: string; entries: Entry[] } {
  const { version, documents, unread } = touched;
  const own = documents.filter((document) => !isApart(document));
  const sorted = [...own].sort((a, b) => FATES.indexOf(a.change) - FATES.indexOf(b.change));
  const reopened = signaturesReport({ ...touched, documents: own }).filter(
    ({ state }) => state === 'REOPENED',
  );
  const effect = reopened.length > 0 ? `, ${count(reopened.length, 'signature')} re-opened` : '';
  const entries = [
    ...sorted.map((document) => documentEntry(out, document, documents)),
    ...APART.flatMap((fate) => apartEntry(documents, fate, version)),
    ...(unread.length > 0
      ? [{ line: `not looked at, since they cannot be read: ${unread.length} (gov check)` }]
      : []),
  ];
  const pins = own.length === 1 ? 'pins' : 'pin';
  return {
    title: `${out.yellow('AFFECTED')} ${count(own.length, 'document')} ${pins} ${version}${effect}`,
    entries,
  };
}

function documentEntry(out: Output, document: AffectedDocument, all: readonly AffectedDocument[]): Entry {
  const { file, change, pins, through, signature } = document;
  const unproven = signature?.state === 'UNPROVEN';
  // What is doubted says more of a signature that proves nothing than where its clauses went.
  const doubted = unproven ? pins.find(({ doubt }) => doubt !== undefined) : undefined;
  const worst = doubted ?? pins.find((pin) => pin.change === change);
  const line = worst?.pin.line ?? 1;
  const same = pins.filter((pin) => pin.change === change).length;
  const words = { KEPT: 'signature kept', REOPENED: 'signature re-opened', UNPROVEN: 'signature unproven' };
  const effect = signature === undefined ? '' : `  ${words[signature.state]}`;
  const many = same > 1 ? `${same} ` : '';
  const why =
    doubted?.doubt ??
    (unproven ? elsewhere(document, all) : undefined) ??
    worst?.reason ??
    (through === undefined ? '' : `it rests on ${through}`);
  return {
    line: `${visible(file)}:${line}  ${many}${change}${effect}`,
    ...(why !== '' && { detail: cut(visible(why), out.limit - 6) }),
  };
}

/** The doubt that a packet has from its refinement, and where. */
function elsewhere({ wpId, file }: AffectedDocument, all: readonly AffectedDocument[]): string | undefined {
  const pins = all.flatMap((other) => (other.wpId === wpId && other.file !== file ? other.pins : []));
  const found = pins.find(({ doubt, pin }) => pin.kind === 'refinement' && doubt !== undefined);
  return found && `${found.pin.file}:${found.pin.line} ${found.doubt}`;
}

const WORDS: Record<(typeof APART)[number], (version: string, one: boolean) => string> = {
  SPEC_FILE_ABSENT: (_, one) => (one ? 'pins a spec that is not at hand' : 'pin specs that are not at hand'),
  OTHER_SPEC: (version, one) => `${one ? 'pins' : 'pin'} another version than ${version}`,
  NO_SPEC: (_, one) => (one ? 'names no spec' : 'name no spec'),
};

function apartEntry(
  documents: readonly AffectedDocument[],
  fate: (typeof APART)[number],
  version: string,
): Entry[] {
  const all = documents.filter(({ change }) => change === fate);
  if (all.length === 0) return [];
  const kinds: readonly ArtifactKind[] = ['refinement', 'packet', 'stub'];
  const parts = kinds.flatMap((kind) => {
    const n = all.filter((document) => document.kind === kind).length;
    return n > 0 ? [count(n, kind)] : [];
  });
  return [{ line: `${parts.join(', ')} ${WORDS[fate](version, all.length === 1)}: ${fate}` }];
}
