import { type Finding, sortFindings } from '../../findings/index.ts';
import type { SpecIndex } from '../model.ts';
import { numberingOf } from '../sections/numbering.ts';
import { LINT_RULES } from './registry.ts';

/** All that is wrong with the text of the spec, in order: what reading it found, and what the rules say. */
export function lintSpec(index: SpecIndex): Finding[] {
  const spec = { index, numbering: numberingOf(index) };
  return sortFindings([...index.findings, ...LINT_RULES.flatMap((rule) => rule.run(spec))]);
}
