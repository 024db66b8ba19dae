export { type Admitted, admit, type RefusalCode, type Refused } from './admit.ts';
export { againstBase, type Base, demandOf, touchedPackets } from './base.ts';
export { type Dossier, openDossier } from './dossier.ts';
export {
  type AffectedDocument,
  type AffectedSignature,
  affectedBy,
  affectedDocuments,
  restingOn,
} from './drift/affected.ts';
export { type Affected, FATES, type Fate, type SignatureState } from './drift/fate.ts';
export { type Found, openLibrary, type SpecLibrary } from './drift/library.ts';
export { nameOfSpec } from './drift/modules.ts';
export { type ArtifactKind, GOVERNED, type Pin, pinsOf } from './drift/pins.ts';
export { planRebase, type RebasePlan, type RebaseWrite } from './drift/rebase.ts';
export { applyRebase, type RebaseFiles } from './drift/rebase-apply.ts';
export type { RebaseDocument, RebaseState, RebaseTarget } from './drift/rebase-document.ts';
export { diffOf } from './drift/rests.ts';
export { type SpecDrift, specDrift } from './drift/spec-drift.ts';
export { checkWindow, type WindowCheck, type WindowState } from './drift/window.ts';
export { idsElsewhere } from './ground/elsewhere.ts';
export { firstCommit } from './ground/first-commit.ts';
export { type CommitState, type Ground, type SshVerdict, unknownGround } from './ground/ground.ts';
export { type GroundOptions, readGround } from './ground/read.ts';
export { type Statement, sshSign } from './ground/ssh.ts';
export { type Prepared, workIn } from './ground/work.ts';
export { notesOf } from './items/copy-notes.ts';
export {
  type Blocker,
  type Evidence,
  type EvidenceKind,
  type ItemState,
  isOpen,
  isSettled,
  type Judgement,
  type Stage,
  stateWord,
  type WpItem,
  type WpStatus,
} from './model.ts';
export { GATE_RULES } from './rules.ts';
export { wpStatus } from './status.ts';
export { planApprove } from './steps/approve.ts';
export { type CreateInput, planCreate } from './steps/create.ts';
export { type OpenRow, openStubRows } from './steps/open-rows.ts';
export type { By, StepPlan } from './steps/plan.ts';
export {
  branchFrom,
  coderFrom,
  type PrepareInput,
  planPrepare,
  worktreeActions,
  worktreeFrom,
  worktreeUnmet,
} from './steps/prepare.ts';
export { openRows, planRefine, type RefineInput, refinementBlock } from './steps/refine.ts';
export { planRevise, type ReviseInput } from './steps/revise.ts';
export { type CoveredItem, missingStubs, roadmapCover } from './steps/roadmap-cover.ts';
export { planSettle, type SettleInput } from './steps/settle.ts';
export { planSign, type SignInput, type SignPlan } from './steps/sign.ts';
export { planStub, planStubStep, type StubInput, type StubPlan } from './steps/stub.ts';
export type { AskedAnchor } from './steps/stub-anchors.ts';
export { suggestWpId } from './steps/stub-id.ts';
export type { AskedItem } from './steps/stub-item.ts';
export { planSync } from './steps/sync.ts';
export { planUndo, type UndoInput, undoTargets } from './steps/undo.ts';
export { type AttestInput, planAttest, planWaive, type WaiveInput, WORD_OF } from './steps/word.ts';
export { abandon, apply, type Change, type Recovered, recover } from './transaction/apply.ts';
export { type GitAction, type Journal, readJournal } from './transaction/journal.ts';
export { type Lock, takeLock } from './transaction/lock.ts';
