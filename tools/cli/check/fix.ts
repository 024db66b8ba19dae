import { beyondBaseline } from '../../checks/index.ts';
import { type Finding, summarize, UsageError } from '../../findings/index.ts';
import { plannedSnapshot, UnreadableFile } from '../../snapshot/index.ts';
import { blobId, decode, NotUtf8 } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { replaceFiles } from '../replace.ts';
import { checkReport } from '../reporters/check-json.ts';
import { fixReport, printFixes } from '../reporters/fix.ts';
import { judgeOne, type Looked } from './look.ts';
import { planFixes } from './mend.ts';
import type { CheckOptions } from './options.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

interface FixCall {
  target: Target;
  policy: Policy;
  looked: Looked;
  /** What the call asks for by path and rule. */
  wanted(finding: Finding): boolean;
}

/** Shows what can be mended mechanically, or mends it. Exit 1 when an error is there (with --write: is left). */
export async function fix(
  call: Call,
  { fix: mode, format }: CheckOptions,
  { target, policy, looked, wanted }: FixCall,
): Promise<ExitCode> {
  const plan = await planFixes(looked.all.filter(wanted), {
    read: (path) => readJudged(target, path, looked),
    judge: async (edits) => {
      const { findings } = await judgeOne(call, plannedSnapshot(target.snapshot, edits), policy);
      return findings.filter(wanted);
    },
  });
  const write = mode === 'write';
  if (write && plan.files.length > 0) await replaceFiles(call.root, plan.files);
  const version = looked.judged.spec?.version;
  const { beyond } = beyondBaseline(plan.after, policy.baseline.entries ?? [], version);
  if (format === 'json') {
    const report = checkReport(call.root, { looked, policy, scope: { kind: 'worktree' } });
    call.out.json({ ...report, fix: fixReport(plan, write) });
  } else printFixes(call, { ...plan, after: beyond }, write);
  return summarize(write ? beyond : looked.findings).error > 0 ? 1 : 0;
}

/** A file that was changed since it was judged has fixes of another text. */
async function readJudged(
  { snapshot }: Target,
  path: string,
  { judged }: Looked,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = await snapshot.read(path);
    const id = judged.ids.get(path);
    if (id !== undefined && id !== blobId(bytes))
      throw new UsageError(
        `${path} was changed by somebody else meanwhile and is left as it is; run it again`,
      );
    decode(path, bytes);
    return bytes;
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof NotUtf8) return undefined;
    throw error;
  }
}
