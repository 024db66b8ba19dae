import { type Finding, GovError } from '../../findings/index.ts';
import { RULES } from '../registry.ts';
import type { CheckContext, RegisteredRule, Subjects } from '../rule.ts';

/** A rule threw: our bug, named with the file it stumbled over. */
export class RuleCrash extends GovError {
  override name = 'RuleCrash';
  readonly rule: string;
  readonly file: string;
  constructor(rule: string, file: string, cause: unknown) {
    super(`internal error in rule ${rule}, at ${file}`, { cause });
    this.rule = rule;
    this.file = file;
  }
}

/** Every rule about a kind of subject, over each of the subjects. */
export function runRules<K extends keyof Subjects>(
  kind: K,
  file: string,
  subjects: readonly Subjects[K][],
  context: CheckContext,
): Finding[] {
  const rules = RULES.filter(({ appliesTo }) => appliesTo === kind);
  return subjects.flatMap((subject) => rules.flatMap((rule) => runOne(rule, file, subject, context)));
}

function runOne(
  rule: RegisteredRule,
  file: string,
  subject: Subjects[keyof Subjects],
  context: CheckContext,
): Finding[] {
  try {
    return rule.run(subject, context);
  } catch (error) {
    throw new RuleCrash(rule.id, file, error);
  }
}
