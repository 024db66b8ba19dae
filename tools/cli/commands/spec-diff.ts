import { UsageError } from '../../findings/index.ts';
import { type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import {
  type AffectedArtifact,
  ancestors,
  changeOf,
  compareVersions,
  diffSpecs,
  findVersion,
  isVersion,
  loadSpec,
  resolveAnchor,
  type SectionChange,
  type SpecDiff,
  type SpecIndex,
  type SpecSection,
  versionsAtHand,
} from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, value } from '../load.ts';
import { byWeight, printPatch, printSpecDiff } from '../reporters/spec-diff.ts';
import { specDiffReport } from '../reporters/spec-diff-json.ts';

/** What changed between two versions of the spec. A difference is no failure: the exit code is 0. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const [from, to] = await sidesOf(call, snapshot);
  const whole = diffSpecs(from, to);
  const anchor = value(call, 'anchor');
  const diff = anchor === undefined ? whole : only(whole, anchor);
  const affected: AffectedArtifact[] = [];
  if (call.json) call.out.json(specDiffReport(diff, affected));
  else if (call.flags.has('patch')) printPatch(call.out, patched(diff, anchor !== undefined));
  else {
    printSpecDiff(call.out, diff, affected);
    const next = nextStep(call, diff);
    if (next !== undefined) {
      call.out.line();
      call.out.line(`${call.out.dim('next')}   ${next}`);
    }
  }
  return 0;
}

/** A and B; without B the spec in force; without A its predecessor. */
async function sidesOf(call: Call, snapshot: Snapshot): Promise<[SpecIndex, SpecIndex]> {
  const [a, b] = call.args;
  if (a !== undefined && b !== undefined) {
    return Promise.all([namedSpec(call, snapshot, a), namedSpec(call, snapshot, b)]);
  }
  const current = await loadCallSpec(call, snapshot);
  if (a !== undefined) return [await namedSpec(call, snapshot, a), current];
  const all = await versionsAtHand(snapshot, call.root);
  const known = isVersion(current.version);
  const before = known
    ? all.findLast(({ version }) => compareVersions(version, current.version) < 0)
    : undefined;
  if (before) return [await loadSpec(snapshot, { root: call.root, spec: before.spec }), current];
  throw new UsageError(
    `no spec before ${current.version} at hand, expected A as FILE, DIR, REV:PATH or a version · versions at hand: ${listed(all.map(({ version }) => version))}`,
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

/** What the anchor names in either spec, with all that stands below it. */
function only(diff: SpecDiff, anchor: string): SpecDiff {
  const found = [diff.from, diff.to].flatMap((index) => {
    const { section, candidates } = resolveAnchor(index, anchor);
    return section ? [section] : candidates;
  });
  if (found.length === 0) {
    throw new UsageError(
      `--anchor ${anchor}: no section of ${diff.from.version} or ${diff.to.version}, expected a number with or without its title`,
    );
  }
  const wanted = new Set(found.map((section) => changeOf(diff, section)));
  const isIn = (index: SpecIndex, section: SpecSection | undefined): boolean =>
    section !== undefined &&
    ancestors(index.sections, section).some((around) => wanted.has(changeOf(diff, around)));
  const sections = diff.sections.filter(
    (change) => wanted.has(change) || isIn(diff.from, change.from) || isIn(diff.to, change.to),
  );
  const counts = { ...diff.counts };
  for (const change of Object.keys(counts) as (keyof typeof counts)[]) {
    counts[change] = sections.filter((section) => section.change === change).length;
  }
  return { ...diff, sections, counts };
}

/** Changed clauses; of an anchor that was asked for also those that came and went. */
function patched({ sections }: SpecDiff, asked: boolean): SectionChange[] {
  return sections.filter(
    ({ change, changed }) => changed || (asked && (change === 'NEW' || change === 'GONE')),
  );
}

function nextStep(call: Call, diff: SpecDiff): string | undefined {
  const changed = [...byWeight(diff), ...diff.sections.filter((section) => section.changed)];
  const number = changed.find(({ to }) => to?.number !== undefined)?.to?.number;
  if (number === undefined) return undefined;
  // What was left out is chosen again in the same way.
  const sides = call.spec === undefined ? call.args : [...call.args, '--spec', call.spec];
  return ['gov spec diff', ...sides.map(quoted), '--anchor', number, '--patch'].join(' ');
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w.:/@^~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
