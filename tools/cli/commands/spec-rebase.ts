import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { GovTree } from '../../artifacts/index.ts';
import { linePlace, TreeError, UsageError } from '../../findings/index.ts';
import { applyRebase, diffOf, openLibrary, pinsOf, planRebase, type RebaseTarget } from '../../gate/index.ts';
import { gitState, type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import {
  findSpec,
  findVersion,
  isVersion,
  loadSpec,
  type SpecIndex,
  versionsAtHand,
} from '../../spec/index.ts';
import { writeFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { belowRoot, loadSettings, value } from '../load.ts';
import { visible } from '../output.ts';
import { pinnedGlobs } from '../pinned.ts';
import { printRebase, rebaseReport } from '../reporters/rebase.ts';
import { loadTree } from '../tree.ts';

/** Exit 1 when a person has to look at something, 0 when every pin is where it belongs. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const to = await targetSpec(call, snapshot);
  const dryRun = call.flags.has('dry-run');
  const { notes, uncommitted } = await notesOn(call, snapshot, to, dryRun);
  const tree = await loadTree(snapshot, config, { globs: pinnedGlobs(config) });
  const only = selection(call, tree);
  const path = to.files[0]!.path;
  const target: RebaseTarget = {
    to,
    file: path.slice(path.lastIndexOf('/') + 1),
    sha1: to.files[0]!.sha1,
    library: await openLibrary(snapshot, call.root, pinsOf(tree), [to]),
    diffFrom: (from) => diffOf(from, to),
  };
  const plan = await planRebase(snapshot, tree, target, only);
  if (!dryRun) {
    await applyRebase(plan, {
      read: (file) => snapshot.read(file),
      // A link stays one: what it leads to is written.
      write: async (file, text) => writeFileDurably(await realpath(resolve(call.root, file)), text),
    });
  }
  const unread = tree.findings.map(({ place }) => place.file);
  if (unread.length > 0)
    notes.push(`not looked at, since it cannot be read (gov check): ${unread.join(', ')}`);
  const report = { target, plan, notes, applied: !dryRun, ...(uncommitted !== undefined && { uncommitted }) };
  if (call.json) call.out.json(rebaseReport(report));
  else {
    if (dryRun) {
      for (const { path: file, before, after } of plan.writes) {
        const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', { context: 1 });
        for (const line of patch.trimEnd().split('\n')) call.out.line(visible(line.replace(/\r$/, '')));
      }
    }
    printRebase(call.out, report);
  }
  return unread.length > 0 || plan.documents.some(({ state }) => state === 'LEFT') ? 1 : 0;
}

async function targetSpec(call: Call, snapshot: Snapshot): Promise<SpecIndex> {
  const version = value(call, 'to');
  if (version === undefined) throw new UsageError('gov spec rebase wants --to VERSION, such as --to v02.138');
  const found = isVersion(version) ? await findVersion(snapshot, call.root, version) : undefined;
  if (found === undefined) {
    const known = (await versionsAtHand(snapshot, call.root)).map((each) => each.version);
    const list = known.length === 0 ? 'a spec file, and there is none' : known.join(', ');
    throw new UsageError(`--to ${version}: no such version at hand, expected one of ${list}`);
  }
  const to = await loadSpec(snapshot, { root: call.root, spec: found.spec });
  if (to.source !== to.files[0]!.path) {
    const what =
      to.files.length > 1
        ? `has ${to.files.length} files, and a pin names one`
        : `is only in git (${found.spec})`;
    throw new UsageError(`--to ${version}: this version ${what}, expected one file of the tree`);
  }
  return to;
}

/** What the user has to know of the target; throws where pins would name bytes that nobody else has. */
async function notesOn(
  call: Call,
  snapshot: Snapshot,
  to: SpecIndex,
  dryRun: boolean,
): Promise<{ notes: string[]; uncommitted: string | undefined }> {
  const notes: string[] = [];
  let uncommitted: string | undefined;
  const { path } = to.files[0]!;
  const state = await gitState(call.root, path);
  const found = `${path}, which is ${state === 'untracked' ? 'not in git' : 'changed since the last commit'}`;
  if (state === 'none') notes.push('there is no git here: nobody can tell whether the spec is committed');
  else if (state !== 'clean' && !dryRun) {
    throw new TreeError({
      rule: 'spec/rebase-refused',
      severity: 'error',
      place: linePlace(path, 1),
      message: `Unexpected target ${found}, expected one that is committed (git add, git commit)`,
      args: { path, state },
    });
  } else if (state !== 'clean') {
    uncommitted = path;
    notes.push(`without --dry-run this is refused: ${found}`);
  }
  const current = await findSpec(snapshot, { root: call.root }).catch((error: unknown) => {
    if (error instanceof TreeError) return undefined;
    throw error;
  });
  if (current?.source !== path) {
    notes.push(`SPEC_CURRENT.md names ${current?.source ?? 'no spec that can be read'}, and not ${path}`);
  }
  return { notes, uncommitted };
}

/** Work packets and paths of the call; each must stand for a document. */
function selection(call: Call, tree: GovTree): Set<string> {
  const only = new Set<string>();
  const documents = [...tree.refinements, ...tree.stubs];
  for (const word of call.args) {
    const path = belowRoot(call, word);
    const found = documents.find(({ stem, path: own }) => stem === word || own === path || own === word);
    if (found === undefined) {
      throw new UsageError(
        `"${word}" is no stub and no refinement here, expected a WP_ID or the path of one`,
      );
    }
    only.add(found.stem === word ? word : found.path);
  }
  return only;
}
