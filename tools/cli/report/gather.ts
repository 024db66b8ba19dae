import { basename } from 'node:path';
import { openReadOnly } from '../../engine/index.ts';
import { TreeError } from '../../findings/index.ts';
import { type Blocks, gatherSessions, placesOfGovernance } from '../../report/index.ts';
import type { Call } from '../command.ts';
import { knownDatabase } from '../database.ts';
import { packageVersion } from '../version.ts';
import { gatherGovernance } from './governance.ts';
import type { ReportOptions } from './options.ts';
import { gatherSources } from './sources.ts';

/** Everything that the report shows: of the tree as it is on disk, and of the session database where there is one. */
export async function gatherBlocks(call: Call, { link, texts }: ReportOptions): Promise<Blocks> {
  const database = await knownDatabase(call);
  const { data: governance, spec, empty, opened } = await gatherGovernance(call);
  // A page that shows nothing would say that nothing is wrong.
  if (empty !== undefined && database === undefined) throw new TreeError(empty);
  const trace = null;
  const sources = await gatherSources(placesOfGovernance(governance), opened);
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

async function sessionsOf(database: string, texts: boolean) {
  await using log = await openReadOnly(database);
  return await gatherSessions(log, { database, texts });
}
