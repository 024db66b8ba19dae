import { type Finding, summarize } from '../../findings/index.ts';
import { type Looked, look } from '../check/look.ts';
import { type CheckOptions, checkOptions } from '../check/options.ts';
import { namedFiles } from '../check/paths.ts';
import { readPolicy } from '../check/policy.ts';
import { type Target, targetOf } from '../check/target.ts';
import type { Call, ExitCode } from '../command.ts';
import type { Live } from '../live.ts';
import { type CheckReport, printCheck } from '../reporters/check.ts';
import { checkReport } from '../reporters/check-json.ts';

/** All that is wrong with the tree, or with what a change touches, at once. Seeing nothing is an error. */
export async function run(call: Call): Promise<ExitCode> {
  const started = performance.now();
  const options = await checkOptions(call);
  const live = call.out.live('gov check');
  try {
    const target = watched(await targetOf(call.root, options.scope), live);
    return await answer(call, options, target, started);
  } finally {
    live.end();
  }
}

/** Every file that is read is told to the live line. */
function watched(target: Target, live: Live): Target {
  const { snapshot, references, policy } = target;
  const own = live.watch(snapshot);
  return {
    ...target,
    snapshot: own,
    policy: policy === snapshot ? own : policy,
    ...(references && { references: references.map((reference) => live.watch(reference)) }),
  };
}

async function answer(call: Call, options: CheckOptions, target: Target, started: number): Promise<ExitCode> {
  const policy = await readPolicy(target);
  if (options.baseline) return (await import('../check/adopt.ts')).adopt(call, target, policy);
  const whole = await look(call, target, policy);
  const wanted = narrowing(call, options, whole);
  const looked = { ...whole, findings: whole.findings.filter(wanted), all: whole.all.filter(wanted) };
  if (options.fix !== 'none') {
    const { fix } = await import('../check/fix.ts');
    return fix(call, options, { target, policy, looked, wanted });
  }
  const seconds = `${((performance.now() - started) / 1000).toFixed(2)} s`;
  const { scope } = options;
  const { changed } = target;
  await print(call, options, { looked, policy, scope, seconds, ...(changed !== undefined && { changed }) });
  return summarize(looked.findings).error > 0 ? 1 : 0;
}

/** What the call asks for by path and rule; the rules themselves have seen the whole tree. */
function narrowing(call: Call, { rules }: CheckOptions, looked: Looked): (finding: Finding) => boolean {
  const { judged, files, changed = [], all } = looked;
  const places = all.map(({ place }) => place.file);
  const isNamed = namedFiles(call, [...files, ...judged.tree.paths, ...changed, ...places]);
  return ({ rule, place }) =>
    // A tree without a document has no place that could be named, and must not pass.
    rule === 'tree/empty' || (isNamed(place.file) && (rules.length === 0 || rules.includes(rule)));
}

async function print(call: Call, { format }: CheckOptions, report: CheckReport): Promise<void> {
  if (format === 'text') printCheck(call, report);
  else if (format === 'json') call.out.json(checkReport(call.root, report));
  else if (format === 'sarif') {
    const { sarifLog } = await import('../reporters/sarif.ts');
    call.out.json(sarifLog(report.looked));
  } else {
    const { githubLines } = await import('../reporters/github.ts');
    for (const line of githubLines(report)) call.out.line(line);
  }
}
