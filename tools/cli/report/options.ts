import { resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import type { Call } from '../command.ts';
import { positive, value } from '../load.ts';
import { linkTemplate } from './link.ts';

export interface ReportOptions {
  link: string | null;
  /** Result files of the test runner, absolute. */
  results: readonly string[];
  /** Whether what sessions said and made is in it. */
  texts: boolean;
  watch: boolean;
  /** Undefined: whichever is free. */
  port: number | undefined;
}

const PORTS = 65_535;

export function reportOptions(call: Call): ReportOptions {
  const watch = call.flags.has('watch');
  const port = positive(call, 'port');
  const link = value(call, 'link');
  if (watch && value(call, 'out') !== undefined)
    throw new UsageError('--watch serves the report and writes no file (expected no --out beside it)');
  if (call.json && (watch || call.flags.has('open') || value(call, 'out') !== undefined))
    throw new UsageError('--json prints the report (expected no --out, --open or --watch beside it)');
  if (port !== undefined && !watch) throw new UsageError(`--port ${port}: expected --watch beside it`);
  if (port !== undefined && port > PORTS)
    throw new UsageError(`--port ${port}: expected a number from 1 to ${PORTS}`);
  return {
    link: link === undefined ? null : linkTemplate(link),
    results: (call.values['trace-results'] ?? []).map((file) => resolve(call.cwd, file)),
    texts: !call.flags.has('no-texts'),
    watch,
    port,
  };
}
