import { isPlaceholder, parseSignature } from '../../artifacts/index.ts';
import type { Severity } from '../../findings/index.ts';

export interface SignatureArgs {
  found: string;
  legacy: boolean;
}

export function signatureMessage({ found, legacy }: SignatureArgs): string {
  return legacy
    ? `Unexpected signature "${found}" of the old form DDMMYYHHMMSS, expected {username}{DDMMYYYYHHMM}`
    : `Unexpected signature "${found}", expected {username}{DDMMYYYYHHMM} of a time that the calendar has`;
}

/**
 * What is wrong with the form of a signature. The old form stays readable, since history cannot be signed again;
 * a time that no clock showed is no signature (governance-grammar 5.1 #2).
 */
export function judgeSignatureForm(text: string): { args: SignatureArgs; severity?: Severity } | undefined {
  const found = text.replace(/^`(.*)`$/, '$1');
  if (isPlaceholder(found)) return undefined;
  const signature = parseSignature(found);
  if (signature === undefined) return { args: { found, legacy: false } };
  return signature.legacy ? { args: { found, legacy: true }, severity: 'info' } : undefined;
}
