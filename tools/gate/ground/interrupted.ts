import { isRecord } from '../../artifacts/index.ts';
import { nextStep } from '../next.ts';
import { type Journal, readJournal } from '../transaction/journal.ts';
import type { Ground } from './ground.ts';

/** The step that was interrupted in this worktree, with the command that completes it. */
export async function interruptedStep(root: string): Promise<Ground['interrupted']> {
  const journal = await readJournal(root);
  return journal && { step: journal.step, wpId: journal.wp_id, next: againOf(journal) };
}

/**
 * The step again, where its command can be told from what it writes; every other is completed by any step, and
 * `sync` is the one that records nothing of its own.
 */
function againOf({ step, wp_id: wpId, writes }: Journal): string {
  if (step === 'refine') return nextStep.refine(wpId);
  if (step === 'approve') return nextStep.approve(wpId);
  if (step === 'create') return nextStep.create(wpId);
  if (step !== 'sign') return nextStep.sync();
  const entry = writes.find(({ path }) => /\/ledger\/[^/]+\/\d+-sign-[0-9a-f]+\.json$/.test(path));
  const signature = signatureIn(entry?.after ?? '');
  return signature === undefined ? nextStep.sync() : nextStep.sign(wpId, signature);
}

function signatureIn(text: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(text);
    const signature = isRecord(entry) && isRecord(entry.data) ? entry.data.signature : undefined;
    return typeof signature === 'string' && /^[a-z]+\d{12}$/.test(signature) ? signature : undefined;
  } catch {
    return undefined;
  }
}
