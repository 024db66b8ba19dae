import type { FlightRecorderEvent } from '../generated/index.ts';
import type { Change } from './tables.ts';

/** Where new ids come from. Everything else is derived (see identity.ts). */
export interface Ids {
  /** A UUID of version 7 for the given time, in milliseconds. */
  uuid7(now: number): string;
}

/** Content that the decision refers to; it is durable before the decision is. */
export interface NewArtifact {
  artifact_id: string;
  text: string;
}

/** What the engine has to do once the decision is durable. */
export type Effect = { kind: 'abort'; job_id: string; session_id: string; reason: string };

export interface Decision<Result> {
  rejected: false;
  changes: Change[];
  events: FlightRecorderEvent[];
  artifacts: NewArtifact[];
  effects: Effect[];
  result: Result;
}

export const rejectionCodes = [
  'invalid_request',
  'session_not_found',
  'session_exists',
  'session_terminal',
  'capability_widening',
  'children_cap_reached',
  'illegal_transition',
  'not_paused',
  'provenance_missing',
  'approval_required',
  'not_admitted',
  'unbound_session',
  'consent_invalid',
  'receipt_not_found',
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** The command was refused; nothing changes and nothing is recorded. */
export interface Rejection {
  rejected: true;
  code: RejectionCode;
  message: string;
}

/** Thrown inside the kernel only; `decide` turns it into a {@link Rejection}. */
export class Refused extends Error {
  readonly code: RejectionCode;
  constructor(code: RejectionCode, message: string) {
    super(message);
    this.code = code;
  }
}
