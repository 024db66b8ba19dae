import type { TraceReport } from '../../trace/index.ts';
import type { EventBlock } from './events.ts';
import type { GovernanceData } from './governance.ts';
import type { SessionsData } from './sessions.ts';

/** `govkit.report@1`: what the page shows at once. Bodies of events, threads and artifacts stand in blocks of their own. */
export interface PageData {
  schema: 'govkit.report@1';
  /** The version of govkit. */
  version: string;
  /** The name of the repository's folder. */
  repository: string;
  spec: { file: string; version: string; sha256: string; sections: number } | null;
  governance: GovernanceData | null;
  trace: TraceReport | null;
  /** Null where there is no session database. */
  sessions: SessionsData | null;
  /**
   * Where a line can be opened outside the page: `{file}` and `{line}` are put in. Null: only inside the page,
   * which holds the lines around every place that it names.
   */
  link: string | null;
}

/** Blocks of the document, in the order in which they stand there. */
export interface Blocks {
  page: PageData;
  sources: Sources;
  /** {@link EVENTS_A_BLOCK} to a block, in the order of `SessionsData.events`. */
  events: EventBlock[];
  threads: Threads;
  artifacts: Artifacts;
}

export const EVENTS_A_BLOCK = 2048;

/**
 * The lines around every place that the page names, by file. A line that is too long ends with `…`. `scarce`: less
 * than usual stands around its places, since the block would be too large.
 */
export type Sources = Record<
  string,
  { lines: number; pieces: { from: number; text: string[] }[]; scarce?: true }
>;

/** The last messages of each session, oldest first, and the artifacts that they are. */
export interface Threads {
  artifact_ids: string[];
  sessions: Record<string, ThreadEntry[]>;
}

export interface ThreadEntry {
  message_id: string;
  /** RFC 3339. */
  at: string;
  role: string;
  /** What it says: a position in `artifact_ids`; its text is in the block `artifacts`. */
  artifact: number;
  /** Whether it came from outside and is not trusted. */
  untrusted: boolean;
}

/**
 * What artifacts hold. `bytes` is null where it is gone; `text` where it is no text, is not what its id says, is gone
 * or is left out; `cut` says that it goes on, or was left out because the page holds so much already.
 */
export type Artifacts = Record<string, { bytes: number | null; text: string | null; cut: boolean }>;
