// Durations and sums as the views of a log say them.
import type { Cost } from '../../recorder/index.ts';
import { count } from '../output.ts';
import { dollars } from './words.ts';

/** `350 ms`, `41.3 s`, `4 min 10 s`, `2 h 05 min`. */
export function lasted(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  // What would round up to a minute is one.
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** What is known, and how much is not: `$0.12 and 2 runs without a price`. Empty where nothing was used. */
export function priced({ cost_usd, unpriced_runs }: Cost): string {
  const unknown = unpriced_runs === 0 ? '' : `${count(unpriced_runs, 'run')} without a price`;
  return [dollars(cost_usd), unknown].filter((part) => part !== '').join(' and ');
}
