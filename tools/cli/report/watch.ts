import { watch } from 'chokidar';
import { GovError, TreeError } from '../../findings/index.ts';
import { contentPolicy, renderDocument } from '../../report/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { visible } from '../output.ts';
import { printServed } from '../reporters/report.ts';
import { pageAssets } from './assets.ts';
import { openInBrowser } from './browser.ts';
import { gatherBlocks } from './gather.ts';
import { newsOfFiles } from './news.ts';
import type { ReportOptions } from './options.ts';
import { refresher } from './refresh.ts';
import { type Served, serveReport } from './server.ts';
import { watchedBy } from './watched.ts';

/** Serves the report to this machine and builds it anew when what it shows has changed, until Ctrl-C. */
export async function watchReport(call: Call, options: ReportOptions): Promise<ExitCode> {
  const assets = await pageAssets();
  const stopped = untilStopped();
  const watched = await watchedBy(call, options.results);
  // It looks before the first report is built: whatever changes meanwhile is seen.
  const watcher = watch([...watched.folders], {
    ignored: (path) => !watched.counts(path),
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
  });
  try {
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    let served = await build();
    await using server = await serveReport(() => served, options.port);
    const refreshing = refresher(
      async () => {
        const before = served;
        served = await build(before).catch((error: unknown) => ({ ...before, trouble: troubleOf(error) }));
        if (served.version === before.version && served.trouble === before.trouble) return;
        if (served.trouble !== null) call.out.error(`gov: ${served.trouble}`);
        server.tell();
      },
      () => performance.now(),
    );
    const isNew = newsOfFiles();
    const touched = async (path: string): Promise<void> => {
      if (await isNew(path)) refreshing.changed();
    };
    for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, touched);
    // The system can run out of watches: what is served stays, and says so.
    watcher.on('error', (error) => {
      served = { ...served, trouble: troubleOf(error) };
      server.tell();
    });
    printServed(call, server.address);
    if (call.flags.has('open')) {
      const why = await openInBrowser(server.address);
      if (why !== undefined) call.out.error(`no browser was opened (${why}): ${server.address}`);
    }
    await stopped;
    await refreshing.stop();
    return 0;
  } finally {
    await watcher.close();
  }

  async function build(before?: Served): Promise<Served> {
    const blocks = await gatherBlocks(call, options);
    const version = sha256(JSON.stringify(blocks)).slice(0, 16);
    if (before?.version === version) return { ...before, trouble: null };
    const live = { live: version };
    return {
      html: renderDocument(blocks, assets, live),
      policy: contentPolicy(assets, live),
      version,
      trouble: null,
    };
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** One line, as the command would have ended with it. */
function troubleOf(error: unknown): string {
  if (error instanceof TreeError) {
    const { place, message } = error.finding;
    return visible(`${place.file}:${place.line}: ${message}`);
  }
  const message = visible(error instanceof Error ? error.message : String(error));
  return error instanceof GovError ? message : `internal error: ${message}`;
}
