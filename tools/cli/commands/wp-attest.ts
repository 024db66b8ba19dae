import { wpIdFrom } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { planAttest, WORD_OF, type WpStatus, wpStatus } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** A human's word for an item that no record can prove. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const { role } = await whoRecords(call, 'attest');
  const by = await whoRecords(call, WORD_OF[role]);
  const reason = value(call, 'reason') ?? '';
  return runStep(call, {
    wpId,
    plan: (opened) => {
      const { tree, spec, library, ground } = opened;
      const item = itemFrom(wpStatus(tree, spec, wpId, library, ground), call.args[1]!);
      return planAttest(dossierOf(opened, wpId), { ...by, role }, { item, reason });
    },
  });
}

/** By its number, or by its intent where only one has it. */
function itemFrom({ items, wp_id }: WpStatus, named: string) {
  const found = items.filter(({ index, intent }) => named === String(index) || named === intent);
  if (found.length === 1) return found[0]!;
  const known = items.map(({ index, intent }) => `${index} (${intent})`).join(', ');
  const what =
    found.length > 1 ? `more than one item is ${named}` : `${wp_id} has no item ${JSON.stringify(named)}`;
  throw new UsageError(`${what}, expected one of ${known}`);
}
