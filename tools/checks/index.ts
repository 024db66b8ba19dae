export {
  BASELINE_SCHEMA,
  type Baseline,
  type BaselineEntry,
  baselineOf,
  beyondBaseline,
  printBaseline,
  shrunkBaseline,
} from './change/baseline.ts';
export { parseBaseline } from './change/baseline-file.ts';
export {
  type ChangeFindings,
  type Changes,
  type Contents,
  changesOf,
  findingsOfChange,
  newFindings,
  type Side,
} from './change/change.ts';
export { comparableContents } from './change/contents.ts';
export { identityOf, keyOf } from './change/identity.ts';
export { applyPolicy } from './change/policy.ts';
export { judge, judgeChange } from './judge/judge.ts';
export type { Judged, JudgedChange, JudgeOptions, SpecSummary } from './judge/judged.ts';
export { runChecks } from './judge/run.ts';
export { RuleCrash } from './judge/run-rules.ts';
export { READER_RULES } from './reader-rules.ts';
export { RULES } from './registry.ts';
export type { RegisteredRule } from './rule.ts';
