import type { Sited } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type AnchorStatus, resolveAnchor, type SpecIndex } from '../../spec/index.ts';
import { unmet } from './plan.ts';

/** A human may settle these; every other anchor leads to nothing that a packet can rest on. */
const ACCEPTABLE = new Set<AnchorStatus>([
  'UNIQUE',
  'IN_TEMPLATE_FENCE',
  'HIDDEN_BY_BROKEN_FENCE',
  'MISPLACED',
  'ADDENDUM_PARAGRAPH',
]);

/** Shown to be no Main Body. Of a form that the reader does not know nothing is shown. */
const DISPROVED = new Set<AnchorStatus>(['UNRESOLVED', 'APPENDIX', 'ROADMAP', 'NOT_MAIN_BODY']);

/**
 * The anchor of a stub (governance-grammar 5.1 #4: a line of the roadmap was taken), and of a refinement, in which
 * somebody may have put another one. A refinement that was taken on has forms that no stub has: only what is
 * disproved counts against it.
 */
export function againstMainBody(
  step: 'refine' | 'approve' | 'sign',
  spec: SpecIndex,
  { text, place }: Sited,
): Finding[] {
  const { status, reasons } = resolveAnchor(spec, text);
  if (step === 'refine' ? ACCEPTABLE.has(status) : !DISPROVED.has(status)) return [];
  const code = status === 'ROADMAP' ? 'ANCHOR_ROADMAP_ONLY' : `ANCHOR_${status}`;
  const message = `Unexpected anchor ${status} (${reasons.join('; ')}), expected a section of the main body of ${spec.version}`;
  return [unmet(step, code, place, message)];
}
