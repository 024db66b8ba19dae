import type { PageData } from '../../data/page.ts';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import type { Route } from '../shell/route.ts';
import { Anchors } from './anchors.tsx';
import { Clause } from './clause.tsx';
import { Drift } from './drift.tsx';
import { Findings } from './findings.tsx';
import { Overview } from './overview.tsx';
import { Packet } from './packet.tsx';
import { Packets } from './packets.tsx';
import { Source } from './source.tsx';
import { Trace } from './trace.tsx';

/** Everything but sessions: work packets, findings, anchors, drift, the trace, and the lines that they name. */
export function Governance({ page, route }: { page: PageData; route: Route }) {
  const { governance, trace } = page;
  const id = route.path.join('/');
  switch (route.view) {
    case '':
      return <Overview page={page} route={route} />;
    case 'source':
      return <Source route={route} link={page.link} />;
    case 'trace':
      if (!trace) break;
      return id === '' ? <Trace trace={trace} route={route} /> : <Clause trace={trace} id={id} />;
    case 'packets':
      if (!governance) break;
      return id === '' ? (
        <Packets packets={governance.packets} route={route} />
      ) : (
        <Packet page={page} packets={governance.packets} id={id} route={route} />
      );
    case 'findings':
      if (!governance) break;
      return <Findings governance={governance} route={route} />;
    case 'anchors':
      if (!governance) break;
      return <Anchors anchors={governance.anchors} route={route} />;
    case 'drift':
      if (!governance) break;
      return <Drift rows={governance.drift} spec={page.spec} route={route} />;
  }
  return (
    <>
      <Head title="Not here" />
      <Empty>
        This report has no view "{route.view}". <a href="#/">The overview</a> leads to those that it has.
      </Empty>
    </>
  );
}
