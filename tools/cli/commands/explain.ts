import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { type CataloguedRule, catalogue, familyOf } from '../explain/catalogue.ts';
import type { Examples } from '../explain/example.ts';
import examples from '../explain/examples.json' with { type: 'json' };
import { explain } from '../explain/explanation.ts';
import { printExplanation, printRules, ruleReport, rulesReport } from '../reporters/explain.ts';

/** Documentation made from the rules themselves: one, those of a family, or all. */
export async function run(call: Call): Promise<ExitCode> {
  const { out, json } = call;
  const rules = catalogue();
  const wanted = call.args[0];
  const rule = rules.find(({ id }) => id === wanted);
  if (rule !== undefined) {
    const explanation = explain(rule, examples as Examples);
    if (json) out.json(ruleReport(explanation));
    else printExplanation(out, explanation);
    return 0;
  }
  const listed = wanted === undefined ? rules : rules.filter(({ id }) => familyOf(id) === wanted);
  if (listed.length === 0) throw new UsageError(`"${wanted}" is no rule (${expected(rules, wanted ?? '')})`);
  if (json) out.json(rulesReport(listed));
  else printRules(out, listed);
  return 0;
}

/** The rules of the family that was meant, which are what was mistyped; else how to see all. */
function expected(rules: readonly CataloguedRule[], wanted: string): string {
  const near = rules.filter(({ id }) => familyOf(id) === wanted.split('/')[0]).map(({ id }) => id);
  return near.length > 0 ? `expected one of: ${near.join(', ')}` : 'gov explain lists them';
}
