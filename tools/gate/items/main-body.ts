import { type AnchorResult, resolveAnchor } from '../../spec/index.ts';
import type { Dossier } from '../dossier.ts';
import { DISPROVED } from '../drift/section.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/**
 * Computed from the anchors: proven when each of them is UNIQUE in the spec in force. Whether the text covers
 * the need stays a human's question, which the refinement answers.
 */
export function judgeMainBody({ stub, spec }: Dossier): Judgement {
  if (stub === undefined) {
    return judged('NEEDS_HUMAN', [{ kind: 'note', detail: 'no stub names its anchors' }]);
  }
  if (stub.candidates.length === 0) {
    return absent('no anchor is named', undefined, { file: stub.path, line: stub.metadata?.line ?? 1 });
  }
  if (spec === undefined) return absent('no Master Spec was read', nextStep.check());
  const results = stub.candidates.map(({ text, place }) => ({ place, ...resolveAnchor(spec, text) }));
  const unique = results.filter(({ status }) => status === 'UNIQUE');
  const total = `${results.length} anchor${results.length === 1 ? '' : 's'}`;
  const strays = stub.strayCandidates.map(
    ({ text, place }): Evidence => ({
      kind: 'anchor',
      file: stub.path,
      line: place.line,
      detail: `"${text}" has no dash of its own, and is not counted`,
    }),
  );
  const proven = unique.length === results.length && strays.length === 0;
  const evidence: Evidence[] = [
    {
      kind: 'spec',
      ...placeOf((unique[0] ?? results[0])!),
      detail: proven
        ? `${total}, all UNIQUE in ${spec.version}`
        : `${unique.length} of ${total} UNIQUE in ${spec.version}`,
    },
    ...results.map(
      (result): Evidence => ({
        kind: 'anchor',
        file: stub.path,
        line: result.place.line,
        detail: describe(result),
      }),
    ),
    ...strays,
  ];
  if (proven) return judged('PASS', evidence);
  const wrong = unique.length === 0 && results.every(({ status }) => DISPROVED.has(status));
  return wrong ? judged('FAIL', evidence, nextStep.resolve()) : judged('NEEDS_HUMAN', evidence);
}

function placeOf({ section }: AnchorResult): { file?: string; line?: number } {
  return section === undefined ? {} : { file: section.file, line: section.line };
}

function describe({ query, status, section, reasons }: AnchorResult): string {
  const where = section === undefined ? '' : ` (${section.file}:${section.line})`;
  const why = status === 'UNIQUE' || reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `${query.number ?? query.text} ${status}${where}${why}`;
}
