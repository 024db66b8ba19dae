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
  /** What the change would have it judged by from now on, where its configuration is another one. */
  proposed?: Policy;
}

/**
 * A change is judged by the policy of what it comes from: nobody loosens the rules that judge his own change. What
 * it would make of the policy is read all the same, since a broken one would fail everybody after it.
 */
export async function readPolicy(target: Target): Promise<Policy> {
  const { policy, snapshot, references, mayAdopt = false } = target;
  const own = await policyOf(policy);
  const before = await Promise.all((references ?? []).map((one) => bytesOf(one, own.baseline.path)));
  const adopting = before.every((one) => one === undefined);
  if (policy === snapshot) return { ...own, adopting, overruled: [] };
  const proposed = await policyOf(snapshot);
  const overruled: string[] = [];
  for (const file of mayAdopt ? [CONFIG_FILE] : [CONFIG_FILE, own.baseline.path])
    if (!sameText(await bytesOf(policy, file), await bytesOf(snapshot, file))) overruled.push(file);
  const reconfigured = overruled.includes(CONFIG_FILE);
  const baseline = adopting && mayAdopt ? proposed.baseline : own.baseline;
  return { ...own, baseline, adopting, overruled, ...(reconfigured && { proposed }) };
}

/** The policy that a snapshot holds. A broken one is a ConfigError. */
async function policyOf(snapshot: Snapshot): Promise<Policy> {
  const config = await loadSettings(snapshot);
  const path = baselinePath(config);
  const bytes = await bytesOf(snapshot, path);
  return {
    config,
    layout: layoutFor(config),
    baseline: { path, ...(bytes && { entries: await parseBaseline(path, bytes) }) },
    ignored: ignoring(config.check.ignore),
    adopting: false,
    overruled: [],
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
