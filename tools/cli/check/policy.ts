import picomatch from 'picomatch';
import type { Layout } from '../../artifacts/index.ts';
import { type Baseline, parseBaseline } from '../../checks/index.ts';
import { baselinePath, CONFIG_FILE, type Config, ConfigError } from '../../config/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { loadSettings } from '../load.ts';
import { layoutFor } from '../tree.ts';
import type { Target } from './target.ts';

/** By what a tree is judged. */
export interface Policy {
  config: Config;
  layout: Layout;
  baseline: {
    path: string;
    /** Undefined where none was adopted. */
    entries?: Baseline;
  };
  /** Documents that are not judged. */
  ignored(path: string): boolean;
  /** This very change brings the baseline in: nothing is fixed yet that could come back. */
  adopting: boolean;
  /** Files of the policy that the change has otherwise, and that do not count for it. */
  overruled: string[];
}

export async function readPolicy({ policy, snapshot, references }: Target): Promise<Policy> {
  const config = await loadSettings(policy);
  const path = baselinePath(config);
  const bytes = await bytesOf(policy, path);
  const overruled: string[] = [];
  if (policy !== snapshot) {
    for (const file of [CONFIG_FILE, path]) {
      if (!sameText(await bytesOf(policy, file), await bytesOf(snapshot, file))) overruled.push(file);
    }
  }
  const before = await Promise.all((references ?? []).map((one) => bytesOf(one, path)));
  return {
    config,
    layout: layoutFor(config),
    baseline: { path, ...(bytes && { entries: await parseBaseline(path, bytes) }) },
    overruled,
    ignored: ignoring(config.check.ignore),
    adopting: before.every((one) => one === undefined),
  };
}

async function bytesOf(snapshot: Snapshot, path: string): Promise<Uint8Array | undefined> {
  try {
    return await snapshot.read(path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing') return undefined;
    throw new ConfigError([error.message], { cause: error });
  }
}

/** A checkout with CRLF has the same policy. */
function sameText(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  const text = (bytes: Uint8Array | undefined): string | undefined =>
    bytes && Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n');
  return text(a) === text(b);
}

function ignoring(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
