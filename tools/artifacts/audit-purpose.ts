/** What a signature was given for (governance-grammar 1.8). */
export type PurposeKind =
  | 'packet_creation'
  | 'packet_activation'
  | 'spec_enrichment'
  | 'spec_update'
  | 'override'
  | 'scope_expansion'
  | 'waiver'
  | 'strategic_pause'
  | 'delegation'
  | 'invalid'
  | 'other';

const KINDS: readonly (readonly [PurposeKind, RegExp])[] = [
  ['invalid', /^\(INVALID\b/i],
  ['packet_creation', /^Task packet creation\s*:/i],
  ['packet_activation', /^Task packet activation\s*:/i],
  ['spec_enrichment', /^Spec Enrichment\b/i],
  ['spec_update', /^Spec update\s*:/i],
  ['override', /^Override\s*:/i],
  ['scope_expansion', /^Scope expansion approval\b/i],
  ['waiver', /^Waiver approval\b/i],
  ['strategic_pause', /^Strategic Pause\b/i],
  ['delegation', /^Delegation of\b/i],
];

export function purposeKind(purpose: string): PurposeKind {
  return KINDS.find(([, form]) => form.test(purpose))?.[0] ?? 'other';
}

const MINUTE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)$/;

/** `2026-02-24 03:46` as RFC 3339 without an offset, if a calendar knows it: the time as the user's clock showed it. */
export function minuteOf(text: string): string | undefined {
  const match = MINUTE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const same = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60;
  return same && time.getUTCFullYear() === year ? time.toISOString().slice(0, 19) : undefined;
}
