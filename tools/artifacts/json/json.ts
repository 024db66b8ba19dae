import type { Finding, Place } from '../../findings/index.ts';

/** `artifact/malformed`: what stands at the place is not what the reader of the file expects. */
export function malformed(place: Place, message: string, about: Record<string, unknown> = {}): Finding {
  return {
    rule: 'artifact/malformed',
    severity: 'error',
    place,
    message,
    args: { path: place.file, ...about },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
