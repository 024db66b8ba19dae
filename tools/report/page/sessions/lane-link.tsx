import { useState } from 'preact/hooks';
import type { Route } from '../shell/route.ts';
import { State } from '../shell/state.tsx';
import { sessionAddress } from './address.ts';
import type { Lookup } from './lookup.ts';

export function LaneLink({ lookup, lane, route }: { lookup: Lookup; lane: number; route: Route }) {
  const { session_id, role } = lookup.data.lanes[lane]!;
  return (
    <a href={sessionAddress(route, session_id)}>
      {role} <code>{lookup.short[lane]}</code>
    </a>
  );
}

const FIRST = 12;

/** Sessions with their states; of many the first, until all are asked for. */
export function LaneLinks({
  lookup,
  lanes,
  route,
  label,
}: {
  lookup: Lookup;
  lanes: readonly number[];
  route: Route;
  label: string;
}) {
  const [all, setAll] = useState(false);
  if (lanes.length === 0) return null;
  return (
    <>
      <ul class="lane-links" aria-label={label}>
        {(all ? lanes : lanes.slice(0, FIRST)).map((lane) => (
          <li key={lane}>
            <LaneLink lookup={lookup} lane={lane} route={route} />{' '}
            <State word={lookup.data.lanes[lane]!.state} />
          </li>
        ))}
      </ul>
      {lanes.length > FIRST && !all && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          all {lanes.length}
        </button>
      )}
    </>
  );
}
