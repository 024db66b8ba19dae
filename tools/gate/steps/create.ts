import {
  baseWpId,
  lastOf,
  type PacketInput,
  packetParts,
  partDigests,
  type Refinement,
  readPacket,
  readPacketInput,
  renderedNow,
  revisionOf,
  type Stub,
  type StubNote,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
import { decode, sha256 } from '../../text/index.ts';
import { asciiEscaped } from '../ascii.ts';
import { findBlockers } from '../blockers.ts';
import type { Dossier } from '../dossier.ts';
import { HUMANS, judge } from '../items/index.ts';
import { isSettled } from '../model.ts';
import { nextStep } from '../next.ts';
import { packetInputUnmet } from './packet-input.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';
import { elsewhereUnmet } from './sign.ts';

export interface CreateInput {
  template: string;
}

/**
 * The packet, made of what was signed and of nothing else: scope, acceptance and anchors from the stub, everything
 * else from the refinement. Each note of the stub is carried, or dropped for a reason that was signed.
 */
export function planCreate(dossier: Dossier, by: By, input: CreateInput): StepPlan {
  const { wpId, stub, packet, packetPath, refinement, refinementPath, fold, tree } = dossier;
  const plan = emptyPlan('create', wpId);
  const created = lastOf(fold, 'create');
  if (created !== undefined && packet !== undefined) {
    plan.done = `${packetPath} was created at ${created.time}`;
    return plan;
  }
  const refuse = (code: string, place: Finding['place'], message: string): void => {
    plan.unmet.push(unmet('create', code, place, message));
  };
  plan.unmet.push(...commonUnmet(dossier, 'create', by), ...elsewhereUnmet(dossier, 'create'));
  const stubPath = `${tree.folder}/task_packets/stubs/${wpId}.md`;
  if (stub === undefined)
    refuse(
      'NO_STUB',
      linePlace(stubPath, 1),
      `Unexpected absence of a stub for ${wpId}, expected one to create the packet from`,
    );
  if (packet !== undefined)
    refuse(
      'PACKET_EXISTS',
      linePlace(packet.path, 1),
      `Unexpected packet ${packet.path}, expected none: it is not overwritten`,
    );
  else if (tree.paths.has(packetPath))
    refuse(
      'IN_THE_WAY',
      linePlace(packetPath, 1),
      `Unexpected file at ${packetPath}, expected none: it is no packet, and is not overwritten`,
    );
  const prepared = lastOf(fold, 'prepare');
  const signed = lastOf(fold, 'sign');
  if (prepared === undefined || signed === undefined)
    refuse(
      'NOT_PREPARED',
      linePlace(refinementPath, 1),
      `Unexpected creation, expected branch, worktree and coder first (${nextStep.prepare(wpId)})`,
    );
  if (refinement === undefined)
    refuse(
      'NO_REFINEMENT',
      linePlace(refinementPath, 1),
      `Unexpected absence of ${refinementPath}, expected the refinement that was signed`,
    );
  plan.unmet.push(...itemsUnmet(dossier), ...blockersUnmet(dossier));
  if (stub === undefined || refinement === undefined || prepared === undefined || signed === undefined)
    return finished(plan);
  const wanted = readPacketInput(refinement);
  plan.unmet.push(...packetInputUnmet('create', stub, refinement, wanted));
  if (plan.unmet.length > 0) return finished(plan);
  const { text, notes } = fill(dossier, by, { input, stub, refinement, wanted, prepared, signed });
  const made = readPacket(decode(packetPath, new TextEncoder().encode(text)));
  const data = {
    packet: packetPath,
    parts: partDigests(['packet', packetParts(made)]),
    sha256: sha256(text),
    notes,
    was: renderedNow(tree, wpId),
  };
  record(plan, dossier, by, { kind: 'create', data }, new Map([[packetPath, text]]));
  const dropped = Object.values(notes).filter((target) => target.startsWith('DROPPED')).length;
  const carried = Object.keys(notes).length - dropped;
  plan.said.push(
    `wrote ${packetPath}: ${carried} notes of the stub carried, ${dropped} dropped`,
    'rendered board, registry and stub',
  );
  return finished(plan);
}

/** What every item but packet, board and registry has to be before a packet is made. */
function itemsUnmet(dossier: Dossier): Finding[] {
  const { wpId, stub, refinementPath } = dossier;
  const items = (stub?.checklist?.items ?? []).map(({ intent, text, index, place }) => ({
    intent,
    text,
    index,
    place,
  }));
  for (const intent of ['main_body', 'refinement_block', 'signature', 'refinement_file'] as const) {
    if (items.some((item) => item.intent === intent)) continue;
    items.push({
      intent,
      text: intent,
      index: items.length + 1,
      place: linePlace(stub?.path ?? refinementPath, 1),
    });
  }
  return items.flatMap((item) => {
    if (['packet', 'board', 'registry', 'copy_notes'].includes(item.intent)) return [];
    const { state, evidence, next } = judge(dossier, item);
    // What is not committed yet is committed with the packet.
    if (
      isSettled(state) ||
      (item.intent === 'refinement_file' &&
        evidence[0]?.kind === 'absent' &&
        next === nextStep.commit(refinementPath))
    )
      return [];
    const why = evidence[0]?.detail ?? item.text;
    const way =
      next === undefined ? '' : ` (${HUMANS.has(item.intent) ? nextStep.attest(wpId, item.index) : next})`;
    return [
      unmet(
        'create',
        'ITEM_OPEN',
        item.place,
        `Unexpected item ${item.index} (${item.intent}) that does not hold, expected it to: ${why}${way}`,
      ),
    ];
  });
}

function blockersUnmet(dossier: Dossier): Finding[] {
  return findBlockers(dossier).blockers.map(({ wp_id: blocker, detail, file, line }) =>
    unmet(
      'create',
      'BLOCKED',
      linePlace(file, line),
      `Unexpected blocker ${blocker}, expected it validated or waived: ${detail} (${nextStep.waive(dossier.wpId, blocker)})`,
    ),
  );
}

interface Sources {
  input: CreateInput;
  stub: Stub;
  refinement: Refinement;
  wanted: PacketInput;
  prepared: TypedEntry<'prepare'>;
  signed: TypedEntry<'sign'>;
}

function fill(dossier: Dossier, by: By, sources: Sources): { text: string; notes: Record<string, string> } {
  const { wpId, fold, spec, refinementPath } = dossier;
  const { input, stub, refinement, wanted, prepared, signed } = sources;
  const notes: Record<string, string> = {};
  const carry = (bullets: readonly StubNote[], target: string): string => {
    const indent = target === 'DONE_MEANS' ? '' : '  ';
    const lines: string[] = [];
    // Depths of the carried bullets that the next one may stand below: what hung on a dropped one moves up.
    const above: number[] = [];
    for (const { text, depth } of bullets) {
      const id = sha256(text).slice(0, 12);
      const fate = wanted.notes.get(id)!.text;
      notes[id] = fate === 'CARRY' ? target : asciiEscaped(fate);
      while (above.length > 0 && above.at(-1)! >= depth) above.pop();
      if (fate !== 'CARRY') continue;
      lines.push(`${indent}${'  '.repeat(above.length)}- ${asciiEscaped(text)}`);
      above.push(depth);
    }
    return lines.length > 0 ? lines.join('\n') : `${indent}- NONE`;
  };
  const list = (key: string, indent: string): string =>
    (wanted.lists.get(key) ?? []).map(({ text }) => `${indent}- ${asciiEscaped(text)}`).join('\n');
  const value = (key: string): string => asciiEscaped(wanted.values.get(key)!.text);
  const paths = wanted.lists.get('IN_SCOPE_PATHS') ?? [];
  const anchors = refinement.anchors.flatMap(({ anchor }) => (anchor === undefined ? [] : [anchor.raw]));
  const values: Record<string, string> = {
    WP_ID: wpId,
    BASE_WP_ID: baseWpId(wpId),
    DATE: by.time,
    MERGE_BASE_SHA: prepared.data.base,
    REQUESTOR: value('REQUESTOR'),
    AGENT_ID: asciiEscaped(by.actor),
    ROLE: by.role,
    CODER_ID: prepared.data.coder,
    RISK_TIER: value('RISK_TIER'),
    USER_SIGNATURE: signed.data.signature,
    REFINEMENT_FILE: refinementPath,
    BRANCH: prepared.data.branch,
    WORKTREE: prepared.data.worktree,
    WHAT: asciiEscaped(intentOf(stub, 'What')),
    WHY: asciiEscaped(intentOf(stub, 'Why')),
    IN_SCOPE_PATHS: list('IN_SCOPE_PATHS', '  '),
    IN_SCOPE: carry(stub.inScope, 'SCOPE.IN_SCOPE'),
    OUT_OF_SCOPE: carry(stub.outOfScope, 'SCOPE.OUT_OF_SCOPE'),
    WAIVERS: waivers(dossier),
    TEST_PLAN: (wanted.lists.get('TEST_PLAN') ?? [])
      .map(({ text }) => asciiEscaped(text).replace(/^`|`$/g, ''))
      .join('\n'),
    DONE_MEANS: carry(stub.acceptance, 'DONE_MEANS'),
    ROLLBACK_HINT: value('ROLLBACK_HINT'),
    SPEC_TARGET: asciiEscaped(refinement.specTarget?.raw ?? spec?.source ?? ''),
    SPEC_ANCHORS: anchors.map((anchor) => `- SPEC_ANCHOR: ${asciiEscaped(anchor)}`).join('\n'),
    LINEAGE: lineage(wpId, lastOf(fold, 'stub')),
    FILES_TO_OPEN: [stub.path, refinementPath, ...paths.map(({ text }) => text)]
      .map((path) => `  - ${path}`)
      .join('\n'),
    RISK_MAP: list('RISK_MAP', '  '),
    END_TO_END_CLOSURE_PLAN: list('END_TO_END_CLOSURE_PLAN', ''),
  };
  const text = input.template.replace(
    /\{\{([A-Z_0-9]+)\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  return { text, notes };
}

/** `What: ...` of the stub's INTENT, with what it goes on with. */
function intentOf(stub: Stub, key: 'What' | 'Why'): string {
  const section = stub.sections.find(({ title }) => /^INTENT\b/i.test(title));
  const lines = section === undefined ? [] : stub.file.lines.slice(section.line, section.endLine);
  const found = lines.map((line) => new RegExp(`^[-*+]\\s+${key}:\\s*(.+)$`).exec(line)?.[1]).find(Boolean);
  return found?.trim() ?? 'see the stub';
}

function waivers(dossier: Dossier): string {
  const { waived } = findBlockers(dossier);
  if (waived.length === 0) return '- NONE';
  return waived.map(({ wp_id: blocker, detail }) => `- ${blocker}: ${asciiEscaped(detail)}`).join('\n');
}

function lineage(wpId: string, stub: TypedEntry<'stub'> | undefined): string {
  const before = stub?.data.revision_of;
  if (before !== undefined) return `${before} was superseded by this packet; see its ledger for the reason`;
  return revisionOf(wpId) > 1 ? `${baseWpId(wpId)} has earlier revisions; see the registry` : 'NONE';
}
