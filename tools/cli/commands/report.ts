import { renderDocument } from '../../report/index.ts';
import { writeFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { pageAssets } from '../report/assets.ts';
import { openInBrowser } from '../report/browser.ts';
import { gatherBlocks } from '../report/gather.ts';
import { reportOptions } from '../report/options.ts';
import { reportPlace } from '../report/place.ts';
import { printReport } from '../reporters/report.ts';

/** Writes the page that people look at. What it shows may be as wrong as it likes: it is written all the same. */
export async function run(call: Call): Promise<ExitCode> {
  const options = reportOptions(call);
  if (call.json) {
    call.out.json((await gatherBlocks(call, options)).page);
    return 0;
  }
  if (options.watch) {
    const { watchReport } = await import('../report/watch.ts');
    return watchReport(call, options);
  }
  const place = await reportPlace(call);
  const blocks = await gatherBlocks(call, options);
  const html = renderDocument(blocks, await pageAssets());
  await writeFileDurably(place.file, html);
  printReport(call, { place, bytes: Buffer.byteLength(html), page: blocks.page });
  if (call.flags.has('open')) {
    const why = await openInBrowser(place.file);
    if (why !== undefined) call.out.error(`no browser was opened (${why}): ${place.file}`);
  }
  return 0;
}
