import { basename } from 'node:path';
import { openReadOnly } from '../../engine/index.ts';
import { type Blocks, gatherSessions } from '../../report/index.ts';
import type { Call } from '../command.ts';
import { knownDatabase } from '../database.ts';
import { packageVersion } from '../version.ts';
import { gatherGovernance } from './governance.ts';
import type { ReportOptions } from './options.ts';

/** Everything that the report shows: of the tree as it is on disk, and of the session database where there is one. */
export async function gatherBlocks(call: Call, { link, texts }: ReportOptions): Promise<Blocks> {
  const database = await knownDatabase(call);
  const { spec, governance, trace, sources } = await gatherGovernance(call);
  const sessions = database === undefined ? null : await sessionsOf(database, texts);
  return {
    page: {
      schema: 'govkit.report@1',
      version: packageVersion(),
      repository: basename(call.root),
      spec,
      governance,
      trace,
      sessions: sessions?.data ?? null,
      link,
    },
    sources,
    events: sessions?.events ?? [],
    threads: sessions?.threads ?? {},
    artifacts: sessions?.artifacts ?? {},
  };
}

async function sessionsOf(database: string, texts: boolean) {
  await using log = await openReadOnly(database);
  return await gatherSessions(log, { database, texts });
}
