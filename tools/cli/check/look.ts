import { entriesChanged, listFiles } from '../../artifacts/index.ts';
import {
  applyPolicy,
  beyondBaseline,
  type Changes,
  type Contents,
  changesOf,
  comparableContents,
  findingsOfChange,
  type Judged,
  type JudgeOptions,
  judge,
  judgeChange,
  newFindings,
  type Side,
} from '../../checks/index.ts';
import { CONFIG_FILE, ConfigError } from '../../config/index.ts';
import { compareText, type Finding, sortFindings } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { ownCache } from '../cache.ts';
import type { Call } from '../command.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

/** What was looked at, and what of it is wrong. */
export interface Looked {
  /** What is reported, in order. */
  findings: Finding[];
  /** What is wrong at all, whoever answers for it. */
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
  const { references = [] } = target;
  const [first, ...others] = await judgeAll(call, target, policy);
  const { judged, findings: all } = first!;
  // A tree that moves with its configuration is not gone: a person's own commit may take both along.
  if (target.mayAdopt && policy.proposed && isEmpty(all)) {
    const { proposed, ...own } = policy;
    const { findings } = await judgeOne(call, target.snapshot, proposed);
    if (!isEmpty(findings)) return look(call, target, { ...own, ...proposed, overruled: own.overruled });
  }
  const files = governed([...judged.ids.keys(), ...(judged.spec?.files ?? [])], policy);
  const seen = { all, judged, files };
  const baseline = policy.baseline.entries ?? [];
  const version = judged.spec?.version;
  if (target.references === undefined) {
    const { beyond, covered, unneeded } = beyondBaseline(all, baseline, version);
    const compared = policy.baseline.entries && { known: new Set<Finding>() };
    return { ...seen, findings: beyond, baselined: covered, unneeded, ...compared };
  }
  const { contents, changed } = await compare(target, judged, policy);
  const before = references.map(
    (_, at): Side => ({
      findings: others[at]!.findings,
      contents: contents[at + 1]!,
      specVersion: others[at]!.judged.spec?.version,
    }),
  );
  const subject = { findings: all, contents: contents[0]!, specVersion: version };
  const { fresh: caused, touched } = findingsOfChange(subject, before);
  const fresh = [...caused, ...(await unveiled(call, target, policy, contents))];
  // What no reference has is new, even where an old entry would cover it: a fixed one cannot come back.
  const covering = policy.adopting ? sortFindings([...fresh, ...touched]) : touched;
  const { beyond, covered, unneeded } = beyondBaseline(covering, baseline, version);
  // What was recorded is kept, whatever a baseline adopted.
  const gone = lostEntries(target, policy, contents);
  const findings = sortFindings([...gone, ...(policy.adopting ? beyond : [...fresh, ...beyond])]);
  return { ...seen, findings, known: new Set(touched), baselined: covered, unneeded, changed };
}

/** Entries of the ledger that a reference has, and this tree has not as they were; each is told once. */
function lostEntries(target: Target, policy: Policy, [own, ...others]: readonly Contents[]): Finding[] {
  const { config, layout, ignored } = policy;
  const isEntry = (path: string): boolean => layout.kindOf(path) === 'ledger';
  const lost = others.flatMap((before, at) =>
    entriesChanged(own!, before, { isEntry, base: target.referenceNames?.[at] ?? 'HEAD' }),
  );
  const each = [...new Map(lost.map((finding) => [finding.place.file, finding])).values()];
  return applyPolicy(each, { rules: config.check.rules, ignored });
}

/**
 * What the configuration that the change brings would find wrong, and nobody found before: a layout that finds no
 * document, a stub that is ignored while its row stays. It would fail everybody who comes after.
 */
async function unveiled(
  call: Call,
  { snapshot, references = [] }: Target,
  policy: Policy,
  contents: readonly Contents[],
): Promise<Finding[]> {
  if (policy.proposed === undefined) return [];
  const side = async (at: number, one: Snapshot, by: Policy): Promise<Side> => {
    const { findings, judged } = await judgeOne(call, one, by);
    return { findings, contents: contents[at]!, specVersion: judged.spec?.version };
  };
  const before = [snapshot, ...references].map((one, at) => side(at, one, policy));
  return newFindings(await side(0, snapshot, policy.proposed), await Promise.all(before));
}

function isEmpty(findings: readonly Finding[]): boolean {
  return findings.some(({ rule }) => rule === 'tree/empty');
}

interface Weighed {
  judged: Judged;
  findings: Finding[];
}

/** Everything that is wrong with a snapshot, as the policy weighs it. */
export async function judgeOne(call: Call, snapshot: Snapshot, policy: Policy): Promise<Weighed> {
  return weigh(await judge(snapshot, await judgeOptions(call, policy)), policy);
}

/** The target, then each of its references: of files that are the same in both, neither says anything. */
async function judgeAll(call: Call, { snapshot, references }: Target, policy: Policy): Promise<Weighed[]> {
  if (references === undefined) return [await judgeOne(call, snapshot, policy)];
  const change = await judgeChange(snapshot, references, await judgeOptions(call, policy));
  return [change.subject, ...change.references].map((judged) => weigh(judged, policy));
}

async function judgeOptions(call: Call, { config, layout }: Policy): Promise<JudgeOptions> {
  return {
    root: call.root,
    cwd: call.cwd,
    layout,
    cache: await ownCache(call.root),
    overlay: config.codegen.overlay,
    ...(call.spec !== undefined && { spec: call.spec }),
  };
}

function weigh(judged: Judged, { config, baseline, ignored }: Policy): Weighed {
  // The baseline quotes what is wrong elsewhere, and is no document.
  const findings = applyPolicy(judged.findings, {
    rules: config.check.rules,
    ignored: (path) => path === baseline.path || ignored(path),
  });
  refuseIgnoringAll(judged, config.check.ignore, ignored);
  return { judged, findings };
}

/** A tree in which every document is ignored would pass without having been looked at. */
function refuseIgnoringAll(
  { documents, paths }: Judged,
  globs: readonly string[],
  ignored: (path: string) => boolean,
): void {
  const { stub, packet, refinement, board, registry } = documents;
  if (stub + packet + refinement + board + registry > 0 || ![...paths].some(ignored)) return;
  throw new ConfigError([
    `${CONFIG_FILE}: Unexpected check.ignore (${globs.join(', ')}) that leaves no document, expected one to judge`,
  ]);
}

/** What stands on each side, and which governed files the change touches. */
async function compare(
  { snapshot, references = [] }: Target,
  judged: Judged,
  policy: Policy,
): Promise<{ contents: ReadonlyMap<string, string>[]; changed: string[] }> {
  const { folder } = policy.layout;
  const docs = await comparableContents([
    { snapshot, paths: governed(judged.paths, policy), ids: judged.ids },
    ...(await Promise.all(
      references.map(async (one) => ({
        snapshot: one,
        paths: governed(await listFiles(one, { folder, findings: [] }), policy),
      })),
    )),
  ]);
  const spec = await comparableContents(
    await Promise.all(
      [snapshot, ...references].map(async (one) => ({
        snapshot: one,
        paths: await existing(one, judged.spec?.files ?? []),
      })),
    ),
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
