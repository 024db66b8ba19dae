import type { ModelSessionState } from '../../generated/index.ts';

/** A rule of time or shape that a log breaks, at the event that shows it. */
export interface Violation {
  rule: string;
  /** Place in the log, from 1. */
  at: number;
  event_id: string;
  message: string;
}

/** What the log has told about a session so far. */
export interface KnownSession {
  state: ModelSessionState;
  parent: string | null;
  depth: number;
  children: string[];
  completed: boolean;
}

/** The sessions of the log, by id. What is changed in an answer stays changed. */
export interface KnownSessions {
  has(id: string): boolean;
  get(id: string): KnownSession | undefined;
  set(id: string, session: KnownSession): void;
}

export interface LogState {
  sessions: KnownSessions;
  report(rule: string, message: string): void;
}

export interface VerifyOptions {
  /** Whether an artifact exists; without it that is not checked. */
  hasArtifact?: (artifact_id: string) => boolean;
  /** Ids of events that must occur. */
  require?: readonly string[];
}

const terminal: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
export const isTerminal = (state: string): boolean => terminal.has(state);
