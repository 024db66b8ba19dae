import { UsageError } from '../findings/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { UnreadableFile } from '../snapshot/index.ts';

/** Where what was accepted is kept, below the governance folder. */
export function lockPath(folder: string): string {
  return `${folder}/trace.lock.json`;
}

/** The fingerprint under which each clause was accepted, and the line that says so. */
export type TraceLock = ReadonlyMap<string, { fingerprint: string; line: number }>;

const SCHEMA = 'govkit.trace-lock@1';

/** Reads the lock of a tree; empty where there is none. A broken one is a UsageError: nothing would be suspect. */
export async function readLock(snapshot: Snapshot, path: string): Promise<TraceLock> {
  let text: string;
  try {
    text = new TextDecoder().decode(await snapshot.read(path));
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'missing') return new Map();
    throw new UsageError((error as Error).message, { cause: error });
  }
  return parseLock(path, text);
}

export function parseLock(path: string, text: string): TraceLock {
  const expected = `{"schema": "${SCHEMA}", "clauses": {ID: fingerprint}}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = /^[<>=|]{7}/m.test(text) ? 'conflict markers' : 'text that is no JSON';
    throw new UsageError(`${path}: Unexpected ${why}, expected ${expected}`, { cause: error });
  }
  const { schema, clauses } = (value ?? {}) as { schema?: unknown; clauses?: unknown };
  if (schema !== SCHEMA || typeof clauses !== 'object' || clauses === null || Array.isArray(clauses))
    throw new UsageError(`${path}: Unexpected content, expected ${expected}`);
  const lines = text.split('\n');
  const lock = new Map<string, { fingerprint: string; line: number }>();
  for (const [id, fingerprint] of Object.entries(clauses)) {
    if (typeof fingerprint !== 'string')
      throw new UsageError(`${path}: Unexpected value at clauses.${id}, expected a fingerprint`);
    const at = lines.findIndex((line) => line.includes(`${JSON.stringify(id)}:`));
    lock.set(id, { fingerprint, line: Math.max(1, at + 1) });
  }
  return lock;
}

/** One line for each clause, sorted, so that git merges what two branches accept. */
export function printLock(clauses: ReadonlyMap<string, string>): string {
  const sorted = [...clauses].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(
    ([id, fingerprint]) => `    ${JSON.stringify(id)}: ${JSON.stringify(fingerprint)}`,
  );
  return `{\n  "schema": "${SCHEMA}",\n  "clauses": {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}}\n}\n`;
}
