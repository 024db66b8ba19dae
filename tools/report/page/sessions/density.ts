import type { SessionsData } from '../../data/sessions.ts';
import { round } from './shapes.ts';

/** How many attempts were at work at once, in `bins` equal parts of the whole time. */
export function densityOf(
  { lanes, spans }: Pick<SessionsData, 'lanes' | 'spans'>,
  answers: readonly boolean[],
  bins: number,
  length: number,
): Float64Array {
  const change = new Float64Array(bins + 1);
  for (const [at, { spans: own }] of lanes.entries()) {
    if (!answers[at]) continue;
    for (let span = own.first; span < own.first + own.count; span++) {
      if (spans.kind[span] !== 2) continue;
      const from = Math.min(bins - 1, Math.floor((spans.start[span]! / length) * bins));
      const to = Math.min(bins - 1, Math.floor(((spans.end[span] ?? length) / length) * bins));
      change[from]! += 1;
      change[to + 1]! -= 1;
    }
  }
  const density = new Float64Array(bins);
  for (let bin = 0, sum = 0; bin < bins; bin++) density[bin] = sum += change[bin]!;
  return density;
}

/** The same as a shape over a base line, in a box of one unit for each bin. */
export function densityPath(density: Float64Array, height: number): string {
  const most = density.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return '';
  let path = `M0 ${height}`;
  for (let bin = 0; bin < density.length; bin++)
    path += `V${round(height - (density[bin]! / most) * height)}H${bin + 1}`;
  return `${path}V${height}Z`;
}
