import { resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { value } from '../load.ts';
import { count, visible } from '../output.ts';
import { inputOf } from '../recorder/inputs.ts';
import { printVerified } from '../reporters/recorder-verify.ts';
import { archiveReport, printArchive } from '../reporters/recorder-verify-archive.ts';

/** Proves that a stored log is the one that was written. */
export async function run(call: Call): Promise<ExitCode> {
  const noted = notedHead(value(call, 'head'));
  const file = await fileOf(call);
  const shown = visible(call.args[0] ?? value(call, 'db') ?? file);
  const input = await inputOf(file).catch((error: Error) => {
    throw new UsageError(`${shown}: ${error.message}`, { cause: error });
  });
  if (!input) throw new UsageError(`${shown}: expected a session database or an archive`);
  const live = call.out.live('gov recorder verify');
  const proven = await input
    .verify(file, { noted, progress: (events) => live.tell(() => count(events, 'event')) })
    .finally(() => live.end());
  if (proven.kind === 'archive') {
    if (call.json) call.out.json(archiveReport(file, proven.proof));
    else printArchive(call, file, proven.proof);
    return proven.proof.fault ? 1 : 0;
  }
  const { kind, proof } = proven;
  if (call.json) call.out.json({ schema: 'govkit.recorder-verify@1', file, kind, ...proof });
  else printVerified(call, file, proof);
  return proof.faults_total > 0 ? 1 : 0;
}

async function fileOf(call: Call): Promise<string> {
  const [given] = call.args;
  if (given === undefined) return existingDatabase(call);
  if (value(call, 'db') !== undefined) throw new UsageError('FILE and --db: expected one of them');
  return resolve(call.cwd, given);
}

/** `SEQ:HASH` as an earlier proof printed it. */
function notedHead(text: string | undefined): { seq: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError(`--head ${visible(text)}: expected SEQ:HASH as gov recorder verify prints it`);
  return { seq: Number(seq), hash };
}
