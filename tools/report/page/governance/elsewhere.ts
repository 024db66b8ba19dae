import { hashOf } from '../shell/route.ts';
import type { Told } from './summary.ts';

export interface Elsewhere {
  title: string;
  count: number;
  hash: string;
}

/** Where else the page speaks of a packet, as the filters of those views find it; what says nothing is left out. */
export function elsewhere({ governance, sessions }: Told, wp_id: string): Elsewhere[] {
  const wanted = wp_id.toLowerCase();
  const found = (governance?.rules ?? []).flatMap(({ rule, findings }) =>
    findings.filter(({ message, file }) => `${message}\n${file}\n${rule}`.toLowerCase().includes(wanted)),
  );
  const to = (view: string, name: string) => hashOf({ view, query: new URLSearchParams({ [name]: wp_id }) });
  return [
    { title: 'Findings', count: found.length, hash: to('findings', 'text') },
    {
      title: 'Drift',
      count: (governance?.drift ?? []).filter((row) => row.wp_id === wp_id).length,
      hash: to('drift', 'text'),
    },
    {
      title: 'Sessions',
      count: (sessions?.lanes ?? []).filter((lane) => lane.wp_id === wp_id).length,
      hash: to('sessions', 'wp'),
    },
  ].filter(({ count }) => count > 0);
}
