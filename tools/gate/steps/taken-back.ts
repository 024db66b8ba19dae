import {
  changedParts,
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
import { unmet } from './plan.ts';

/** What an undo writes beside its entry. */
export interface Back {
  /** Why it may not: somebody has worked in what would be taken away. */
  unmet: Finding[];
  documents: Map<string, string | undefined>;
  git: GitAction[];
  said: string[];
}

type By<K extends TypedEntry['kind']> = TypedEntry<K>;

/** What one entry wrote, as it was before. A file that is gone already is no obstacle. */
export function takenBack(dossier: Dossier, target: TypedEntry): Back {
  const back: Back = { unmet: [], documents: new Map(), git: [], said: [] };
  switch (target.kind) {
    case 'stub':
      stubBack(dossier, target, back);
      break;
    case 'refine':
      refinementBack(dossier, target, back);
      break;
    case 'approve':
    case 'sign':
      linesBack(dossier, target, back);
      break;
    case 'prepare':
      preparedBack(target, back);
      break;
    case 'create':
      packetBack(dossier, target, back);
      break;
  }
  return back;
}

function edited(back: Back, path: string, name: string): void {
  const message = `Unexpected change of ${path} (${name}), expected it as it was written: somebody has worked in it`;
  back.unmet.push(unmet('undo', 'WORKED_IN', linePlace(path, 1), message));
}

function stubBack({ stub }: Dossier, { data }: By<'stub'>, back: Back): void {
  if (stub === undefined) return;
  const changes = changedParts(data.parts, partDigests(['stub', stubParts(stub)]));
  if (changes[0] !== undefined) edited(back, stub.path, changes[0].name);
  else back.documents.set(stub.path, undefined);
}

function refinementBack({ refinement }: Dossier, { data }: By<'refine'>, back: Back): void {
  if (refinement === undefined) return;
  if (data.taken_on === true) {
    back.said.push(`left ${refinement.path}: it was there before`);
    return;
  }
  const changes = changedParts(data.parts, partDigests(['refinement', refinementParts(refinement)]));
  if (changes[0] !== undefined) edited(back, refinement.path, changes[0].name);
  else back.documents.set(refinement.path, undefined);
}

/** What the fields say until the Operator has written in them. */
const OPEN = { reviewStatus: 'PENDING', approvalEvidence: '<pending>', signature: '<pending>' } as const;

function linesBack({ refinement }: Dossier, { kind, data }: By<'approve' | 'sign'>, back: Back): void {
  if (refinement === undefined) return;
  const keys = kind === 'sign' ? (['signature'] as const) : (['reviewStatus', 'approvalEvidence'] as const);
  let before = refinement;
  for (const key of keys) {
    const field = refinement[key];
    before = withValue(before, field, data.was?.[field?.key ?? ''] ?? OPEN[key]);
  }
  back.documents.set(refinement.path, printDocument(before));
}

function preparedBack({ data }: By<'prepare'>, back: Back): void {
  const { branch, worktree, base, found = [] } = data;
  if (!found.includes('worktree')) back.git.push({ kind: 'remove-worktree', path: worktree, branch });
  if (!found.includes('branch')) back.git.push({ kind: 'remove-branch', name: branch, at: base });
  for (const what of found) back.said.push(`left the ${what}: it was there before`);
}

function packetBack({ packet }: Dossier, { data }: By<'create'>, back: Back): void {
  if (packet === undefined) return;
  const changes = changedParts(data.parts, partDigests(['packet', packetParts(packet)]));
  const whole = sha256(packet.file.text.replaceAll('\r\n', '\n'));
  if (changes[0] !== undefined) edited(back, packet.path, changes[0].name);
  else if (whole !== data.sha256) edited(back, packet.path, "the Coder's or the Validator's part");
  else back.documents.set(packet.path, undefined);
}
