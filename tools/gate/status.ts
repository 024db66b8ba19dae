import {
  contradictingStatus,
  type GovTree,
  INTENTS,
  type Intent,
  intentAbout,
  stubState,
  wpIdFrom,
} from '../artifacts/index.ts';
import { linePlace, TreeError } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { findBlockers } from './blockers.ts';
import { type Dossier, openDossier } from './dossier.ts';
import type { SpecLibrary } from './drift/library.ts';
import { notesOf } from './items/copy-notes.ts';
import { judge } from './items/index.ts';
import { judgeRegistry } from './items/registry.ts';
import { type Evidence, isSettled, judged, type Stage, type WpItem, type WpStatus } from './model.ts';
import { nextStep } from './next.ts';

/** Asked of every work packet: a checklist may ask for more, and for nothing less. */
const ALWAYS = INTENTS.filter((intent) => intent !== 'other');

/**
 * May this work packet start, and what is missing? Throws a UsageError for what is no id, and a TreeError
 * (`wp/unknown`) for an id that no document has. Without `library` the spec in force is the only one at hand.
 */
export function wpStatus(
  tree: GovTree,
  spec: SpecIndex | undefined,
  wpId: string,
  library?: SpecLibrary,
): WpStatus {
  const dossier = openDossier(tree, spec, wpIdFrom(wpId), library);
  const { stub, packet } = dossier;
  if (stub === undefined && packet === undefined) throw unknown(tree, wpId);
  const notes: string[] = [];
  const items = itemsOf(dossier, notes);
  notes.push(...ledgerNotes(dossier));
  const blockers = findBlockers(dossier);
  const refusal = refusalOf(dossier);
  const ready =
    refusal === undefined &&
    packet !== undefined &&
    blockers.length === 0 &&
    items.every(({ state }) => isSettled(state));
  const stage = stageOf(dossier, items, ready);
  const next = refusal === undefined && !ready ? nextOf(dossier, stage, items, blockers[0]?.wp_id) : null;
  return {
    schema: 'govkit.wp@1',
    wp_id: wpId,
    stage,
    ready,
    items,
    blockers,
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
  const asked: Asked[] = written.map(({ intent, text }) => ({ intent, text }));
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
  if (written.some(({ checked }) => checked)) notes.push('ticks in the stub are no evidence');
  const items = asked.map(({ intent, text }) => ({ intent, text, ...judge(dossier, intent, text) }));
  for (const { line } of stub?.checklist?.unreadable ?? []) {
    const detail = `the checklist at line ${line} is nested too deeply to be read`;
    const evidence: Evidence[] = [{ kind: 'stub', file: stub!.path, line, detail }];
    items.push({ intent: 'other', text: 'what nobody can read', ...judged('FAIL', evidence) });
  }
  return items.map((item, index) => ({ index: index + 1, ...item }));
}

function ledgerNotes({ ledgerProblems }: Dossier): string[] {
  const first = ledgerProblems[0];
  return first === undefined
    ? []
    : [`what the ledger says does not count: ${first.place.file}: ${first.message}`];
}

interface Asked {
  intent: Intent;
  text: string;
}

/** Whether an intent that no item has is asked for. */
function isAsked(dossier: Dossier, intent: Intent, hasChecklist: boolean): boolean {
  const { stub, packet, registryRows } = dossier;
  // Notes cannot be copied from a stub that is not there.
  if (intent === 'copy_notes') return stub !== undefined && notesOf(stub).length > 0;
  if (intent !== 'registry' || !hasChecklist || stub?.family !== 'M') return true;
  // Stubs of family M never had this item: it is shown where the registry contradicts the packet.
  return packet !== undefined && registryRows.length > 0 && judgeRegistry(dossier).state !== 'PASS';
}

function refusalOf({ stub, wpId, packet }: Dossier): string | undefined {
  if (stub === undefined) return undefined;
  const [first, second] = [stub.statuses[0], contradictingStatus(stub)];
  if (first !== undefined && second !== undefined) {
    const lines = `${stub.path}:${first.place.line} says "${first.raw}", line ${second.place.line} "${second.raw}"`;
    return `${wpId} must not be activated: its status is stated twice, and differs: ${lines}`;
  }
  const state = stubState(stub);
  // A stub that was activated has its packet; one that says so without a packet is not to be believed.
  if (state === 'STUB' || (packet !== undefined && state === 'ACTIVATED')) return undefined;
  const said = stub.status?.raw ?? 'nothing';
  const at = `${stub.path}:${stub.status?.place.line ?? 1}`;
  if (state === 'SUPERSEDED') return `${wpId} is superseded and must not be activated: ${at} says "${said}"`;
  return `${wpId} must not be activated: ${at} says "${said}", expected STUB`;
}

/** The last step of the chain that is done; a later record without the earlier ones moves nothing. */
function stageOf(
  { refinement, packet, gateEvents, ledger }: Dossier,
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
    ) || ledger.some(({ kind }) => kind === 'prepare');
  return prepared ? 'PREPARE' : 'SIGNATURE';
}

function nextOf(
  { wpId, refinementPath, packetPath }: Dossier,
  stage: Stage,
  items: readonly WpItem[],
  blocker: string | undefined,
): string | null {
  const commands: Partial<Record<Stage, string>> = {
    STUB: nextStep.refine(wpId),
    REFINEMENT:
      items.find(({ intent }) => intent === 'refinement_file')?.next ?? nextStep.complete(refinementPath),
    APPROVAL: nextStep.sign(refinementPath),
    SIGNATURE: nextStep.prepare(wpId),
    PREPARE: nextStep.create(packetPath),
  };
  const first = items.find(({ state, next }) => !isSettled(state) && next !== undefined);
  return commands[stage] ?? first?.next ?? (blocker === undefined ? null : nextStep.status(blocker));
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
