import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { expectOwnRepository, governedIn, stagedIn } from '../hooks/repository.ts';
import { HOOKS } from '../hooks/script.ts';
import { visible } from '../output.ts';

/** What a hook of ours starts: `gov check --staged`, and the same exit codes. Anything but 0 refuses the commit. */
export async function run(call: Call): Promise<ExitCode> {
  const [name = ''] = call.args;
  if (!HOOKS.some((hook) => hook === name)) {
    throw new UsageError(`"${name}" is no hook of govkit, expected ${HOOKS.join(' or ')}`);
  }
  await expectOwnRepository(call.root, call.cwd);
  const { folder, there } = await governedIn(call.root);
  if (!there) {
    if (!call.quiet && !call.json)
      call.out.line(`govkit: this branch has no ${visible(folder)}, so there is nothing to check`);
    return 0;
  }
  const check = await import('./check.ts');
  const code = await check.run({ ...call, args: [], flags: new Set([...call.flags, 'staged']) });
  if (code !== 0 && !call.json) {
    const staged = await stagedIn(call.root);
    const tree = visible(staged.folder);
    const hint = staged.there ? '' : `; nothing of ${tree} is staged or committed (git add ${tree})`;
    call.out.error(`govkit: the commit is refused${hint}`);
  }
  return code;
}
