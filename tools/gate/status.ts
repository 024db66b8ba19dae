import { type GovTree, INTENTS, type Intent, intentAbout, lastOf, wpIdFrom } from '../artifacts/index.ts';
import { linePlace, TreeError } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { findBlockers } from './blockers.ts';
import { type Dossier, openDossier } from './dossier.ts';
import type { SpecLibrary } from './drift/library.ts';
import type { Ground } from './ground/ground.ts';
import { notesOf } from './items/copy-notes.ts';
import { type Asked, HUMANS, judge } from './items/index.ts';
import { judgeRegistry } from './items/registry.ts';
import { type Evidence, isSettled, judged, type Stage, type WpItem, type WpStatus } from './model.ts';
import { nextStep } from './next.ts';
import { refusalOf } from './refusal.ts';

/** How a note begins that tells why entries of the ledger count for nothing. */
export const LEDGER_BROKEN = 'what the ledger says does not count';

/** Asked of every work packet: a checklist may ask for more, and for nothing less. */
const ALWAYS = INTENTS.filter((intent) => intent !== 'other');

/**
 * May this work packet start, and what is missing? Throws a UsageError for what is no id, and a TreeError
 * (`wp/unknown`) for an id that no document has. Without `library` the spec in force is the only one at hand, and
 * without `ground` nothing is known of the repository around the tree.
 */
export function wpStatus(
  tree: GovTree,
  spec: SpecIndex | undefined,
  wpId: string,
  library?: SpecLibrary,
  ground?: Ground,
): WpStatus {
  const dossier = openDossier(tree, spec, wpIdFrom(wpId), library, ground);
  const { stub, packet } = dossier;
  if (stub === undefined && packet === undefined) throw unknown(tree, wpId);
  const notes: string[] = [];
  const items = itemsOf(dossier, notes);
  notes.push(...ledgerNotes(dossier));
  const { blockers, waived } = findBlockers(dossier);
  const refusal = refusalOf(dossier);
  const ready =
    refusal === undefined &&
    packet !== undefined &&
    // Records that could have been typed do not stand in for a ledger that somebody took an entry from.
    !dossier.ledgerBroken &&
    dossier.ground.interrupted === undefined &&
    blockers.length === 0 &&
    items.every(({ state }) => isSettled(state));
  const stage = stageOf(dossier, items, ready);
  const step = refusal === undefined && !ready ? nextOf(dossier, stage, items, blockers[0]?.wp_id) : null;
  const next = dossier.ground.interrupted?.next ?? step;
  return {
    schema: 'govkit.wp@1',
    wp_id: wpId,
    stage,
    ready,
    items,
    blockers,
    waived,
    ...(refusal === undefined ? {} : { refusal }),
    notes,
    next,
  };
}

function itemsOf(dossier: Dossier, notes: string[]): WpItem[] {
  const { stub } = dossier;
  const written = stub?.checklist?.items ?? [];
  if (written.length === 0) {
    notes.push(
      stub === undefined
        ? 'there is no stub: these items are the usual ones, and no document asks for them'
        : 'the stub has no checklist: these items are the usual ones',
    );
  }
  const asked: Omit<Asked, 'index'>[] = written.map(({ intent, text }) => ({ intent, text }));
  for (const intent of ALWAYS) {
    if (asked.some((item) => item.intent === intent) || !isAsked(dossier, intent, written.length > 0))
      continue;
    const about = intentAbout(intent);
    asked.push({
      intent,
      text:
        written.length === 0
          ? about
          : `${about} (the stub does not ask for it; it is asked for all the same)`,
    });
  }
  // Those that the tool wrote say what its ledger has; typed ones say nothing.
  if (lastOf(dossier.fold, 'create') === undefined && written.some(({ checked }) => checked))
    notes.push('ticks in the stub are no evidence');
  const items: WpItem[] = asked.map((item, at) => {
    const numbered = { index: at + 1, ...item };
    return { ...numbered, ...judge(dossier, numbered) };
  });
  for (const { line } of stub?.checklist?.unreadable ?? []) {
    const detail = `the checklist at line ${line} is nested too deeply to be read`;
    const evidence: Evidence[] = [{ kind: 'stub', file: stub!.path, line, detail }];
    const index = items.length + 1;
    items.push({ index, intent: 'other', text: 'what nobody can read', ...judged('FAIL', evidence) });
  }
  return items;
}

function ledgerNotes({ ledgerProblems, ground, wpId, tree }: Dossier): string[] {
  const first = ledgerProblems[0];
  const log = tree.findings.find(
    ({ place, severity }) => severity === 'error' && place.file === tree.gates?.path,
  );
  const elsewhere = ground.entries.filter(({ what }) => what.wpId === wpId);
  const { interrupted } = ground;
  return [
    ...(interrupted === undefined ? [] : [interruptedText(interrupted)]),
    ...(first === undefined ? [] : [`${LEDGER_BROKEN}: ${first.place.file}: ${first.message}`]),
    ...(log === undefined ? [] : [`the gate log is not read whole: ${log.place.file}: ${log.message}`]),
    ...elsewhere.map(
      ({ where, what }) => `${where} has ${what.kind} of ${what.time ?? 'no time'}, which is not here`,
    ),
    ...(ground.incomplete === undefined ? [] : [`not everything can be proven here: ${ground.incomplete}`]),
  ];
}

/** What a step that was interrupted has written may be half there, in documents of other packets too. */
export function interruptedText({ step, wpId }: NonNullable<Ground['interrupted']>): string {
  const of = wpId === '' ? '' : ` of ${wpId}`;
  return `the step "${step}"${of} was interrupted here, and what it writes may be half there`;
}

/** Whether an intent that no item has is asked for. */
function isAsked(dossier: Dossier, intent: Intent, hasChecklist: boolean): boolean {
  const { stub, packet } = dossier;
  // Notes cannot be copied from a stub that is not there.
  if (intent === 'copy_notes') return stub !== undefined && notesOf(stub).length > 0;
  if (intent !== 'registry' || !hasChecklist || stub?.family !== 'M') return true;
  // Stubs of family M never had this item: it is shown where the registry has no row of the packet, or another.
  return packet !== undefined && judgeRegistry(dossier).state !== 'PASS';
}

/** The last step of the chain that is done; a later record without the earlier ones moves nothing. */
function stageOf(
  { refinement, packet, gateEvents, fold }: Dossier,
  items: readonly WpItem[],
  ready: boolean,
): Stage {
  if (ready) return 'READY';
  if (packet !== undefined) return 'PACKET';
  if (refinement === undefined) return 'STUB';
  if (refinement.reviewStatus?.value !== 'APPROVED') return 'REFINEMENT';
  const signature = items.find(({ intent }) => intent === 'signature');
  if (signature === undefined || !isSettled(signature.state)) return 'APPROVAL';
  const prepared =
    gateEvents.some(
      ({ type, time }) =>
        type === 'PREPARE' && gateEvents.some((event) => event.type === 'SIGNATURE' && event.time < time),
    ) || lastOf(fold, 'prepare') !== undefined;
  return prepared ? 'PREPARE' : 'SIGNATURE';
}

function nextOf(
  { wpId, ledgerProblems, ledgerBroken }: Dossier,
  stage: Stage,
  items: readonly WpItem[],
  blocker: string | undefined,
): string | null {
  // Heads that compete since an entry between them is gone are not settled but brought back.
  const gone = ledgerProblems.some(({ rule }) => /^ledger\/(?:parent-missing|name-mismatch)$/.test(rule));
  const compete = ledgerProblems.some(({ rule }) => rule === 'ledger/heads-compete');
  if (compete && !gone) return nextStep.settle(wpId);
  if (ledgerBroken) return nextStep.check();
  const of = (intent: Intent): WpItem | undefined => items.find((item) => item.intent === intent);
  const human = items.find(({ intent, state, next }) => HUMANS.has(intent) && !isSettled(state) && next);
  if (stage === 'STUB') return nextStep.refine(wpId);
  if (stage === 'REFINEMENT') return of('refinement_file')?.next ?? nextStep.refine(wpId);
  // What re-opened is approved before it is signed again.
  const block = of('refinement_block');
  if (block !== undefined && !isSettled(block.state)) return block.next ?? nextStep.approve(wpId);
  if (stage === 'APPROVAL') return nextStep.sign(wpId);
  if (stage === 'SIGNATURE') return nextStep.prepare(wpId);
  if (stage === 'PREPARE') {
    if (human?.intent === 'main_body') return human.next!;
    return blocker === undefined ? nextStep.create(wpId) : nextStep.waive(wpId, blocker);
  }
  const first = items.find(({ state, next }) => !isSettled(state) && next !== undefined);
  return first?.next ?? (blocker === undefined ? null : nextStep.waive(wpId, blocker));
}

function unknown(tree: GovTree, wpId: string): TreeError {
  const folder = `${tree.folder}/task_packets`;
  return new TreeError({
    rule: 'wp/unknown',
    severity: 'error',
    place: linePlace(folder, 1),
    message: `Unexpected work packet ${wpId}, expected one with a stub or a packet under ${folder}`,
    args: { wpId, folder },
  });
}
