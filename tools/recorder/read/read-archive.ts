import { archiveLines } from '../archive/read.ts';
import { verifyArchive } from '../archive/verify.ts';
import type { LogFault } from './log-reader.ts';

/**
 * Proves an archive (its chain, its header, its trailer), which its events alone cannot: one that was left out looks
 * like one that was never recorded. Reads the bytes anew.
 */
export async function proveArchive(
  bytes: AsyncIterable<Uint8Array>,
  report: (fault: LogFault) => void,
): Promise<void> {
  const { fault } = await verifyArchive(archiveLines(bytes));
  if (fault)
    report({ rule: 'log/archive-broken', at: fault.line, column: 1, event_id: '', message: fault.message });
}
