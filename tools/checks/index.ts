export {
  BASELINE_SCHEMA,
  type Baseline,
  type BaselineEntry,
  baselineOf,
  beyondBaseline,
  printBaseline,
  shrunkBaseline,
} from './baseline.ts';
export { parseBaseline } from './baseline-file.ts';
export {
  type ChangeFindings,
  type Changes,
  type Contents,
  changesOf,
  findingsOfChange,
  newFindings,
  type Side,
} from './change.ts';
export { comparableContents } from './contents.ts';
export { identityOf, keyOf } from './identity.ts';
export { judge, judgeChange } from './judge.ts';
export type { Judged, JudgedChange, JudgeOptions, SpecSummary } from './judged.ts';
export { applyPolicy } from './policy.ts';
export { READER_RULES } from './reader-rules.ts';
export { RULES } from './registry.ts';
export type { RegisteredRule } from './rule.ts';
export { runChecks } from './run.ts';
export { RuleCrash } from './run-rules.ts';
