import { UsageError } from '../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../snapshot/index.ts';

/** Where the configuration stands, relative to the repository root. */
export const CONFIG_FILE = 'gov.config.yaml';

/** `gov.config.yaml`, with every default filled in. */
export interface Config {
  codegen: {
    /** Folder that `gov codegen` writes. */
    out: string;
    /** The reviewed answers to what the spec leaves open. */
    overlay?: string | undefined;
    /** Events that are defined outside the pseudo-schema blocks and are wanted all the same. */
    include: string[];
    /** Generate only what these names need; everything when empty. */
    roots: string[];
  };
  session: {
    /** May a session run without a work packet? */
    unbound: 'allow' | 'refuse';
  };
}

export const defaultConfig: Config = {
  codegen: { out: 'generated', include: [], roots: [] },
  session: { unbound: 'refuse' },
};

/** Reads the configuration; a tree without one has the defaults. A broken one is a UsageError with its place. */
export async function loadConfig(snapshot: Snapshot): Promise<Config> {
  let bytes: Uint8Array;
  try {
    bytes = await snapshot.read(CONFIG_FILE);
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'missing') return defaultConfig;
    throw new UsageError((error as Error).message, { cause: error });
  }
  // The parsers take longer to load than most trees to read: only a tree that has a configuration pays.
  const { parseConfig } = await import('./parse.ts');
  return parseConfig(bytes);
}
