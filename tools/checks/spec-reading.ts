import { type Finding, TreeError } from '../findings/index.ts';
import type { Cache, Snapshot } from '../snapshot/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import type { JudgeOptions, SpecSummary } from './judged.ts';

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
