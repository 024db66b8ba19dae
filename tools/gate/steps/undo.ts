import {
  allOf,
  changedParts,
  lastOf,
  packetParts,
  partDigests,
  printDocument,
  refinementParts,
  stubParts,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Dossier } from '../dossier.ts';
import type { GitAction } from '../transaction/journal.ts';
import { withValue } from './approve.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface UndoInput {
  /** Hash of the entry, or how it begins; the last that counts, where none is named. */
  entry?: string | undefined;
  reason?: string | undefined;
}

/** Words may be taken back whenever; a step only while it is the last, since the next one rests on it. */
const WORDS = new Set(['attest', 'confirm', 'claim', 'waive']);
const NEVER = new Set(['undo', 'settle', 'revise']);

/** Takes back one entry and what it wrote. The entry itself stays: what was recorded is never unwritten. */
export function planUndo(dossier: Dossier, by: By, { entry: wanted, reason }: UndoInput): StepPlan {
  const { wpId, fold, tree } = dossier;
  const plan = emptyPlan('undo', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'undo', by));
  const place = linePlace(`${tree.folder}/ledger/${wpId}`, 1);
  const standing = fold.entries.filter(({ kind }) => !NEVER.has(kind));
  const target =
    wanted === undefined ? standing.at(-1) : fold.entries.find(({ hash }) => hash.startsWith(wanted));
  const gone =
    target === undefined && wanted !== undefined
      ? allOf(fold, 'undo').find(({ data }) => data.undoes.startsWith(wanted))
      : undefined;
  if (gone !== undefined) {
    plan.done = `${gone.data.undoes.slice(0, 12)} was taken back at ${gone.time}`;
    return finished(plan);
  }
  if (target === undefined) {
    const found = wanted === undefined ? `${wpId} has nothing to take back` : `no entry "${wanted}"`;
    plan.unmet.push(
      unmet('undo', 'NOTHING_TO_UNDO', place, `Unexpected undo, expected an entry that counts: ${found}`),
    );
    return finished(plan);
  }
  const at = linePlace(target.path, 1);
  const steps = standing.filter(({ kind }) => !WORDS.has(kind));
  const later = steps.slice(steps.indexOf(target) + 1);
  if (NEVER.has(target.kind))
    plan.unmet.push(
      unmet(
        'undo',
        'NOT_UNDOABLE',
        at,
        `Unexpected undo of "${target.kind}", expected a step or a word: this one stays`,
      ),
    );
  else if (!WORDS.has(target.kind) && later.length > 0) {
    const kinds = later.map(({ kind }) => kind).join(', ');
    const way =
      lastOf(fold, 'create') === undefined
        ? 'take those back first'
        : `gov wp revise ${wpId} makes the next one`;
    plan.unmet.push(
      unmet(
        'undo',
        'RESTED_ON',
        at,
        `Unexpected undo of "${target.kind}", expected the last step: ${kinds} rest on it; ${way}`,
      ),
    );
  }
  const back = takenBack(dossier, target);
  plan.unmet.push(...back.unmet);
  if (plan.unmet.length > 0) return finished(plan);
  plan.git.push(...back.git);
  const data = { undoes: target.hash, ...(reason !== undefined && { reason }) };
  record(plan, dossier, by, { kind: 'undo', data }, back.documents);
  plan.said.push(`took back "${target.kind}" of ${target.time}`);
  return finished(plan);
}

interface Back {
  unmet: Finding[];
  documents: Map<string, string | undefined>;
  git: GitAction[];
}

function takenBack(dossier: Dossier, target: TypedEntry): Back {
  const { stub, refinement, packet } = dossier;
  const back: Back = { unmet: [], documents: new Map(), git: [] };
  const edited = (path: string, name: string): void => {
    const message = `Unexpected change of ${path} (${name}), expected it as it was written: somebody has worked in it`;
    back.unmet.push(unmet('undo', 'WORKED_IN', linePlace(path, 1), message));
  };
  switch (target.kind) {
    case 'stub': {
      const changes = stub && changedParts(target.data.parts, partDigests(['stub', stubParts(stub)]));
      if (changes?.[0] !== undefined) edited(target.data.stub, changes[0].name);
      else if (stub !== undefined) back.documents.set(stub.path, undefined);
      break;
    }
    case 'refine': {
      const now = refinement && partDigests(['refinement', refinementParts(refinement)]);
      const changes = now && changedParts(target.data.parts, now);
      if (changes?.[0] !== undefined) edited(refinement!.path, changes[0].name);
      else if (refinement !== undefined) back.documents.set(refinement.path, undefined);
      break;
    }
    case 'approve': {
      if (refinement === undefined) break;
      const pending = withValue(refinement, refinement.reviewStatus, 'PENDING');
      const text = printDocument(withValue(pending, refinement.approvalEvidence, '<pending>'));
      back.documents.set(refinement.path, text);
      break;
    }
    case 'sign':
      if (refinement !== undefined)
        back.documents.set(
          refinement.path,
          printDocument(withValue(refinement, refinement.signature, '<pending>')),
        );
      break;
    case 'prepare': {
      const { branch, worktree, base } = target.data;
      back.git.push({ kind: 'remove-worktree', path: worktree, branch });
      back.git.push({ kind: 'remove-branch', name: branch, at: base });
      break;
    }
    case 'create': {
      if (packet === undefined) break;
      const changes = changedParts(target.data.parts, partDigests(['packet', packetParts(packet)]));
      const whole = sha256(packet.file.text.replaceAll('\r\n', '\n'));
      if (changes[0] !== undefined) edited(packet.path, changes[0].name);
      else if (whole !== target.data.sha256) edited(packet.path, "the Coder's or the Validator's part");
      else back.documents.set(packet.path, undefined);
      break;
    }
  }
  return back;
}
