import type { RegisteredLintRule } from './rule.ts';
import { bom } from './rules/bom.ts';
import { danglingReference } from './rules/dangling-reference.ts';
import { duplicateNumber } from './rules/duplicate-number.ts';
import { falseHeading } from './rules/false-heading.ts';
import { headingTitleMissing } from './rules/heading-title-missing.ts';
import { innerBom } from './rules/inner-bom.ts';
import { level } from './rules/level.ts';
import { localNumbers } from './rules/local-numbers.ts';
import { loneCr } from './rules/lone-cr.ts';
import { matrixAbsent } from './rules/matrix-absent.ts';
import { matrixMissing } from './rules/matrix-missing.ts';
import { matrixTitle } from './rules/matrix-title.ts';
import { matrixUnknown } from './rules/matrix-unknown.ts';
import { misplacedSection } from './rules/misplaced-section.ts';
import { mixedLineEnds } from './rules/mixed-line-ends.ts';
import { order } from './rules/order.ts';

/** Every rule of `gov spec lint`, by id. A retired id stays here as a comment, so that it is never used again. */
export const LINT_RULES: readonly RegisteredLintRule[] = [
  bom,
  danglingReference,
  duplicateNumber,
  falseHeading,
  headingTitleMissing,
  innerBom,
  level,
  localNumbers,
  loneCr,
  matrixAbsent,
  matrixMissing,
  matrixTitle,
  matrixUnknown,
  misplacedSection,
  mixedLineEnds,
  order,
];
