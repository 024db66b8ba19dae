import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { belowRoot, value } from '../load.ts';
import { createCollector } from '../recorder/collect.ts';
import { mapOf } from '../recorder/map.ts';
import { type Looked, readSource } from '../recorder/read.ts';
import { requiredOf } from '../recorder/required.ts';
import { openSource, type Source } from '../recorder/source.ts';
import { hearStop } from '../recorder/stopped.ts';
import { printLog } from '../reporters/recorder-check.ts';
import { logReport } from '../reporters/recorder-check-json.ts';

/** Exit 1 when the log breaks a rule of severity error; 130 when Ctrl-C stopped the reading. */
export async function run(call: Call): Promise<ExitCode> {
  const map = await mapOf(call);
  const options = { require: requiredOf(call), partial: call.flags.has('partial'), ...(map && { map }) };
  const given = call.args[0] ?? (await existingDatabase(call));
  const file = given === '-' ? 'standard input' : belowRoot(call, given);
  if (call.args.length > 0 && value(call, 'db') !== undefined)
    throw new UsageError('FILE and --db: expected one of them');
  const { hear, done } = createCollector(file);
  const stop = hearStop();
  const live = call.out.live('gov recorder check');
  const started = performance.now();
  let read = 0;
  let looked: Looked;
  try {
    const source = await openSource(call, given, stop.signal);
    const progress = (now: number): void => {
      read = now;
      live.tell(() => progressText(source, now));
    };
    looked = await readSource(source, hear, options, { signal: stop.signal, progress });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    live.end();
    call.out.error(`gov: stopped after ${bytesText(read)} of ${file}; nothing was written`);
    return 130;
  } finally {
    live.end();
    stop.end();
  }
  const report = { file, looked, found: done(), seconds: (performance.now() - started) / 1000 };
  if (call.json) call.out.json(logReport(report));
  else printLog(call, report);
  return report.found.summary.error > 0 ? 1 : 0;
}

function progressText(source: Source, now: number): string {
  if (source.kind === 'database') return `${now} events`;
  if (source.kind === 'bytes') return bytesText(now);
  return `${bytesText(now)} of ${bytesText(source.size)}`;
}

const bytesText = (bytes: number): string => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
