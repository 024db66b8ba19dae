import { acceptedPath } from '../../config/index.ts';
import { summarize, UsageError } from '../../findings/index.ts';
import { affectedBy, affectedDocuments, openLibrary, pinsOf, restingOn } from '../../gate/index.ts';
import { type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import { diffSpecs, type SectionChange, type SpecDiff } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadSettings, value } from '../load.ts';
import { nextCommand, quoted } from '../next.ts';
import { pinnedGlobs } from '../pinned.ts';
import { byWeight, printPatch, printSpecDiff } from '../reporters/spec-diff.ts';
import type { Touched } from '../reporters/spec-diff-affected.ts';
import { specDiffReport } from '../reporters/spec-diff-json.ts';
import { anchorOf, partOf } from '../spec-diff/part.ts';
import { type DiffSides, settingsOf, sidesOf } from '../spec-diff/sides.ts';
import { loadTree } from '../tree.ts';

const WHOM = ['producer', 'consumer'] as const;

/**
 * What changed between two versions of the spec. A difference is no failure; with `--check` a contract that breaks
 * somebody is one, where nothing accepts it.
 */
export async function run(call: Call): Promise<ExitCode> {
  const whom = whomOf(call);
  const isGate = call.flags.has('check');
  if (isGate && call.flags.has('patch')) throw new UsageError('--check and --patch exclude each other');
  const snapshot = worktreeSnapshot(call.root);
  const sides = await sidesOf(call, snapshot);
  const whole = diffSpecs(sides.from.index, sides.to.index);
  const anchors = call.values.anchor ?? [];
  const diff = anchors.length === 0 ? whole : partOf(whole, anchors);
  if (call.flags.has('patch') && !call.json) {
    printPatch(call.out, patched(diff));
    return 0;
  }
  // The dialects take longer to load than a patch to print.
  const { compareContracts } = await import('../spec-diff/contracts.ts');
  const contracts = await compareContracts(sides, {
    whom,
    today: new Date().toISOString().slice(0, 10),
    ...(diff !== whole && { part: diff }),
  });
  const { contractBlocks, contractReport } = await import('../reporters/spec-diff-contracts.ts');
  if (call.json) {
    const touched = await touchedBy(call, snapshot, whole, diff);
    call.out.json(specDiffReport(diff, touched, contractReport(contracts), sides.compared));
  } else if (isGate) {
    const { printContractCheck } = await import('../reporters/spec-diff-check.ts');
    printContractCheck(call, sides, contracts, await acceptedFile(sides));
  } else {
    const beside = { ...contractBlocks(call.out, contracts), compared: sides.compared };
    printSpecDiff(call.out, diff, await touchedBy(call, snapshot, whole, diff), beside);
    const broken = contracts.findings.find(
      ({ severity, rule }) => severity === 'error' && !rule.startsWith('contract/accepted-'),
    );
    const next = broken ? nextCommand(call, `explain ${broken.rule}`) : nextStep(call, whole, diff);
    if (next !== undefined) {
      call.out.line();
      call.out.line(`${call.out.dim('next')}   ${next}`);
    }
  }
  return isGate && summarize(contracts.findings).error > 0 ? 1 : 0;
}

function whomOf(call: Call): readonly (typeof WHOM)[number][] {
  const given = value(call, 'for');
  if (given === undefined) return WHOM;
  const found = WHOM.filter((who) => who === given);
  if (found.length === 0) throw new UsageError(`--for ${given}: expected ${WHOM.join(' or ')}`);
  return found;
}

async function acceptedFile({ to }: DiffSides): Promise<string> {
  return acceptedPath(await settingsOf(to.home));
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
