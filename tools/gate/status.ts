import { type GovTree, type Intent, intentAbout, stubState, wpIdFrom } from '../artifacts/index.ts';
import { linePlace, TreeError } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { findBlockers } from './blockers.ts';
import { type Dossier, openDossier } from './dossier.ts';
import { judge } from './items/index.ts';
import { isSettled, type Stage, type WpItem, type WpStatus } from './model.ts';
import { nextStep } from './next.ts';

/** Asked of a packet that no stub stands for; notes cannot be copied from a stub that is not there. */
const WITHOUT_STUB: readonly Intent[] = [
  'main_body',
  'refinement_block',
  'signature',
  'refinement_file',
  'packet',
  'board',
  'registry',
];

/**
 * May this work packet start, and what is missing? Throws a UsageError for what is no id, and a TreeError
 * (`wp/unknown`) for an id that no document has.
 */
export function wpStatus(tree: GovTree, spec: SpecIndex | undefined, wpId: string): WpStatus {
  const dossier = openDossier(tree, spec, wpIdFrom(wpId));
  const { stub, packet } = dossier;
  if (stub === undefined && packet === undefined) throw unknown(tree, wpId);
  const notes: string[] = [];
  const items = itemsOf(dossier, notes);
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
  const asked =
    written.length > 0
      ? written
      : WITHOUT_STUB.map((intent, index) => ({ index: index + 1, intent, text: intentAbout(intent) }));
  if (written.some(({ checked }) => checked)) notes.push('ticks in the stub are no evidence');
  return asked.map(({ index, intent, text }) => ({ index, intent, text, ...judge(dossier, intent, text) }));
}

function refusalOf({ stub, wpId, packet }: Dossier): string | undefined {
  if (stub === undefined) return undefined;
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
    gateEvents.some(({ type }) => type === 'PREPARE') || ledger.some(({ kind }) => kind === 'prepare');
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
