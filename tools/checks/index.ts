export { READER_RULES, RULES } from './registry.ts';
export type { RegisteredRule } from './rule.ts';
export { type CheckOptions, RuleCrash, runChecks } from './run.ts';
