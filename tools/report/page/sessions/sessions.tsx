import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SessionsData } from '../../data/sessions.ts';
import { Empty } from '../shell/empty.tsx';
import { usePrinting } from '../shell/printing.ts';
import type { Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { overlayOf } from './amounts.ts';
import { Artifact } from './artifact.tsx';
import { Cancels } from './cancels.tsx';
import { chosenOf } from './chosen.ts';
import { Detail } from './detail.tsx';
import { LoneEvent } from './events.tsx';
import { answering, filterOf, textsOf, timeOf } from './filter.ts';
import { Filters } from './filters.tsx';
import { Gaps } from './gaps.tsx';
import { lookupOf } from './lookup.ts';
import { rowsOf } from './rows.ts';
import './sessions.css';
import { SessionTable } from './session-table.tsx';
import { held, type Piece, whole } from './span-of-time.ts';
import { Timeline } from './timeline.tsx';
import { TimelineBar } from './timeline-bar.tsx';
import { Totals } from './totals.tsx';

const VIEWS = [
  ['', 'Timeline'],
  ['table', 'Table'],
  ['cancels', 'Cancels'],
] as const;

/** The sessions of one database: lanes, costs, filters, and the way from a span to its events and artifacts. */
export function Sessions({ data, route }: { data: SessionsData; route: Route }) {
  const lookup = useMemo(() => lookupOf(data), [data]);
  const texts = useMemo(() => textsOf(data), [data]);
  const filter = filterOf(route.query);
  const asked = JSON.stringify(filter);
  const answers = useMemo(
    () => answering(data.lanes, texts, filter, lookup.zero, lookup.length),
    [data, texts, asked, lookup],
  );
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const onFold = useCallback(
    (lane: number) =>
      setFolded((now) => {
        const next = new Set(now);
        if (!next.delete(lane)) next.add(lane);
        return next;
      }),
    [],
  );
  const rows = useMemo(() => rowsOf(lookup, answers, folded), [lookup, answers, folded]);
  const [piece, setPiece] = useState<Piece>(() => whole(lookup.length));
  // The time that is filtered by is the time that is looked at.
  useEffect(() => {
    const from = timeOf(filter.from, lookup.zero) ?? 0;
    const to = timeOf(filter.to, lookup.zero) ?? whole(lookup.length).to;
    setPiece(to > from ? held({ from, to }, lookup.length) : whole(lookup.length));
  }, [filter.from, filter.to, lookup]);
  const chosen = chosenOf(lookup, route);
  const focus = useRef(false);
  const printing = usePrinting();
  const show = route.query.get('show') ?? '';
  const overlay = overlayOf(route.query.get('overlay'));
  const shown = answers.reduce((sum, answer) => sum + (answer ? 1 : 0), 0);
  if (data.lanes.length === 0)
    return (
      <Empty>
        The database {data.database} has no sessions. <code>gov session run FILE</code> runs some.
      </Empty>
    );
  return (
    <div class={`sessions${chosen.lane >= 0 ? ' with-detail' : ''}`}>
      <h1>
        Sessions <span class="database">{data.database}</span>
      </h1>
      <Gaps data={data} />
      <Filters lookup={lookup} filter={filter} route={route} />
      <Totals lookup={lookup} answers={answers} shown={shown} />
      <nav class="looks" aria-label="Look at sessions as">
        {VIEWS.map(([name, word]) => (
          <a
            key={name}
            href={addressWith(route, { show: name })}
            aria-current={show === name ? 'page' : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      {chosen.missing !== null && (
        <p class="missing" role="alert">
          The report has no {chosen.missing}, or more than one that begins so.
        </p>
      )}
      <div class="beside">
        <div class="main-part">
          {chosen.lane < 0 && chosen.event >= 0 && (
            <LoneEvent data={data} event={chosen.event} route={route} />
          )}
          {chosen.lane < 0 && chosen.artifact !== null && (
            <Artifact id={chosen.artifact} close={addressWith(route, { artifact: null })} />
          )}
          {shown === 0 && <Empty>No session answers. Take a filter out, or reset them all.</Empty>}
          {show === '' && shown > 0 && (
            <>
              <TimelineBar lookup={lookup} route={route} overlay={overlay} piece={piece} onPiece={setPiece} />
              <Timeline
                lookup={lookup}
                rows={rows}
                answers={answers}
                route={route}
                overlay={overlay}
                piece={piece}
                onPiece={setPiece}
                folded={onFold}
                chosen={chosen}
                onChosen={() => {
                  focus.current = true;
                }}
              />
            </>
          )}
          {(show === 'table' || (printing && show === '')) && shown > 0 && (
            <SessionTable lookup={lookup} answers={answers} route={route} />
          )}
          {show === 'cancels' && <Cancels lookup={lookup} answers={answers} route={route} />}
        </div>
        {chosen.lane >= 0 && <Detail lookup={lookup} chosen={chosen} route={route} focus={focus} />}
      </div>
    </div>
  );
}
