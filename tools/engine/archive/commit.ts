import { statSync } from 'node:fs';
import type { WrittenArchive } from '../../recorder/index.ts';
import type { Prepare } from '../store/sqlite-rows.ts';
import type { Batch } from './batch.ts';

/** The archive that the next one continues. */
export interface LastArchive {
  number: number;
  sha256: string | null;
}

/** Archives are numbered in the order in which they were made, and none is ever taken out of the table. */
export function lastArchive(prepare: Prepare): LastArchive {
  const { number } = prepare('SELECT count(*) AS number FROM event_archives').get() as { number: number };
  const rows = prepare('SELECT file, sha256 FROM event_archives').all() as { file: string; sha256: string }[];
  const start = `${String(number).padStart(6, '0')}-`;
  const last = rows.find(({ file }) => file.split(/[\\/]/).at(-1)!.startsWith(start));
  return { number, sha256: last?.sha256 ?? null };
}

export interface Stored extends WrittenArchive {
  number: number;
  /** Absolute path of the file. */
  path: string;
  /** As the database names it. */
  named: string;
}

/**
 * Takes a batch out of the log and says where it is: rows, gaps and archive in the transaction that is open. False if
 * another process was quicker, so that nothing of this holds any more; then nothing was changed.
 */
export function takeOut(prepare: Prepare, batch: Batch, archive: Stored | undefined, at: string): boolean {
  if (archive && lastArchive(prepare).number !== archive.number - 1) return false;
  // Somebody who tidies up takes a file away that no database names; under this lock nobody does.
  if (archive && !statSync(archive.path, { throwIfNoEntry: false })) return false;
  const present = prepare('SELECT count(*) AS events FROM events WHERE seq BETWEEN ? AND ?');
  for (const { first_seq, last_seq } of batch.gaps) {
    const { events } = present.get(first_seq, last_seq) as { events: number };
    if (events !== last_seq - first_seq + 1) return false;
  }
  const names = prepare('DELETE FROM event_names WHERE session_id = ? AND seq = ?');
  for (const [session_id, seq] of batch.names) names.run(session_id, seq);
  const remove = prepare('DELETE FROM events WHERE seq BETWEEN ? AND ?');
  for (const { first_seq, last_seq, hash, does } of batch.gaps) {
    remove.run(first_seq, last_seq);
    const why = does === 'archive' ? 'archived' : 'purged';
    leaveGap(prepare, {
      first_seq,
      last_seq,
      hash,
      why,
      archive: does === 'archive' ? archive!.named : null,
      at,
    });
  }
  if (archive)
    prepare(
      'INSERT INTO event_archives (file, sha256, first_seq, last_seq, events, at) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(
      archive.named,
      archive.sha256,
      batch.archived[0]!.seq,
      batch.archived.at(-1)!.seq,
      batch.archived.length,
      at,
    );
  return true;
}

interface NewGap {
  first_seq: number;
  last_seq: number;
  why: string;
  archive: string | null;
  at: string;
  hash: string;
}

/** One gap with those beside it that are of the same kind and in the same file. */
function leaveGap(prepare: Prepare, { first_seq, last_seq, why, archive, at, hash }: NewGap): void {
  const before = prepare(
    'SELECT first_seq FROM event_gaps WHERE first_seq < ? AND last_seq = ? AND why = ? AND archive IS ? ' +
      'ORDER BY first_seq DESC LIMIT 1',
  ).get(first_seq, first_seq - 1, why, archive) as NewGap | undefined;
  const after = prepare(
    'SELECT first_seq, last_seq, hash FROM event_gaps WHERE first_seq = ? AND why = ? AND archive IS ?',
  ).get(last_seq + 1, why, archive) as NewGap | undefined;
  const drop = prepare('DELETE FROM event_gaps WHERE first_seq = ?');
  if (before) drop.run(before.first_seq);
  if (after) drop.run(after.first_seq);
  prepare(
    'INSERT INTO event_gaps (first_seq, last_seq, why, archive, at, hash) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(before?.first_seq ?? first_seq, after?.last_seq ?? last_seq, why, archive, at, after?.hash ?? hash);
}
