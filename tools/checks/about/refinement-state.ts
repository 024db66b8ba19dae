import { isPlaceholder, type Refinement } from '../../artifacts/index.ts';
import type { Severity } from '../../findings/index.ts';

/** Somebody has put a signature into it. */
export function isSigned({ signature }: Refinement): boolean {
  return signature !== undefined && !isPlaceholder(signature.value);
}

/**
 * What a gap in a refinement weighs. In a draft it is open and has to be seen; in one that was approved or signed
 * somebody has agreed to a text that is not there.
 */
export function gapSeverity(refinement: Refinement): Severity {
  return isSigned(refinement) || refinement.reviewStatus?.value === 'APPROVED' ? 'error' : 'warning';
}
