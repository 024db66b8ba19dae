import type { FlightRecorderEvent, ModelRunJobLane } from '../../generated/index.ts';

/** What to look for; every condition given has to hold. Where several values may stand, one of them has to. */
export interface EventQuery {
  /** Events of this session, and events of others whose payload names it (D-32). */
  model_session_id?: string;
  /** The same for this session and everything below it: of a root, the whole conversation (11.9.1.X.2). */
  tree?: string;
  /** Type strings or FR-EVT ids. */
  type?: string | readonly string[];
  /**
   * The longest prefix before the number (D-49), exactly: `FR-EVT-SESS` has no event of `FR-EVT-SESS-SPAWN`. With a
   * star it takes more: `FR-EVT-SESS-*` is that family and all below it.
   */
  family?: string | readonly string[];
  /** Events of sessions that have this role. */
  role?: string;
  /** Of the session; of an event whose session has no row here, what the envelope says. */
  model_id?: string;
  /** The same. */
  wp_id?: string;
  /** Of the job that a payload tells of, where it says a lane; else of the session. */
  lane?: ModelRunJobLane;
  /** In the envelope or in the payload. Of a job that has a row here, only in events of its session. */
  job_id?: string;
  actor?: FlightRecorderEvent['actor'];
  trace_id?: string;
  /** RFC 3339; from inclusive, to exclusive. Times are not the order: an event may be later than the next. */
  from?: string;
  to?: string;
  /** Only events after this place in the store's order. */
  after_seq?: number;
  /** Only events before this place. */
  before_seq?: number;
  /** The oldest so many. */
  limit?: number;
  /** The newest so many of the moment of asking, oldest first; never beside `limit`. */
  last?: number;
}

/** An event with the place that the store gave it; `seq` orders everything (D-47). */
export interface StoredEvent {
  seq: number;
  event: FlightRecorderEvent;
  /** Of a kind that this version does not know: a later one wrote it, or an import. It may have any shape. */
  unknown?: true;
}
