import { useEffect, useRef } from 'preact/hooks';
import { go, type Route } from '../shell/route.ts';
import { State } from '../shell/state.tsx';
import { addressWith, closedAddress, sessionAddress } from './address.ts';
import { Artifact } from './artifact.tsx';
import { CancelFacts } from './cancel-facts.tsx';
import type { Chosen } from './chosen.ts';
import { Events } from './events.tsx';
import { spansAround, spansWithin } from './inside.ts';
import type { Lookup } from './lookup.ts';
import { SessionFacts } from './session-facts.tsx';
import { SpanFacts } from './span-facts.tsx';
import { Thread } from './thread.tsx';
import { reasonOf, spanWord } from './words.ts';

/** What is known of the chosen session or span, down to its events, their artifacts, and the thread. */
export function Detail({
  lookup,
  chosen,
  route,
  focus,
}: {
  lookup: Lookup;
  chosen: Chosen;
  route: Route;
  /** True once after somebody has chosen it in the timeline: the reader is led here. */
  focus: { current: boolean };
}) {
  const { data } = lookup;
  const { lane: at, span, artifact } = chosen;
  const lane = data.lanes[at]!;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    title.current?.focus();
  }, [at, span]);
  const own = lane.spans.first;
  const isSession = span < 0 || span === own;
  const around = isSession ? [] : spansAround(data.spans, span);
  const within = spansWithin(data.spans, lane.spans, isSession ? own : span);
  const reason = reasonOf(lane);
  const toSpan = (one: number) => sessionAddress(route, lane.session_id, data.spans.span_id[one]!);
  return (
    <section
      class="detail"
      aria-labelledby="detail-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        go(closedAddress(route));
        document.querySelector<HTMLElement>('.scroller')?.focus();
      }}
    >
      <header>
        <h2 id="detail-title" tabIndex={-1} ref={title}>
          {isSession ? lane.role : spanWord(data.spans, span)}{' '}
          {isSession ? (
            <code>{lookup.short[at]}</code>
          ) : (
            <span class="of">
              of {lane.role} {lookup.short[at]}
            </span>
          )}
        </h2>
        <a class="close" href={closedAddress(route)}>
          close
        </a>
        {!isSession && (
          <ol class="around" aria-label="Spans around it">
            {around.map((one) => (
              <li key={one}>
                {one === span ? (
                  <span aria-current="true">{spanWord(data.spans, one)}</span>
                ) : (
                  <a href={toSpan(one)}>{spanWord(data.spans, one)}</a>
                )}
              </li>
            ))}
          </ol>
        )}
        <State word={isSession ? lane.state : (data.spans.status[span] ?? 'still open')} />
        {isSession && reason !== null && <span class="because"> {reason}</span>}
      </header>
      <CancelFacts lookup={lookup} lane={at} route={route} />
      {isSession ? (
        <SessionFacts lookup={lookup} lane={at} route={route} />
      ) : (
        <SpanFacts lookup={lookup} span={span} />
      )}
      {within.length > 0 && (
        <details>
          <summary>
            Inside <span class="number">{within.length}</span>
          </summary>
          <ol class="within">
            {within.slice(0, 200).map((one) => (
              <li key={one}>
                <a href={toSpan(one)}>{spanWord(data.spans, one)}</a>{' '}
                <State word={data.spans.status[one] ?? 'still open'} />
              </li>
            ))}
          </ol>
          {within.length > 200 && <p>{within.length - 200} more are in the timeline.</p>}
        </details>
      )}
      <Events lookup={lookup} chosen={chosen} route={route} />
      {artifact !== null && <Artifact id={artifact} close={addressWith(route, { artifact: null })} />}
      <Thread session={lane.session_id} messages={lane.messages} route={route} />
    </section>
  );
}
