// Files of a run that was killed before its transaction.
import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchiveHeader, isArchiveName, verifyArchive } from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import type { Prepare } from '../store/sqlite-rows.ts';
import type { Connection } from './connection.ts';
import { namedFrom, readArchiveFile } from './place.ts';

/**
 * Takes away what a killed run left in the folder: half-written files, and archives whose records are all in the log
 * still, each by its hash. Gives back what is there besides and belongs to no archive of this database.
 */
export async function removeLeftOvers(
  connection: Connection,
  path: string,
  folder: string,
): Promise<string[]> {
  const strangers: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name);
    if (isDeadTemporary(name)) unlinkSync(file);
    if (!isArchiveName(name)) continue;
    const named = namedFrom(path, file);
    if (await connection.look((prepare) => isKnown(prepare, named))) continue;
    const header = await headerOf(file);
    const removed = await connection.change((prepare) => {
      if (isKnown(prepare, named)) return true; // somebody else has just completed it
      if (!header || !allThere(prepare, header.runs, header.hashes)) return false;
      if (statSync(file, { throwIfNoEntry: false })) unlinkSync(file);
      return true;
    });
    if (!removed) strangers.push(file);
  }
  return strangers;
}

const isKnown = (prepare: Prepare, named: string): boolean =>
  prepare('SELECT 1 AS known FROM event_archives WHERE file = ?').get(named) !== undefined;

interface Whole extends Pick<ArchiveHeader, 'runs'> {
  /** Of the last record of each run, which proves the others. */
  hashes: string[];
}

/** undefined = it is not whole, or no archive. */
async function headerOf(file: string): Promise<Whole | undefined> {
  try {
    const { header, fault, last_hashes } = await verifyArchive(readArchiveFile(file));
    return header && !fault ? { runs: header.runs, hashes: last_hashes } : undefined;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

function allThere(prepare: Prepare, runs: ArchiveHeader['runs'], hashes: readonly string[]): boolean {
  const rows = prepare('SELECT count(*) AS events FROM events WHERE seq BETWEEN ? AND ?');
  const hash = prepare('SELECT hash FROM events WHERE seq = ?');
  return runs.every(([first, last], index) => {
    const { events } = rows.get(first, last) as { events: number };
    const found = hash.get(last) as { hash: string } | undefined;
    return events === last - first + 1 && found?.hash === hashes[index];
  });
}

/** `.NAME.PID.HEX.tmp` of a process that is no more. */
function isDeadTemporary(name: string): boolean {
  const [, archive, pid] = /^\.(.+)\.([1-9]\d{0,8})\.[\da-f]{8}\.tmp$/.exec(name) ?? [];
  if (archive === undefined || !isArchiveName(archive)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
