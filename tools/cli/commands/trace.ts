import { join } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { writeFileDurably } from '../../text/index.ts';
import {
  acceptClauses,
  lockPath,
  matchingIds,
  TRACE_STATES,
  type Trace,
  type TracedClause,
  traceOf,
} from '../../trace/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { printAcceptance, printClause, printTrace } from '../reporters/trace.ts';
import { acceptReport, traceReport } from '../reporters/trace-json.ts';
import { resultFiles, rootsOf } from '../results.ts';
import { loadTree } from '../tree.ts';

/** Exit 1 when something that is required is not verified. */
export async function run(call: Call): Promise<ExitCode> {
  const accepts = call.flags.has('accept');
  if (accepts && call.args.length === 0)
    throw new UsageError(
      "gov trace --accept wants ID or GLOB: what to accept ('*' is every clause of the spec)",
    );
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const index = await loadCallSpec(call, snapshot, config);
  const tree = await loadTree(snapshot, config);
  // Whoever asks for some clauses is told of these; the demands of the configuration are those of the whole.
  const demanded = call.args.length === 0 ? config.trace.require : [];
  const trace = await traceOf({
    index,
    tree,
    snapshot,
    config: config.trace,
    results: await resultFiles(call, 'results', config.trace.results),
    roots: await rootsOf(call),
    require: [...new Set([...demanded, ...(call.values.require ?? [])])],
  });
  if (accepts) return accept(call, trace, tree.folder);
  const chosen = choose(call, trace);
  if (call.json) call.out.json(traceReport(trace, chosen));
  else if (chosen.length === 1 && call.args.length === 1) printClause(call, trace, chosen[0]!);
  else printTrace(call, trace, chosen);
  return trace.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function accept(call: Call, { report, lock }: Trace, folder: string): Promise<ExitCode> {
  const known = [...report.clauses, ...[...lock.keys()].map((id) => ({ id }))];
  for (const glob of call.args) matchingIds(known, glob, 'accept');
  const acceptance = acceptClauses(report, lock, call.args);
  const path = lockPath(folder);
  const writes = acceptance.accepted.length + acceptance.dropped.length > 0;
  if (writes) await writeFileDurably(join(call.root, path), acceptance.text);
  if (call.json) call.out.json(acceptReport(path, acceptance));
  else printAcceptance(call, path, acceptance);
  return writes || acceptance.unchanged.length > 0 ? 0 : 1;
}

function choose(call: Call, { report: { clauses } }: Trace): TracedClause[] {
  const states = call.values.state ?? [];
  for (const state of states)
    if (!TRACE_STATES.some((known) => known === state))
      throw new UsageError(`--state ${state}: expected one of ${TRACE_STATES.join(', ')}`);
  const wanted = new Set(
    call.args.flatMap((glob) => matchingIds(clauses, glob, 'gov trace').map(({ id }) => id)),
  );
  return clauses.filter(
    ({ id, state }) =>
      (call.args.length === 0 || wanted.has(id)) && (states.length === 0 || states.includes(state)),
  );
}
