export { GovError, TreeError, UsageError } from './errors.ts';
export {
  compareText,
  type Finding,
  linePlace,
  type Place,
  type Range,
  type Severity,
  type Summary,
  sortFindings,
  summarize,
} from './finding.ts';
