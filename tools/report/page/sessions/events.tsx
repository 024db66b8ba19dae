import { useMemo, useState } from 'preact/hooks';
import type { SessionsData } from '../../data/sessions.ts';
import type { Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { useEvent } from './blocks.ts';
import type { Chosen } from './chosen.ts';
import { artifactIdsOf, eventsInside } from './inside.ts';
import type { Lookup } from './lookup.ts';
import { clock } from './words.ts';

const PAGE = 50;

/** The events of a session or a span, from the columns; what one says is read when it is opened. */
export function Events({ lookup, chosen, route }: { lookup: Lookup; chosen: Chosen; route: Route }) {
  const { data, zero } = lookup;
  const { lane, span, event } = chosen;
  const all = useMemo(() => eventsInside(lookup, lane, span), [lookup, lane, span]);
  const [page, setPage] = useState({ of: -1, first: 0 });
  const key = lane * data.spans.span_id.length + span;
  const place = all.indexOf(event);
  const first = page.of === key ? page.first : Math.max(0, Math.floor(place / PAGE) * PAGE);
  const shown = all.slice(first, first + PAGE);
  const to = (next: number) => setPage({ of: key, first: next });
  return (
    <section class="events">
      <h3>
        Events <span class="number">{all.length}</span>
      </h3>
      {all.length === 0 && <p class="dim">None is recorded inside of this span.</p>}
      <ol>
        {shown.map((at) => {
          const { fr_event_id, type, unknown } = data.events.types[data.events.type[at]!]!;
          return (
            <li key={at} class={at === event ? 'open' : ''}>
              <a
                href={addressWith(route, {
                  event: at === event ? null : String(data.events.seq[at]),
                  artifact: null,
                })}
                aria-current={at === event ? 'true' : undefined}
              >
                <span class="seq">{data.events.seq[at]}</span> <span class="type">{type}</span>
              </a>{' '}
              <span class="dim">
                {fr_event_id}
                {unknown && ' (unknown to this version)'} · {clock(zero + data.events.at[at]!).slice(11)}
              </span>
              {at === event && <EventBody data={data} at={at} route={route} />}
            </li>
          );
        })}
      </ol>
      {all.length > PAGE && (
        <p class="pages">
          <button type="button" disabled={first === 0} onClick={() => to(Math.max(0, first - PAGE))}>
            earlier
          </button>{' '}
          <span role="status">
            {first + 1} to {first + shown.length} of {all.length}
          </span>{' '}
          <button type="button" disabled={first + PAGE >= all.length} onClick={() => to(first + PAGE)}>
            further
          </button>
        </p>
      )}
      {event >= 0 && place < 0 && (
        <div class="elsewhere">
          <p>Event {data.events.seq[event]} is not inside of this span:</p>
          <EventBody data={data} at={event} route={route} />
        </div>
      )}
    </section>
  );
}

/** An event that is of no session of the report: its address leads to what it says all the same. */
export function LoneEvent({ data, event, route }: { data: SessionsData; event: number; route: Route }) {
  return (
    <section class="detail events" aria-label={`Event ${data.events.seq[event]}`}>
      <p>Event {data.events.seq[event]} is of no session that is shown:</p>
      <EventBody data={data} at={event} route={route} />
    </section>
  );
}

function EventBody({ data, at, route }: { data: SessionsData; at: number; route: Route }) {
  const seq = data.events.seq[at]!;
  const event = useEvent(data, at);
  if (event === undefined) return <p role="status">Reading event {seq}.</p>;
  if (event instanceof Error)
    return (
      <p role="status">
        Event {seq} cannot be read: {event.message}
      </p>
    );
  const artifacts = artifactIdsOf(event);
  return (
    <div class="body">
      {artifacts.length > 0 && (
        <ul class="artifact-links" aria-label="Artifacts that it names">
          {artifacts.map((id) => (
            <li key={id}>
              <a href={addressWith(route, { artifact: id })}>artifact {id.slice(0, 15)}…</a>
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and without a mouse only what has the focus does */}
      <section class="scrolls" tabIndex={0} aria-label={`Event ${seq} as JSON`}>
        <pre>{JSON.stringify(event, null, 2)}</pre>
      </section>
    </div>
  );
}
