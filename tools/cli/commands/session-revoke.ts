import type { Call, ExitCode } from '../command.ts';
import { printConsent } from '../reporters/session-answers.ts';
import { onEngine, openSessions } from '../session/open.ts';
import { personOf } from '../session/person.ts';
import { answered } from '../session/refusals.ts';

const SCHEMA = 'govkit.session-consent@1';

/** Takes consent back: calls under it stop, and their sessions wait for another receipt (INV-CONSENT-003). */
export async function run(call: Call): Promise<ExitCode> {
  const consent_receipt_id = call.args[0]!;
  const by = await personOf(call, 'by');
  const before = await openSessions(call);
  return answered(call, SCHEMA, 'session list --live', async () => {
    await onEngine(before.db, {}, (engine) => engine.revokeConsent(consent_receipt_id, by));
    const after = await openSessions(call);
    if (call.json) call.out.json({ schema: SCHEMA, db: after.db, consent_receipt_id, revoked: true });
    else printConsent(call, after, before, `revoked ${consent_receipt_id}`);
    return 0;
  });
}
