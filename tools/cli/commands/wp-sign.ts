import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { wpIdFrom } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { type By, firstCommit, planSign, type Statement, sshSign } from '../../gate/index.ts';
import { askGit } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf, openGate } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** The Operator's signature, typed, and under the policy ssh given by a key as well. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const signature = call.args[1]!;
  const by = await whoRecords(call, 'sign');
  const repository = await firstCommit(call.root);
  const asked = { wpId, signature };
  const given = await sshSignature(call, by, { ...asked, repository });
  return runStep(call, {
    wpId,
    open: { signature },
    plan: (opened) => {
      const dossier = dossierOf(opened, wpId);
      const plan = planSign(dossier, by, { signature, repository, ...(given && { ssh: given.ssh }) });
      if (given !== undefined && plan.statement !== undefined && !isSame(plan.statement, given.statement))
        throw new UsageError(
          `${wpId} has changed while it was being signed; nothing was written, run it again`,
        );
      return plan;
    },
  });
}

/** A key is asked before the lock is taken: nobody waits for a passphrase. */
async function sshSignature(
  call: Call,
  by: By,
  { wpId, signature, repository }: { wpId: string; signature: string; repository: string | undefined },
): Promise<{ ssh: string; statement: Statement } | undefined> {
  const opened = await openGate(call, { wpId, signature });
  const named = value(call, 'key');
  if (named === undefined && opened.ground.policy !== 'ssh') return undefined;
  const { statement } = planSign(dossierOf(opened, wpId), by, { signature, repository });
  // What speaks against it is told by the step itself, all at once.
  if (statement === undefined) return undefined;
  const key = named === undefined ? await configuredKey(call.root) : resolve(call.cwd, named);
  await readFile(key).catch(() => {
    throw new UsageError(`${key}: no such key (--key FILE, or git config user.signingkey)`);
  });
  return { ssh: await sshSign(statement, key), statement };
}

async function configuredKey(root: string): Promise<string> {
  const key = (await askGit(root, ['config', '--type=path', 'user.signingkey'])).trim();
  // A key file that git names from the root; it never reads as an option.
  if (key !== '') return resolve(root, key);
  throw new UsageError(
    'the policy is ssh: name the key that signs (--key FILE, or git config user.signingkey)',
  );
}

function isSame(one: Statement, other: Statement): boolean {
  return one.digest === other.digest && [...one.parents].sort().join() === [...other.parents].sort().join();
}
