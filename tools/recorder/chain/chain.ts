import { sha256 } from '../../text/index.ts';

/** What the first record of a log builds on. */
export const CHAIN_START = '0'.repeat(64);

/** How many records a segment has; it is sealed when the log has gone past it. */
export const SEGMENT_SIZE = 4_096;

/** The segment that a record belongs to, from 0. */
export const segmentOf = (seq: number): number => Math.floor((seq - 1) / SEGMENT_SIZE);

/**
 * The hash of a record: its place, its bytes as they are stored (canonical JSON), and everything before it. Lower-case
 * hex sha256 over `<hash before>\n<seq>\n<body>`.
 */
export const chainHash = (before: string, seq: number, body: string): string =>
  sha256(`${before}\n${seq}\n${body}`);
