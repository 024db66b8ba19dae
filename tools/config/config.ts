import { UsageError } from '../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../snapshot/index.ts';
import { CONFIG_FILE, type Config, defaultConfig } from './model.ts';

export interface KnownNames {
  /** The ids that `check.rules` may name; asked for only where there is a configuration. */
  rules?(): Promise<readonly string[]>;
  /** The families that `recorder.retention` may name, each with the days that it has at least. */
  retention?(): Promise<readonly FamilyDays[]>;
}

export interface FamilyDays {
  family: string;
  days: number;
}

/** Reads the configuration; a tree without one has the defaults. A broken one is a ConfigError with its places. */
export async function loadConfig(snapshot: Snapshot, known: KnownNames = {}): Promise<Config> {
  let bytes: Uint8Array;
  try {
    bytes = await snapshot.read(CONFIG_FILE);
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'missing') return defaultConfig;
    throw new UsageError((error as Error).message, { cause: error });
  }
  // The parsers take longer to load than most trees to read: only a tree that has a configuration pays.
  const { parseConfig } = await import('./parse.ts');
  // A file without the word names no rule.
  const text = Buffer.from(bytes);
  const rules = text.includes('rules') ? await known.rules?.() : undefined;
  const retention = text.includes('retention') ? await known.retention?.() : undefined;
  return parseConfig(bytes, rules, retention);
}
