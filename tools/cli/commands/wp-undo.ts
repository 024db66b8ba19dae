import { join } from 'node:path';
import { wpIdFrom } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { abandon, planUndo, readJournal, takeLock, undoTargets, workIn } from '../../gate/index.ts';
import { gitCommonFolder } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** Takes back the last step, a word, or what an interrupted step has written. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  if (call.flags.has('interrupted')) return takeBackInterrupted(call, wpId);
  const by = await whoRecords(call, 'undo');
  const input = { entry: value(call, 'entry'), reason: value(call, 'reason') };
  const once = input.entry === undefined;
  return runStep(call, {
    wpId,
    once,
    plan: async (opened) => {
      const dossier = dossierOf(opened, wpId);
      const [target] = undoTargets(dossier, input.entry);
      const work = target?.kind === 'prepare' ? await workIn(call.root, target.data) : [];
      return planUndo(dossier, by, { ...input, work });
    },
  });
}

async function takeBackInterrupted(call: Call, wpId: string): Promise<ExitCode> {
  const common = await gitCommonFolder(call.root);
  if (common === undefined) throw new UsageError(`${call.root} is no git repository`);
  const lock = await takeLock(join(common, 'govkit', 'lock'));
  try {
    const journal = await readJournal(call.root);
    // `sync` is about all of them, and anybody may take it back.
    if (journal !== undefined && journal.wp_id !== '' && journal.wp_id !== wpId)
      throw new UsageError(
        `the step "${journal.step}" that was interrupted here is of ${journal.wp_id}: gov wp undo ${journal.wp_id} --interrupted`,
      );
    const result = await abandon(call.root, { lock });
    const taken = result?.taken ?? [];
    const left = result?.left ?? [];
    if (call.json)
      call.out.json({ schema: 'govkit.undo@1', wp_id: wpId, interrupted: result !== undefined, taken, left });
    else if (result === undefined) call.out.line('nothing to do · no step was interrupted here');
    else {
      call.out.line(`took back ${taken.length} files of the interrupted step`);
      for (const path of left) call.out.line(`  left ${path}: it was changed since`);
    }
    return 0;
  } finally {
    await lock.release();
  }
}
