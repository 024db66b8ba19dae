import { UsageError } from '../../findings/index.ts';
import { affectedBy, affectedDocuments, openLibrary, pinsOf, restingOn } from '../../gate/index.ts';
import { type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import {
  compareVersions,
  diffSpecs,
  findVersion,
  isVersion,
  loadSpec,
  type SectionChange,
  type SpecDiff,
  type SpecIndex,
  versionsAtHand,
} from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { nextCommand, quoted } from '../next.ts';
import { pinnedGlobs } from '../pinned.ts';
import { byWeight, printPatch, printSpecDiff } from '../reporters/spec-diff.ts';
import type { Touched } from '../reporters/spec-diff-affected.ts';
import { specDiffReport } from '../reporters/spec-diff-json.ts';
import { anchorOf, partOf } from '../spec-diff-part.ts';
import { loadTree } from '../tree.ts';

/** What changed between two versions of the spec. A difference is no failure: the exit code is 0. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const [from, to] = await sidesOf(call, snapshot);
  const whole = diffSpecs(from, to);
  const anchors = call.values.anchor ?? [];
  const diff = anchors.length === 0 ? whole : partOf(whole, anchors);
  if (call.json) call.out.json(specDiffReport(diff, await touchedBy(call, snapshot, whole, diff)));
  else if (call.flags.has('patch')) printPatch(call.out, patched(diff));
  else {
    printSpecDiff(call.out, diff, await touchedBy(call, snapshot, whole, diff));
    const next = nextStep(call, whole, diff);
    if (next !== undefined) {
      call.out.line();
      call.out.line(`${call.out.dim('next')}   ${next}`);
    }
  }
  return 0;
}

/** The documents that pin the old version, and how many pin another; of a part of the diff those that rest on it. */
async function touchedBy(call: Call, snapshot: Snapshot, whole: SpecDiff, part: SpecDiff): Promise<Touched> {
  const config = await loadSettings(snapshot);
  const tree = await loadTree(snapshot, config, { globs: pinnedGlobs(config) });
  const pins = pinsOf(tree);
  const library = await openLibrary(snapshot, call.root, pins, [whole.from, whole.to]);
  const affected = affectedBy(whole, pins, library);
  const all = affectedDocuments(tree, affected);
  const kept = new Set(restingOn(part, affected).map(({ pin }) => pin.file));
  const documents =
    part === whole
      ? all
      : all.filter(({ file, through }) => kept.has(file) || (through !== undefined && kept.has(through)));
  return { version: whole.from.version, documents, unread: tree.findings.map(({ place }) => place.file) };
}

/** A and B; without B the spec in force; without A its predecessor. */
async function sidesOf(call: Call, snapshot: Snapshot): Promise<[SpecIndex, SpecIndex]> {
  const [a, b] = call.args;
  if (a !== undefined && b !== undefined) {
    if (call.spec !== undefined) throw new UsageError('--spec stands for B, expected only one of the two');
    // One after the other: of two that are missing the first is told, whichever search ends sooner.
    return [await namedSpec(call, snapshot, a), await namedSpec(call, snapshot, b)];
  }
  const current = await loadCallSpec(call, snapshot);
  const all = await versionsAtHand(snapshot, call.root);
  const known = listed(all.map(({ version }) => version));
  if (a !== undefined) {
    const named = await namedSpec(call, snapshot, a);
    if (named.source !== current.source) return [named, current];
    const is = call.spec === undefined ? 'the spec in force' : 'what --spec names';
    throw new UsageError(
      `${a} is ${is}, expected another one to compare it with · versions at hand: ${known}`,
    );
  }
  const before = isVersion(current.version)
    ? all.findLast(({ version }) => compareVersions(version, current.version) < 0)
    : undefined;
  if (before) return [await loadSpec(snapshot, { root: call.root, spec: before.spec }), current];
  throw new UsageError(
    `no spec before ${current.version} at hand, expected two to compare: gov spec diff A B, each FILE, DIR, REV:PATH or a version · versions at hand: ${known}`,
  );
}

async function namedSpec(call: Call, snapshot: Snapshot, text: string): Promise<SpecIndex> {
  const { root, cwd } = call;
  const atHand = async (): Promise<string> =>
    listed((await versionsAtHand(snapshot, root)).map(({ version }) => version));
  if (isVersion(text)) {
    const found = await findVersion(snapshot, root, text);
    if (found) return loadSpec(snapshot, { root, spec: found.spec });
    throw new UsageError(
      `no spec ${text} at hand, expected FILE, DIR, REV:PATH or a version · versions at hand: ${await atHand()}`,
    );
  }
  try {
    return await loadSpec(snapshot, { root, cwd, spec: text });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = error.message.replace(/^--spec:? /, '');
    throw new UsageError(`${why} · versions at hand: ${await atHand()}`, { cause: error });
  }
}

function listed(versions: readonly string[]): string {
  if (versions.length === 0) return 'none';
  const shown = versions.slice(-6).join(', ');
  return versions.length > 6 ? `…, ${shown}: ${versions.length} in all` : shown;
}

/** Clauses that changed, came, went or have another number. */
function patched({ sections }: SpecDiff): SectionChange[] {
  return sections.filter(({ change, changed }) => changed || !['SAME', 'MOVED'].includes(change));
}

/** The text of the weightiest clause, by an anchor that leads to it alone. */
function nextStep(call: Call, whole: SpecDiff, part: SpecDiff): string | undefined {
  const [first] = [...byWeight(part), ...part.sections.filter(({ changed }) => changed)];
  const anchor = first && anchorOf(whole, first);
  if (anchor === undefined) return undefined;
  const words = ['spec diff', ...call.args.map(quoted), '--anchor', quoted(anchor), '--patch'];
  return nextCommand(call, words.join(' '));
}
