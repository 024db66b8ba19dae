import type { Finding, Place } from '../../findings/index.ts';

/** What speaks against a stub; the code is for programs, the sentence for people. */
export function refused(place: Place, code: string, message: string): Finding {
  return { rule: 'wp/refused', severity: 'error', place, message, args: { step: 'stub', code } };
}
