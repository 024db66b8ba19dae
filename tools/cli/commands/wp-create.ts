import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wpIdFrom } from '../../artifacts/index.ts';
import { planCreate } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { packageRoot } from '../version.ts';
import { dossierOf } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** The task packet, made of what was signed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'create');
  const template = await readFile(join(packageRoot(), 'templates', 'packet.md'), 'utf8');
  return runStep(call, { wpId, plan: (opened) => planCreate(dossierOf(opened, wpId), by, { template }) });
}
