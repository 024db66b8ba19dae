import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { ConsentReceipt, ProjectionPlan } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { decode } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printConsent } from '../reporters/session-answers.ts';
import { onEngine, openSessions } from '../session/open.ts';
import { answered } from '../session/refusals.ts';

const SCHEMA = 'govkit.session-consent@1';

/** Somebody has agreed that sessions may call the cloud (4.3.9.14): who waited for that goes on. */
export async function run(call: Call): Promise<ExitCode> {
  const { receipt, plan } = await papersOf(call, call.args[0]!);
  const before = await openSessions(call);
  return answered(call, SCHEMA, 'session list --live', async () => {
    await onEngine(before.db, {}, (engine) => engine.consent(receipt, plan));
    const after = await openSessions(call);
    const consent_receipt_id = receipt.consent_receipt_id;
    if (call.json) call.out.json({ schema: SCHEMA, db: after.db, consent_receipt_id, revoked: false });
    else printConsent(call, after, before, `recorded ${consent_receipt_id}`);
    return 0;
  });
}

/** What is in them the engine checks. */
async function papersOf(
  call: Call,
  given: string,
): Promise<{ receipt: ConsentReceipt; plan?: ProjectionPlan }> {
  let papers: unknown;
  try {
    papers = parseYaml(decode(given, await readFile(resolve(call.cwd, given))).text);
  } catch (error) {
    throw new UsageError(`${given}: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
  const keys = papers !== null && typeof papers === 'object' ? Object.keys(papers) : [];
  if (!keys.includes('receipt') || keys.some((key) => key !== 'receipt' && key !== 'plan'))
    throw new UsageError(
      `${given}: Unexpected ${keys.join(', ') || 'content'}, expected receipt, and plan with the first receipt for it`,
    );
  return papers as { receipt: ConsentReceipt; plan?: ProjectionPlan };
}
