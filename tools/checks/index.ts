export { type Judged, type JudgeOptions, judge, type SpecSummary } from './judge.ts';
export { READER_RULES, RULES } from './registry.ts';
export type { RegisteredRule } from './rule.ts';
export { RuleCrash, runChecks } from './run.ts';
