export { type Admitted, admit, type RefusalCode, type Refused } from './admit.ts';
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
