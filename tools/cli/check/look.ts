import {
  applyPolicy,
  beyondBaseline,
  type Changes,
  changesOf,
  comparableContents,
  findingsOfChange,
  type Judged,
  type JudgedChange,
  type JudgeOptions,
  judge,
  judgeChange,
  type Side,
} from '../../checks/index.ts';
import { CONFIG_FILE, ConfigError } from '../../config/index.ts';
import { compareText, type Finding, sortFindings } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { ownCache } from '../cache.ts';
import type { Call } from '../command.ts';
import { loadCallSpec } from '../load.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

/** What was looked at, and what of it is wrong. */
export interface Looked {
  /** What is reported, in order. */
  findings: Finding[];
  /** What is wrong, whoever answers for it; of a change, at least all that may have come with it. */
  all: Finding[];
  /** Those of `findings` that a reference has too; undefined where nothing was compared. */
  known?: ReadonlySet<Finding>;
  /** Covered by the baseline, and so not reported. */
  baselined: number;
  /** Entries of the baseline that cover nothing any more. */
  unneeded: number;
  judged: Judged;
  /** Governed files that were read. */
  files: string[];
  /** Those of them that the change touches; undefined where the whole tree answers. */
  changed?: string[];
}

export async function look(call: Call, target: Target, policy: Policy): Promise<Looked> {
  const { references } = target;
  if (references === undefined) {
    const { judged, findings: all } = await judgeOne(call, target.snapshot, policy);
    const version = judged.spec?.version;
    const entries = policy.baseline.entries ?? [];
    const { beyond, covered, unneeded } = beyondBaseline(all, entries, version);
    const compared = policy.baseline.entries && { known: new Set<Finding>() };
    return { ...seen(judged, policy), all, findings: beyond, baselined: covered, unneeded, ...compared };
  }
  return lookAtChange(call, { ...target, references }, policy);
}

async function lookAtChange(
  call: Call,
  target: Target & { references: Snapshot[] },
  policy: Policy,
): Promise<Looked> {
  const { snapshot, references } = target;
  const judged = await judgeChange(snapshot, references, await judgeOptions(call, policy));
  const { subject } = judged;
  const all = await weighed(call, snapshot, subject, policy);
  refuseIgnoringAll(subject, policy.config.check.ignore, policy.ignored);
  const { contents, changed } = await compare(target, judged, policy);
  const before: Side[] = [];
  for (const [at, reference] of judged.references.entries()) {
    before.push({
      findings: await weighed(call, references[at]!, reference, policy),
      contents: contents[at + 1]!,
      specVersion: reference.spec?.version,
    });
  }
  const version = subject.spec?.version;
  const side = { findings: all, contents: contents[0]!, specVersion: version };
  const { fresh, touched } = findingsOfChange(side, before);
  // What no reference has is new, even where an old entry would cover it: a fixed one cannot come back.
  const covering = policy.adopting ? sortFindings([...fresh, ...touched]) : touched;
  const { beyond, covered, unneeded } = beyondBaseline(covering, policy.baseline.entries ?? [], version);
  const findings = policy.adopting ? beyond : sortFindings([...fresh, ...beyond]);
  const known = new Set(touched);
  return { ...seen(subject, policy), all, findings, known, baselined: covered, unneeded, changed };
}

function seen(judged: Judged, policy: Policy): Pick<Looked, 'judged' | 'files'> {
  return { judged, files: governed([...judged.ids.keys(), ...(judged.spec?.files ?? [])], policy) };
}

/** Everything that is wrong with a snapshot, as the policy weighs it. */
export async function judgeOne(
  call: Call,
  snapshot: Snapshot,
  policy: Policy,
): Promise<{ judged: Judged; findings: Finding[] }> {
  const judged = await judge(snapshot, await judgeOptions(call, policy));
  const findings = await weighed(call, snapshot, judged, policy);
  refuseIgnoringAll(judged, policy.config.check.ignore, policy.ignored);
  return { judged, findings };
}

async function judgeOptions(call: Call, { layout }: Policy): Promise<JudgeOptions> {
  return {
    root: call.root,
    cwd: call.cwd,
    layout,
    cache: await ownCache(call.root),
    ...(call.spec !== undefined && { spec: call.spec }),
  };
}

async function weighed(call: Call, snapshot: Snapshot, judged: Judged, policy: Policy): Promise<Finding[]> {
  const { config, baseline, ignored } = policy;
  const answers = await overlayFindings(call, snapshot, config, judged);
  return applyPolicy(sortFindings([...judged.findings, ...answers]), {
    rules: config.check.rules,
    // The baseline quotes what is wrong elsewhere, and is no document.
    ignored: (path) => path === baseline.path || ignored(path),
  });
}

/** Loaded only for a tree that has an overlay: the parsers behind it take time. */
async function overlayFindings(
  call: Call,
  snapshot: Snapshot,
  config: Policy['config'],
  { spec }: Judged,
): Promise<Finding[]> {
  const { overlay } = config.codegen;
  if (overlay === undefined) return [];
  let index: SpecIndex | undefined;
  if (spec !== undefined) index = await loadCallSpec(call, snapshot, config);
  const { checkOverlay } = await import('../../contracts/index.ts');
  return checkOverlay(overlay, (path) => snapshot.read(path), index);
}

/** A tree in which every document is ignored would pass without having been looked at. */
function refuseIgnoringAll(
  { tree }: Judged,
  globs: readonly string[],
  ignored: (path: string) => boolean,
): void {
  const documents = tree.stubs.length + tree.packets.length + tree.refinements.length;
  if (documents > 0 || tree.board || tree.registry || ![...tree.paths].some(ignored)) return;
  throw new ConfigError([
    `${CONFIG_FILE}: Unexpected check.ignore (${globs.join(', ')}) that leaves no document, expected one to judge`,
  ]);
}

/** What stands on each side, and which governed files the change touches. */
async function compare(
  { snapshot, references }: Target & { references: Snapshot[] },
  judged: JudgedChange,
  policy: Policy,
): Promise<{ contents: ReadonlyMap<string, string>[]; changed: string[] }> {
  const snapshots = [snapshot, ...references];
  const sides = [judged.subject, ...judged.references];
  const docs = await comparableContents(
    sides.map(({ tree, ids }, at) => ({
      snapshot: snapshots[at]!,
      paths: governed(tree.paths, policy),
      ids,
    })),
  );
  const files = judged.subject.spec?.files ?? [];
  const spec = await comparableContents(
    await Promise.all(snapshots.map(async (one) => ({ snapshot: one, paths: await existing(one, files) }))),
  );
  const changed = [docs, spec].flatMap(([own, ...others]) => touchedFiles(changesOf(own!, others)));
  return { contents: docs, changed: changed.sort(compareText) };
}

function touchedFiles({ changed, moved, gone }: Changes): string[] {
  return [...new Set([...changed, ...moved, ...gone])];
}

/** The paths that are judged: not those that the configuration ignores, and not the baseline. */
function governed(paths: Iterable<string>, { baseline, ignored }: Policy): string[] {
  return [...paths].filter((path) => path !== baseline.path && !ignored(path));
}

async function existing(snapshot: Snapshot, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      if (snapshot.idOf?.(path) === undefined) await snapshot.read(path);
      found.push(path);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
    }
  }
  return found;
}
