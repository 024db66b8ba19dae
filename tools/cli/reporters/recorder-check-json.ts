import { beyond, type LogReport } from './recorder-check.ts';

/** `govkit.recorder-check@1`: every finding up to a bound for each rule, and how many there are. */
export function logReport({ file, looked, found, seconds }: LogReport) {
  const { format, ids, partial, ...stats } = looked;
  const omitted = [...beyond(found).values()].reduce((sum, more) => sum + more, 0);
  return {
    schema: 'govkit.recorder-check@1',
    file,
    format,
    partial,
    stats: { ...stats, seconds: Number(seconds.toFixed(3)) },
    ids,
    findings: found.findings,
    rules: Object.fromEntries(found.counts),
    omitted,
    summary: found.summary,
  };
}
