import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeArchive } from '../../recorder/index.ts';
import { writeFileDurably } from '../../text/index.ts';
import { headOf } from '../store/log/write.ts';
import type { Driver } from '../store/sqlite-driver.ts';
import { type BatchSize, nextBatch } from './batch.ts';
import { lastArchive, takeOut } from './commit.ts';
import { connect } from './connection.ts';
import { removeLeftOvers } from './left-over.ts';
import { archiveFolder, keepFolder, namedFrom } from './place.ts';
import type { ArchivePlan } from './plan.ts';

export interface ArchiveOptions {
  /** Where files go; default: beside the database. */
  to?: string;
  driver?: Driver;
  /** The most that one file and one transaction take. */
  size?: BatchSize;
  /** Told after each transaction. */
  onProgress?: (events: number) => void;
}

export interface ArchiveFile {
  file: string;
  sha256: string;
  first_seq: number;
  last_seq: number;
  events: number;
  /** Of the compressed file. */
  bytes: number;
}

export interface ArchiveReport {
  archived: number;
  purged: number;
  files: ArchiveFile[];
  /** Files in the folder that look like archives and belong to none of this database: left alone. */
  strangers: string[];
}

/**
 * Enough for a file to be worth its name, and so few that nobody who writes waits longer than a moment for the
 * transaction that takes them out.
 */
const SIZE: BatchSize = { events: 20_000, text: 32 * 1024 * 1024 };

/**
 * Carries a plan out. Each batch is a file that is on the disk for good before one transaction takes its records out
 * of the log and names it: killed at any moment nothing is lost and nothing is twice, and the next run goes on.
 */
export async function applyArchive(
  path: string,
  { at, leaving }: Pick<ArchivePlan, 'at' | 'leaving'>,
  { to, driver, size = SIZE, onProgress }: ArchiveOptions = {},
): Promise<ArchiveReport> {
  const folder = resolve(to ?? archiveFolder(path));
  await using connection = await connect(path, { readOnly: false, driver });
  const report: ArchiveReport = { archived: 0, purged: 0, files: [], strangers: [] };
  if (leaving.some(({ does }) => does === 'archive')) await keepFolder(folder);
  if (existsSync(folder)) report.strangers = await removeLeftOvers(connection, path, folder);
  let overtaken = false;
  for (let after = 0; ; ) {
    const { batch, last, head } = await connection.look((prepare) => ({
      batch: nextBatch(prepare, leaving, after, size),
      last: lastArchive(prepare),
      head: headOf(prepare),
    }));
    if (batch.last === 0) break;
    const { archived } = batch;
    const number = last.number + 1;
    const written =
      archived.length > 0 ? writeArchive(archived, { number, continues: last.sha256, head }) : undefined;
    const file = join(folder, written?.file ?? '');
    if (written) await writeFileDurably(file, written.bytes);
    const stored = written && { ...written, number, path: file, named: namedFrom(path, file) };
    if (!(await connection.change((prepare) => takeOut(prepare, batch, stored, at)))) {
      overtaken = true;
      continue;
    }
    after = batch.last;
    for (const { first_seq, last_seq, does } of batch.gaps)
      report[does === 'archive' ? 'archived' : 'purged'] += last_seq - first_seq + 1;
    if (written)
      report.files.push({
        ...{ file, sha256: written.sha256, events: archived.length, bytes: written.bytes.length },
        ...{ first_seq: archived[0]!.seq, last_seq: archived.at(-1)!.seq },
      });
    onProgress?.(report.archived + report.purged);
  }
  if (overtaken) await removeLeftOvers(connection, path, folder);
  return report;
}
