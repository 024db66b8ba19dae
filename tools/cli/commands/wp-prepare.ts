import { wpIdFrom } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import {
  branchFrom,
  coderFrom,
  type PrepareInput,
  planPrepare,
  worktreeActions,
  worktreeFrom,
  worktreeUnmet,
} from '../../gate/index.ts';
import { askGit } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { dossierOf, type Opened } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** Branch, worktree and coder of a packet that was signed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const by = await whoRecords(call, 'prepare');
  const coder = coderFrom(call.args[1] || 'Coder');
  const base = await commitFrom(call.root, value(call, 'base') || 'HEAD');
  const inputOf = ({ config }: Opened): PrepareInput => ({
    coder,
    branch: branchFrom(call.args[2] || config.gate.branch.replace('{wp}', wpId)),
    worktree: worktreeFrom(call.args[3] || config.gate.worktree.replace('{wp}', wpId)),
    base,
  });
  return runStep(call, {
    wpId,
    plan: (opened) => {
      const dossier = dossierOf(opened, wpId);
      const input = inputOf(opened);
      if (!call.flags.has('worktree-only')) return planPrepare(dossier, by, input);
      const git = worktreeActions(dossier, input);
      return {
        step: 'prepare',
        wpId,
        unmet: worktreeUnmet(dossier, input),
        writes: new Map(),
        git,
        said: [`${input.branch} in ${input.worktree}; nothing was recorded`],
        ...(git.length === 0 && { done: `${input.branch} has its worktree` }),
      };
    },
  });
}

async function commitFrom(root: string, revision: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = (await askGit(root, asked)).trim();
  if (/^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new UsageError(
    `${JSON.stringify(revision)} is no commit of this repository, expected one that the branch begins at`,
  );
}
