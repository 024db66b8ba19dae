import type { FlightRecorderEvent, ModelSessionState } from '../../generated/index.ts';

/** Where a log shows something: a line of a file, or a number from 1, and the event that stands there. */
export interface Place {
  at: number;
  event_id: string;
}

/** A rule of time or shape that a log breaks, at the event that shows it. */
export interface Violation extends Place {
  rule: string;
  message: string;
}

export type JobSeen = 'queued' | 'dispatched' | 'cancelled';

/** What only matters while a session lives; it is dropped at its end, so that a log of any length fits into memory. */
export interface Work {
  role: string;
  wp_id: string | null;
  cloud: boolean;
  trace: string;
  /** The session span that its events name. */
  span: string | undefined;
  jobs: Map<string, JobSeen>;
  /** Jobs that were queued, and neither dispatched nor cancelled. */
  waiting: number;
  /** The job that was dispatched last. */
  running: string | null;
  /** By its state a job lives that has run before: it waits for a turn, a retry or an approval, or was cut off. */
  again: boolean;
  toolCalls: number;
  toolResults: number;
  /** Children that have not ended. */
  children: Set<string>;
}

/** What the log has told about a session so far. */
export interface KnownSession {
  id: string;
  state: ModelSessionState;
  parent: string | null;
  depth: number;
  /** In the order of their spawning. */
  children: string[];
  work: Work | null;
  messages: number;
  /** Announcements and notices so far: their ids and keys count them (D-29, D-30). */
  announced: number;
  notices: number;
  /** It is known to announce: it has done so before, or its requester waits for it and for nobody else. */
  announces: boolean;
  /** It was cancelled inside the cascade of its requester, and has nobody to tell (D-28). */
  silent: boolean;
  /** Its end was announced. */
  told: boolean;
  /** FR-EVT-SESS-003 has come. */
  completed: boolean;
  /** Some cascade has named it. */
  listed: boolean;
  /** A cascade has found nobody alive from here down; nothing can live below it again. */
  swept: boolean;
}

/** The sessions of a log by their ids. */
export interface KnownSessions {
  has(id: string): boolean;
  get(id: string): KnownSession | undefined;
  set(id: string, session: KnownSession): void;
}

/** What the rules share. */
export interface LogState {
  sessions: KnownSessions;
  /** The log is a piece: what is missing at its ends is no fault. */
  partial: boolean;
  /** The session, if the log has told of its creation; else that is reported, once. */
  about(id: string): KnownSession | undefined;
  /** Something is wrong with its creation already: nothing more is said of it. */
  silence(id: string): void;
  /** Reports at the entry that is being read, or at another place. */
  report(rule: string, message: string, place?: Place): void;
  here(): Place;
}

/** A group of rules: hears each event in order, and the end of the log. */
export interface Rules {
  /** What the state says here is what it was before the event. */
  before?(event: FlightRecorderEvent): void;
  /** The event has been taken into the state. */
  after?(event: FlightRecorderEvent): void;
  /** Debts that were never paid; not asked of a piece of a log. */
  end?(): void;
}

export interface VerifyOptions {
  /** Whether an artifact exists; without it that is not checked. */
  hasArtifact?: (artifact_id: string) => boolean;
  /**
   * The entries are a piece of a log: all events of some sessions, from any point to any point. Then nothing is said
   * of sessions whose creation is not in it, nor of what may come after its end.
   */
  partial?: boolean;
  /** Events that have to occur: ids, or patterns such as `FR-EVT-SESS-*`. Throws where one covers no id at all. */
  require?: readonly string[];
  /** Every entry is an event that {@link checkEvent} has returned: its shape is not checked again. */
  accepted?: boolean;
}

const terminal: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
export const isTerminal = (state: string): boolean => terminal.has(state);
