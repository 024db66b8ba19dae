import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { usePrinting } from '../shell/printing.ts';
import { go, type Route } from '../shell/route.ts';
import { addressWith, sessionAddress } from './address.ts';
import { largest, type Overlay } from './amounts.ts';
import { Axis } from './axis.tsx';
import { type Cursor, movedBy } from './cursor.ts';
import { LaneRow } from './lane-row.tsx';
import type { Lookup } from './lookup.ts';
import { marksOf } from './marks.ts';
import { OverLanes } from './over-lanes.tsx';
import { Overview } from './overview.tsx';
import { AS } from './roles.ts';
import type { Row } from './rows.ts';
import { rowsInSight } from './rows.ts';
import { said } from './said.ts';
import { LANE_HEIGHT, markAt } from './shapes.ts';
import { held, moved, type Piece, showing, timeAt, whole, zoomed } from './span-of-time.ts';

/** Pixels of a letter where nobody has asked for larger ones. */
const USUAL_LETTERS = 15;

/** Paper has no scroll bar: as many lanes as somebody will look through; the table has all of them. */
const LANES_ON_PAPER = 120;

interface Size {
  width: number;
  height: number;
  /** How much larger letters are than usual: labels have to fit into their rows. */
  letters: number;
}

/** A lane for each session, of which only those in sight are in the document. */
export function Timeline({
  lookup,
  rows,
  answers,
  route,
  overlay,
  piece,
  onPiece,
  folded,
  chosen,
  onChosen,
}: {
  lookup: Lookup;
  rows: readonly Row[];
  answers: readonly boolean[];
  route: Route;
  overlay: Overlay;
  piece: Piece;
  onPiece: (piece: Piece) => void;
  folded: (lane: number) => void;
  chosen: { lane: number; span: number };
  onChosen: () => void;
}) {
  const { data, length } = lookup;
  const scroller = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 600, letters: 1 });
  const [top, setTop] = useState(0);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [under, setUnder] = useState('');
  const [announced, setAnnounced] = useState('');
  const printing = usePrinting();
  const stacked = size.width < 560 * size.letters;
  const labelWidth = stacked
    ? 0
    : Math.round(Math.min(340 * size.letters, Math.max(228 * size.letters, size.width * 0.22)));
  const labelHeight = Math.round((stacked ? 32 : 44) * Math.max(size.letters, 1));
  const rowHeight = stacked ? labelHeight + LANE_HEIGHT + 2 : Math.max(labelHeight, LANE_HEIGHT) + 2;
  const laneTop = stacked ? labelHeight : Math.round((rowHeight - 2 - LANE_HEIGHT) / 2);
  const width = Math.max(size.width - labelWidth, 1);
  const most = useMemo(() => largest(data.spans, overlay), [data, overlay]);
  const [first, end] = printing
    ? [0, Math.min(rows.length, LANES_ON_PAPER)]
    : rowsInSight(top, size.height, rowHeight, rows.length);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () =>
      setSize({
        width: element.clientWidth,
        height: element.clientHeight,
        letters: Number.parseFloat(getComputedStyle(element).fontSize) / USUAL_LETTERS,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const latest = useRef({ piece, width, labelWidth, length, onPiece });
  latest.current = { piece, width, labelWidth, length, onPiece };
  useEffect(() => {
    const element = scroller.current!;
    // A listener of its own, since the browser's own zoom has to be held back.
    const wheel = (event: WheelEvent) => {
      const now = latest.current;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!(event.ctrlKey || event.metaKey) && !sideways) return;
      event.preventDefault();
      if (sideways && !event.ctrlKey) {
        now.onPiece(moved(now.piece, event.deltaX / now.width, now.length));
        return;
      }
      const x = event.clientX - element.getBoundingClientRect().left - now.labelWidth;
      const at = timeAt(Math.min(Math.max(x, 0), now.width), now.piece, now.width);
      now.onPiece(zoomed(now.piece, Math.exp(-event.deltaY / 300), at, now.length));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const toRow = (row: number) => {
    const element = scroller.current!;
    const head = element.querySelector<HTMLElement>('.head-row')?.offsetHeight ?? 0;
    const [above, below] = [row * rowHeight, (row + 1) * rowHeight + head];
    if (above < element.scrollTop) element.scrollTop = above;
    else if (below > element.scrollTop + element.clientHeight)
      element.scrollTop = below - element.clientHeight;
  };

  // What the address points at is shown, wherever it is.
  useEffect(() => {
    if (chosen.lane < 0) return;
    const row = rows.findIndex(({ lane }) => lane === chosen.lane);
    if (row < 0) return;
    toRow(row);
    const span = chosen.span;
    setCursor({ row, span: span < 0 ? -1 : span - data.lanes[chosen.lane]!.spans.first });
    if (span >= 0) onPiece(showing(piece, data.spans.start[span]!, data.spans.end[span] ?? length, length));
  }, [chosen.lane, chosen.span]);

  const spanAt = (event: PointerEvent): { row: number; span: number } | null => {
    const target = (event.target as Element).closest<HTMLElement>('[data-row]');
    if (target === null) return null;
    const row = Number(target.dataset.row);
    const shape = target.querySelector('svg.lane')!.getBoundingClientRect();
    const [x, y] = [event.clientX - shape.left, event.clientY - shape.top];
    if (x < 0) return { row, span: -1 };
    const lane = data.lanes[rows[row]!.lane]!;
    const mark = markAt(marksOf(data.spans, lane.spans, piece, width, length), x, y);
    return { row, span: mark === null ? -1 : mark.spans[0]! };
  };

  const choose = (row: number, span: number) => {
    const lane = data.lanes[rows[row]!.lane]!;
    onChosen();
    go(sessionAddress(route, lane.session_id, span < 0 ? null : data.spans.span_id[span]!));
  };

  const drag = useRef<{ x: number; piece: Piece; far: boolean } | null>(null);
  const pressed = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as Element).closest('a, button, .axis')) return;
    drag.current = { x: event.clientX, piece, far: false };
  };
  const dragged = (event: PointerEvent) => {
    const from = drag.current;
    if (from === null) {
      const hit = spanAt(event);
      setUnder(hit === null ? '' : said(lookup, rows, hit.row, hit.span));
      return;
    }
    const by = event.clientX - from.x;
    if (!from.far && Math.abs(by) < 4) return;
    if (!from.far) {
      from.far = true;
      scroller.current!.setPointerCapture(event.pointerId);
    }
    const per = (from.piece.to - from.piece.from) / width;
    onPiece(held({ from: from.piece.from - by * per, to: from.piece.to - by * per }, length));
  };
  const released = (event: PointerEvent) => {
    const from = drag.current;
    drag.current = null;
    if (from === null || from.far) return;
    const hit = spanAt(event);
    if (hit === null) return;
    const { first: begin } = data.lanes[rows[hit.row]!.lane]!.spans;
    setCursor({ row: hit.row, span: hit.span < 0 ? -1 : hit.span - begin });
    choose(hit.row, hit.span);
  };

  const key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== scroller.current) return;
    const now = cursor ?? { row: 0, span: -1 };
    const sight = pieceByKey(event, piece, length);
    if (sight !== null) {
      event.preventDefault();
      onPiece(sight);
      return;
    }
    if (event.key === 'Enter' && rows.length > 0) {
      event.preventDefault();
      const row = Math.min(now.row, rows.length - 1);
      choose(row, now.span < 0 ? -1 : data.lanes[rows[row]!.lane]!.spans.first + now.span);
      return;
    }
    const page = Math.max(1, Math.floor(size.height / rowHeight) - 2);
    const move = movedBy(event.key, now, rows, (lane) => data.lanes[lane]!.spans.count, page);
    if (move === null) return;
    event.preventDefault();
    if ('fold' in move) {
      folded(move.fold);
      return;
    }
    setCursor(move.cursor);
    toRow(move.cursor.row);
    const lane = data.lanes[rows[move.cursor.row]!.lane]!;
    const span = move.cursor.span < 0 ? -1 : lane.spans.first + move.cursor.span;
    if (span >= 0) onPiece(showing(piece, data.spans.start[span]!, data.spans.end[span] ?? length, length));
    setAnnounced(said(lookup, rows, move.cursor.row, span));
  };

  const at = cursor === null ? -1 : Math.min(cursor.row, rows.length - 1);
  const frame = useRef(0);
  return (
    <div class="timeline">
      <Overview lookup={lookup} answers={answers} piece={piece} onPiece={onPiece} />
      {/* A grid of rows that holds the focus itself and says which of them is meant: lanes come and go while it scrolls. */}
      <div
        class={`scroller ${stacked ? 'stacked' : ''}`}
        ref={scroller}
        role="treegrid"
        aria-label="Timeline of sessions"
        aria-describedby="timeline-keys"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= first && at < end ? `lane-${rows[at]!.lane}` : undefined}
        tabIndex={0}
        onScroll={() => {
          cancelAnimationFrame(frame.current);
          frame.current = requestAnimationFrame(() => setTop(scroller.current?.scrollTop ?? 0));
        }}
        onFocus={() => cursor === null && rows.length > 0 && setCursor({ row: 0, span: -1 })}
        onKeyDown={key}
        onPointerDown={pressed}
        onPointerMove={dragged}
        onPointerUp={released}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerLeave={() => setUnder('')}
      >
        <div class="head" {...AS.group}>
          <div
            class="head-row"
            {...AS.row}
            {...{ 'aria-rowindex': 1 }}
            style={{ '--label': `${labelWidth}px` }}
          >
            <div class="label-head" {...AS.column}>
              Session
            </div>
            <div class="axis" {...AS.column}>
              <span class="hidden">Time (UTC)</span>
              <Axis
                lookup={lookup}
                piece={piece}
                width={width}
                onRange={(from, to) => {
                  const iso = (time: number) => new Date(lookup.zero + time).toISOString();
                  go(addressWith(route, { from: iso(from), to: iso(to) }));
                }}
              />
            </div>
          </div>
        </div>
        <div
          class="lanes"
          {...AS.group}
          style={{
            height: `${(printing ? end : rows.length) * rowHeight}px`,
            '--label': `${labelWidth}px`,
            '--row': `${rowHeight}px`,
            '--lane-top': `${stacked ? 0 : laneTop}px`,
          }}
        >
          {rows.slice(first, end).map((row, index) => (
            <LaneRow
              key={row.lane}
              lookup={lookup}
              row={row}
              at={first + index}
              top={(first + index) * rowHeight}
              piece={piece}
              width={width}
              overlay={overlay}
              most={most}
              isCursor={first + index === at}
              cursorSpan={first + index === at ? cursor!.span : -1}
              isChosen={row.lane === chosen.lane}
              chosenSpan={row.lane === chosen.lane ? chosen.span : -1}
              route={route}
              onFold={folded}
            />
          ))}
          <OverLanes
            lookup={lookup}
            rows={rows}
            first={first}
            end={end}
            rowHeight={rowHeight}
            laneTop={laneTop}
            left={labelWidth}
            piece={piece}
            width={width}
          />
        </div>
      </div>
      <p class="readout" aria-hidden="true">
        {under || (cursor !== null && announced) || 'Point at a span to read what it is.'}
      </p>
      <p class="hidden" role="status">
        {announced}
      </p>
      <p class="keys-of" id="timeline-keys">
        Up and down: lanes. Left and right: spans. Enter: open. Space: fold. Plus, minus, 0: zoom. Shift with
        left or right: move in time. Ctrl and wheel: zoom.
      </p>
      {printing && rows.length > end && (
        <p>
          Of {rows.length} lanes the first {end} are drawn; the table has all.
        </p>
      )}
    </div>
  );
}

/** Looking closer and further, which the overview understands too. */
function pieceByKey(event: KeyboardEvent, piece: Piece, length: number): Piece | null {
  const middle = (piece.from + piece.to) / 2;
  if (event.key === '+' || event.key === '=') return zoomed(piece, 1.5, middle, length);
  if (event.key === '-') return zoomed(piece, 1 / 1.5, middle, length);
  if (event.key === '0') return whole(length);
  if (!event.shiftKey) return null;
  if (event.key === 'ArrowLeft') return moved(piece, -0.2, length);
  if (event.key === 'ArrowRight') return moved(piece, 0.2, length);
  if (event.key === 'Home') return held({ from: 0, to: piece.to - piece.from }, length);
  if (event.key === 'End') return held({ from: length, to: length + piece.to - piece.from }, length);
  return null;
}
