import type { Evidence, EvidenceKind } from '../model.ts';
import type { ChangedPart } from '../subject.ts';

/** A part of a document that is no longer what it was, where it stands now. */
export function changeEvidence({ name, change, file, line }: ChangedPart, since: string): Evidence {
  const [document = '', ...rest] = name.split(':');
  const part = rest.join(':');
  const what = document === 'clause' ? `the clause ${part}` : `${part} of the ${document}`;
  const kind: EvidenceKind =
    document === 'clause'
      ? 'spec'
      : document === 'packet'
        ? 'packet'
        : document === 'stub'
          ? 'stub'
          : 'refinement';
  return {
    kind,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    detail: `${what} was ${change} ${since}`,
  };
}
