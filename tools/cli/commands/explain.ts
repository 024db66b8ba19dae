import { READER_RULES, RULES } from '../../checks/index.ts';
import { CODEGEN_RULES } from '../../contracts/index.ts';
import { SCENARIO_RULES } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { GATE_RULES } from '../../gate/index.ts';
import { LOG_RULES } from '../../recorder/index.ts';
import { SPEC_RULES } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { pad, wrap } from '../output.ts';

/** Documentation made from the rules themselves. */
export async function run(call: Call): Promise<ExitCode> {
  const { out } = call;
  const rules = [
    ...RULES,
    ...READER_RULES,
    ...SPEC_RULES,
    ...CODEGEN_RULES,
    ...GATE_RULES,
    ...LOG_RULES,
    ...SCENARIO_RULES,
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  const id = call.args[0];
  if (id === undefined) {
    if (call.json)
      out.json({
        schema: 'govkit.rules@1',
        rules: rules.map(({ id, severity, summary }) => ({ id, severity, summary })),
      });
    else {
      const width = Math.max(...rules.map((rule) => rule.id.length));
      for (const rule of rules) out.line(`${pad(rule.id, width)}  ${pad(rule.severity, 7)}  ${rule.summary}`);
    }
    return 0;
  }
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) {
    const near = rules
      .filter((candidate) => candidate.id.split('/')[0] === id.split('/')[0])
      .map((candidate) => candidate.id);
    throw new UsageError(
      `"${id}" is no rule (${near.length > 0 ? `expected one of: ${near.join(', ')}` : 'gov explain lists them'})`,
    );
  }
  const docs = 'docs' in rule ? (rule.docs as string | undefined) : undefined;
  if (call.json)
    out.json({
      schema: 'govkit.rule@1',
      id: rule.id,
      severity: rule.severity,
      summary: rule.summary,
      docs: docs ?? null,
    });
  else {
    out.line(`${out.bold(rule.id)}   ${rule.severity}`);
    for (const line of wrap(rule.summary, Math.min(out.width, 100))) out.line(line);
    if (docs !== undefined) {
      out.line();
      for (const paragraph of docs.trim().split(/\n\n+/))
        for (const line of wrap(paragraph, Math.min(out.width, 100))) out.line(line);
    }
  }
  return 0;
}
