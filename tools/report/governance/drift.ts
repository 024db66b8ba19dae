import { type Affected, diffOf, type Fate, type SpecDrift, type SpecLibrary } from '../../gate/index.ts';
import { changeOf, type SpecIndex } from '../../spec/index.ts';
import type { DriftRow, Place } from '../data/governance.ts';

type RowFate = DriftRow['fate'];

/** Whatever is neither here nor there cannot be proven either way. `SAME` is no drift. */
const FATE_OF: Readonly<Partial<Record<Fate, RowFate>>> = {
  MOVED: 'MOVED',
  CHANGED: 'CHANGED',
  RENUMBERED: 'RENUMBERED',
  GONE: 'GONE',
  UNRESOLVED: 'UNPROVABLE',
  SPEC_FILE_ABSENT: 'UNPROVABLE',
  SPEC_HASH_MISMATCH: 'UNPROVABLE',
  OTHER_SPEC: 'UNPROVABLE',
  NO_SPEC: 'UNPROVABLE',
};

/** What the spec of today did to the pins of open documents: in the order of the documents, then of their lines. */
export function driftRows(
  documents: readonly SpecDrift[],
  spec: SpecIndex,
  library: SpecLibrary,
): DriftRow[] {
  return documents.flatMap((document) => {
    const affected = [...document.affected].sort((a, b) => a.pin.line - b.pin.line);
    return affected.flatMap((each): DriftRow[] => {
      const fate = FATE_OF[each.change];
      if (fate === undefined) return [];
      const { pin } = each;
      return [
        {
          wp_id: document.wpId,
          file: pin.file,
          line: pin.line,
          anchor: pin.anchor.text,
          pinned: pin.spec.version ?? pin.spec.file ?? '',
          fate,
          detail: each.reason + reopened(document),
          to: placeNow(each, spec, library),
        },
      ];
    });
  });
}

function reopened({ signature }: SpecDrift): string {
  return signature?.state === 'REOPENED' ? `; the signature ${signature.text} is re-opened` : '';
}

/** The same lines in the spec of today, else the section that took the place of the first that it rests on. */
function placeNow(
  { pin, window, specLine, clauses }: Affected,
  spec: SpecIndex,
  library: SpecLibrary,
): Place | null {
  const found = library.find(pin.spec);
  const first = clauses?.[0];
  const now =
    found.state === 'FOUND' && first !== undefined ? changeOf(diffOf(found.spec, spec), first).to : undefined;
  const line = window?.start ?? specLine ?? now?.line;
  return line === undefined ? null : { file: now?.file ?? spec.files[0]!.path, line };
}
