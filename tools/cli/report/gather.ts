import { basename } from 'node:path';
import { openReadOnly } from '../../engine/index.ts';
import { TreeError } from '../../findings/index.ts';
import { type Blocks, gatherSessions, placesOfGovernance, placesOfTrace } from '../../report/index.ts';
import { traceOf } from '../../trace/index.ts';
import type { Call } from '../command.ts';
import { knownDatabase } from '../database.ts';
import { resultFiles, rootsOf } from '../results.ts';
import { packageVersion } from '../version.ts';
import { type Governance, gatherGovernance } from './governance.ts';
import type { ReportOptions } from './options.ts';
import { gatherSources } from './sources.ts';

/** Everything that the report shows: of the tree as it is on disk, and of the session database where there is one. */
export async function gatherBlocks(call: Call, { link, texts }: ReportOptions): Promise<Blocks> {
  const database = await knownDatabase(call);
  const { data: governance, spec, empty, opened } = await gatherGovernance(call);
  // A page that shows nothing would say that nothing is wrong.
  if (empty !== undefined && database === undefined) throw new TreeError(empty);
  const trace = await traced(call, opened);
  const places = [...placesOfGovernance(governance), ...(trace === null ? [] : placesOfTrace(trace))];
  const sources = await gatherSources(places, opened);
  const sessions = database === undefined ? null : await sessionsOf(database, texts);
  return {
    page: {
      schema: 'govkit.report@1',
      version: packageVersion(),
      repository: basename(call.root),
      spec,
      governance: empty === undefined ? governance : null,
      trace,
      sessions: sessions?.data ?? null,
      link,
    },
    sources,
    events: sessions?.events ?? [],
    threads: sessions?.threads ?? { artifact_ids: [], sessions: {} },
    artifacts: sessions?.artifacts ?? {},
  };
}

/** Without a spec there is no clause to trace. */
async function traced(call: Call, { snapshot, config, tree, spec }: Governance['opened']) {
  // A file that is named and is not there is told, whether or not there is a clause to hold it against.
  const results = await resultFiles(call, 'trace-results', config.trace.results);
  if (spec === undefined) return null;
  return (
    await traceOf({ index: spec, tree, snapshot, config: config.trace, results, roots: await rootsOf(call) })
  ).report;
}

async function sessionsOf(database: string, texts: boolean) {
  await using log = await openReadOnly(database);
  return await gatherSessions(log, { database, texts });
}
