import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { expectOwnRepository, isGoverned, isStaged } from '../hooks/repository.ts';
import { HOOKS } from '../hooks/script.ts';

/** What a hook of ours starts: `gov check --staged`, and the same exit codes. Anything but 0 refuses the commit. */
export async function run(call: Call): Promise<ExitCode> {
  const [name = ''] = call.args;
  if (!HOOKS.some((hook) => hook === name)) {
    throw new UsageError(`"${name}" is no hook of govkit, expected ${HOOKS.join(' or ')}`);
  }
  await expectOwnRepository(call.root, call.cwd);
  if (!(await isGoverned(call.root))) {
    if (!call.quiet && !call.json)
      call.out.line('govkit: this branch has no .GOV, so there is nothing to check');
    return 0;
  }
  const check = await import('./check.ts');
  const code = await check.run({ ...call, args: [], flags: new Set([...call.flags, 'staged']) });
  if (code !== 0 && !call.json) {
    const hint = (await isStaged(call.root)) ? '' : '; nothing of .GOV is staged or committed (git add .GOV)';
    call.out.error(`govkit: the commit is refused${hint}`);
  }
  return code;
}
