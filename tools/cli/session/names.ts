import { readFile } from 'node:fs/promises';
import { writeFileDurably } from '../../text/index.ts';

/** What a person calls sessions: no engine needs it, so it stands beside the database and not in it. */
const fileOf = (db: string): string => `${db}.names.json`;

/** Root sessions by the names that their scenario gives them. */
export async function writeNames(db: string, roots: ReadonlyMap<string, string>): Promise<void> {
  await writeFileDurably(fileOf(db), `${JSON.stringify(Object.fromEntries(roots), null, 2)}\n`);
}

/** None where no scenario made the database, or where the file is damaged: ids always work. */
export async function readNames(db: string): Promise<ReadonlyMap<string, string>> {
  try {
    const names: unknown = JSON.parse(await readFile(fileOf(db), 'utf8'));
    return new Map(
      Object.entries(names as object).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return new Map();
  }
}
