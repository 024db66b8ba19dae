export { judge, judgeChange } from './judge.ts';
export type { Judged, JudgedChange, JudgeOptions, SpecSummary } from './judged.ts';
export { READER_RULES, RULES } from './registry.ts';
export type { RegisteredRule } from './rule.ts';
export { runChecks } from './run.ts';
export { RuleCrash } from './run-rules.ts';
