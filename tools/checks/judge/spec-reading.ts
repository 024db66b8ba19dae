import { type Finding, TreeError } from '../../findings/index.ts';
import type { Cache, Snapshot } from '../../snapshot/index.ts';
import type { AnchorResult, SpecIndex } from '../../spec/index.ts';
import type { JudgeOptions, SpecSummary } from './judged.ts';
import type { Resolved } from './run.ts';

interface KeptAnchors {
  specVersion?: string;
  results: Record<string, AnchorResult>;
}

interface Summary {
  summary?: SpecSummary;
  /** What is wrong with the spec itself, or that there is none. */
  findings: Finding[];
}

/**
 * The spec of a snapshot, read when somebody asks: its index where an anchor is to be resolved, and otherwise no
 * more than what the last run kept of it.
 */
export class SpecReading {
  readonly #load: () => Promise<SpecIndex>;
  readonly #cache: Cache | undefined;
  readonly #key: string;
  #anchors: Promise<KeptAnchors> | undefined;
  #learned = false;
  #read: Promise<{ index?: SpecIndex; findings: Finding[] }> | undefined;

  constructor(snapshot: Snapshot, options: JudgeOptions, cache: Cache | undefined, key: string) {
    const { root, spec, cwd, layout } = options;
    this.#load = async () =>
      (await import('./load-spec.ts')).loadSpec(snapshot, {
        root,
        ...(layout && { pointers: layout.pointers }),
        cache: options.cache,
        ...(spec !== undefined && { spec }),
        ...(cwd !== undefined && { cwd }),
      });
    this.#cache = cache;
    this.#key = key;
  }

  async index(): Promise<SpecIndex | undefined> {
    this.#read ??= read(this.#load);
    return (await this.#read).index;
  }

  /** What the spec says of these anchors; undefined without anchors, and without a spec. */
  async resolved(anchors: readonly string[]): Promise<Resolved | undefined> {
    if (anchors.length === 0) return undefined;
    this.#anchors ??= this.#keptAnchors();
    const known = await this.#anchors;
    if (known.specVersion === undefined || anchors.some((text) => known.results[text] === undefined)) {
      const index = await this.index();
      if (index === undefined) return undefined;
      const { resolveAnchor } = await import('./load-spec.ts');
      known.specVersion = index.version;
      for (const text of anchors) known.results[text] ??= resolveAnchor(index, text);
      this.#learned = true;
    }
    return { specVersion: known.specVersion, results: anchors.map((text) => known.results[text]!) };
  }

  /** Keeps what was learned of anchors: the next one who judges the same stub need not open the spec. */
  async keep(): Promise<void> {
    if (this.#learned) await this.#cache?.write('check-anchors', this.#key, await this.#anchors);
    this.#learned = false;
  }

  async #keptAnchors(): Promise<KeptAnchors> {
    const kept = await this.#cache?.read('check-anchors', this.#key);
    // Without a prototype: an anchor may be called "constructor".
    const results = Object.assign(Object.create(null), (kept as KeptAnchors | undefined)?.results);
    return { ...(kept as KeptAnchors | undefined), results };
  }

  async summary(): Promise<Summary> {
    const kept = await this.#cache?.read('check-spec', this.#key);
    if (kept !== undefined) return kept as Summary;
    await this.index();
    const { index, findings } = await this.#read!;
    const summary: Summary = {
      findings: [...findings, ...(index?.findings ?? [])],
      ...(index && { summary: summaryOf(index) }),
    };
    // Whether double encoding is new depends on the spec's predecessor, which the key does not name.
    if (!summary.findings.some(({ rule }) => rule.startsWith('spec/double-encoding')))
      await this.#cache?.write('check-spec', this.#key, summary);
    return summary;
  }
}

async function read(load: () => Promise<SpecIndex>): Promise<{ index?: SpecIndex; findings: Finding[] }> {
  try {
    return { index: await load(), findings: [] };
  } catch (error) {
    if (error instanceof TreeError) return { findings: [error.finding] };
    throw error;
  }
}

function summaryOf({ files, version, sha256, sections }: SpecIndex): SpecSummary {
  const paths = files.map(({ path }) => path);
  return { file: paths[0]!, version, sha256, sections: sections.length, files: paths };
}
