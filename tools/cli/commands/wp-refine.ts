import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refinementOf, wpIdFrom } from '../../artifacts/index.ts';
import { openRows, planRefine, refinementBlock } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { packageRoot } from '../version.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** Writes the refinement of a stub with all that the spec can tell, or takes on the one that is there. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'refine');
  const template = await readFile(join(packageRoot(), 'templates', 'refinement.md'), 'utf8');
  return runStep(call, {
    wpId,
    plan: (opened) => planRefine(dossierOf(opened, wpId), by, { template, specSha1: opened.spec.sha1 }),
    told: ({ tree }) => {
      const refinement = refinementOf(tree, wpId);
      if (refinement === undefined) return {};
      const open = openRows(refinement);
      // What is not complete is not shown to anybody as the block that is to be approved.
      const block = open.length === 0 || call.flags.has('block') ? refinementBlock(refinement) : [];
      return { open, ...(block.length > 0 && { block }) };
    },
  });
}
