import type { PageData } from '../../data/page.ts';
import type { Route } from '../shell/route.ts';

/** Work packets, findings, anchors, drift and the trace. */
export function Governance({ page }: { page: PageData; route: Route }) {
  return <p>{page.governance?.packets.length ?? 0} work packets</p>;
}
