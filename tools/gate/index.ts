export { type Admitted, admit, type RefusalCode, type Refused } from './admit.ts';
export {
  type AffectedDocument,
  type AffectedSignature,
  affectedBy,
  affectedDocuments,
  restingOn,
} from './drift/affected.ts';
export { type Affected, FATES, type Fate, type SignatureState } from './drift/fate.ts';
export { type Found, openLibrary, type SpecLibrary } from './drift/library.ts';
export { type ArtifactKind, GOVERNED, type Pin, pinsOf } from './drift/pins.ts';
export { planRebase, type RebasePlan, type RebaseWrite } from './drift/rebase.ts';
export { applyRebase, type RebaseFiles } from './drift/rebase-apply.ts';
export type { RebaseDocument, RebaseState, RebaseTarget } from './drift/rebase-document.ts';
export { diffOf } from './drift/rests.ts';
export { checkWindow, type WindowCheck, type WindowState } from './drift/window.ts';
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
export { type Plan, planRefinement, type RefineInput } from './steps/refine.ts';
export { type CoveredItem, missingStubs, roadmapCover } from './steps/roadmap-cover.ts';
export { planStub, type StubInput, type StubPlan } from './steps/stub.ts';
export type { AskedAnchor } from './steps/stub-anchors.ts';
export { suggestWpId } from './steps/stub-id.ts';
export type { AskedItem } from './steps/stub-item.ts';
