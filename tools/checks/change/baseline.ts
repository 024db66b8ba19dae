import { compareText, type Finding } from '../../findings/index.ts';
import { type Identity, identityOf, keyOf, withoutSpecVersions } from './identity.ts';

/** A finding that a repository had when it adopted the tool, and how often. */
export interface BaselineEntry extends Identity {
  count: number;
}

export type Baseline = readonly BaselineEntry[];

export const BASELINE_SCHEMA = 'govkit.baseline@1';

/** What a baseline leaves of findings. */
export interface Beyond {
  /** Not covered. */
  beyond: Finding[];
  covered: number;
  /** Entries, or parts of one, that cover nothing any more. */
  unneeded: number;
}

/** The errors and warnings of a tree, as a baseline. A tree in which nothing was found to judge has none. */
export function baselineOf(findings: readonly Finding[], specVersion?: string): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    if (!adoptable(finding)) continue;
    const identity = identityOf(finding, specVersion);
    const key = keyOf(identity);
    const known = entries.get(key);
    entries.set(key, { ...identity, count: (known?.count ?? 0) + 1 });
  }
  return sorted([...entries.values()]);
}

/** Takes the findings that the baseline has off the list. */
export function beyondBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  specVersion?: string,
): Beyond {
  const left = new Map(settled(baseline).map((entry) => [keyOf(entry), entry.count]));
  const beyond = findings.filter((finding) => {
    const key = keyOf(identityOf(finding, specVersion));
    const count = left.get(key) ?? 0;
    if (count === 0 || !adoptable(finding)) return true;
    left.set(key, count - 1);
    return false;
  });
  return {
    beyond,
    covered: findings.length - beyond.length,
    unneeded: [...left.values()].filter((count) => count > 0).length,
  };
}

/** The baseline without what is fixed; nothing is ever added. */
export function shrunkBaseline(baseline: Baseline, now: Baseline): BaselineEntry[] {
  const counts = new Map(now.map((entry) => [keyOf(entry), entry.count]));
  return sorted(
    settled(baseline).flatMap((entry) => {
      const count = Math.min(entry.count, counts.get(keyOf(entry)) ?? 0);
      return count > 0 ? [{ ...entry, count }] : [];
    }),
  );
}

/** One finding a line, sorted: the same bytes everywhere, and git merges two branches that fixed different ones. */
export function printBaseline(baseline: Baseline): string {
  const lines = baseline.map(
    ({ rule, file, message, count }) => `    ${JSON.stringify({ rule, file, message, count })}`,
  );
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schema": "${BASELINE_SCHEMA}",\n  "findings": ${list}\n}\n`;
}

/** A baseline of before may name the files of old specs by their versions: it covers what it covered. */
function settled(baseline: Baseline): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const { rule, file, message, count } of baseline) {
    const identity = { rule, file: withoutSpecVersions(file), message: withoutSpecVersions(message) };
    const key = keyOf(identity);
    entries.set(key, { ...identity, count: count + (entries.get(key)?.count ?? 0) });
  }
  return [...entries.values()];
}

function adoptable({ rule, severity }: Finding): boolean {
  return severity !== 'info' && rule !== 'tree/empty';
}

function sorted(entries: BaselineEntry[]): BaselineEntry[] {
  return entries.sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.message, b.message),
  );
}
