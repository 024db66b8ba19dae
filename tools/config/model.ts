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
