import type { AnchorFlag, AnchorResult, AnchorStatus, SpecSection } from '../model.ts';

/** What was found for one target of an anchor: everything that is wrong with it, and why. */
export interface Outcome {
  statuses: AnchorStatus[];
  flags: AnchorFlag[];
  section?: SpecSection;
  identifier?: NonNullable<AnchorResult['identifier']>;
  paragraph?: NonNullable<AnchorResult['paragraph']>;
  fingerprint?: string;
  candidates: SpecSection[];
  reasons: string[];
}

export function failed(status: AnchorStatus, ...reasons: string[]): Outcome {
  return { statuses: [status], flags: [], candidates: [], reasons };
}
