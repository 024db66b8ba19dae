import { memo } from 'preact/compat';
import type { Route } from '../shell/route.ts';
import { State } from '../shell/state.tsx';
import { sessionAddress } from './address.ts';
import { amountsOf, type Overlay } from './amounts.ts';
import type { Lookup } from './lookup.ts';
import { type Mark, marksOf } from './marks.ts';
import { AS } from './roles.ts';
import type { Row } from './rows.ts';
import { box, fadesOf, heightOf, LANE_HEIGHT, pathsOf, topOf } from './shapes.ts';
import { type Piece, xOf } from './span-of-time.ts';
import { priced, pricedShort, short } from './words.ts';

interface Props {
  lookup: Lookup;
  row: Row;
  at: number;
  top: number;
  piece: Piece;
  width: number;
  overlay: Overlay;
  most: number;
  isCursor: boolean;
  cursorSpan: number;
  isChosen: boolean;
  chosenSpan: number;
  route: Route;
  onFold: (lane: number) => void;
}

/** A session: who it is, and its spans. Drawn anew only when something of it has changed. */
export const LaneRow = memo(function LaneRow(props: Props) {
  const { lookup, row, at, top, isCursor, isChosen, overlay, route, onFold } = props;
  const lane = lookup.data.lanes[row.lane]!;
  const aria = {
    ...AS.row,
    'aria-rowindex': at + 2,
    'aria-level': row.depth + 1,
    'aria-expanded': row.below > 0 ? !row.folded : undefined,
    'aria-selected': isChosen,
  };
  const said = ({ tokens, cost }: typeof lane.spent) =>
    overlay === 'tokens' ? short(tokens) : pricedShort(cost);
  const unlike = lane.spent.tokens !== lane.spent_below.tokens;
  return (
    <div
      class={`lane-row${isCursor ? ' cursor' : ''}${isChosen ? ' chosen' : ''}${lane.cancelled === null ? '' : ' cancelled'}`}
      id={`lane-${row.lane}`}
      {...aria}
      data-row={at}
      style={{ top: `${top}px` }}
    >
      <div class="label" {...AS.gridCell} style={{ '--depth': Math.min(row.depth, 8) }}>
        {row.below > 0 ? (
          <button
            type="button"
            class="fold"
            tabIndex={-1}
            aria-label={row.folded ? `show ${row.below} below` : `fold ${row.below} below`}
            onClick={() => onFold(row.lane)}
          >
            {row.folded ? '▸' : '▾'}
          </button>
        ) : (
          <span class="fold" />
        )}
        <a tabIndex={-1} href={sessionAddress(route, lane.session_id)}>
          <span class="role">{lane.role}</span> <code>{lookup.short[row.lane]}</code>
        </a>
        <span class="second">
          <State word={lane.state} />{' '}
          <span
            class="spent"
            title={`${priced(lane.spent.cost)}; with all below ${priced(lane.spent_below.cost)}`}
          >
            {said(lane.spent)}
            {unlike && (
              <>
                {' '}
                <span aria-hidden="true">Σ</span>
                <span class="hidden">with all below</span> {said(lane.spent_below)}
              </>
            )}
          </span>
        </span>
      </div>
      <div class="spans" {...AS.gridCell}>
        <Spans {...props} />
      </div>
    </div>
  );
});

function Spans({ lookup, row, piece, width, overlay, most, isCursor, cursorSpan, chosenSpan }: Props) {
  const { data, length } = lookup;
  const lane = data.lanes[row.lane]!;
  const marks = marksOf(data.spans, lane.spans, piece, width, length);
  const shown = overlay === 'off' ? marks : marks.filter(({ kind }) => kind < 2);
  const amounts = overlay === 'off' ? null : amountsOf(data.spans, marks, overlay, most, width);
  const fades = lane.end === null ? fadesOf(marks, xOf(length, piece, width)) : [];
  const ring = (span: number, name: string) => {
    const mark = marks.find(({ spans }) => spans.includes(span));
    return mark && <path class={name} d={around(mark, width)} />;
  };
  return (
    <svg class="lane" width={width} height={LANE_HEIGHT} aria-hidden="true">
      {pathsOf(shown).map(({ look, d }) => (
        <path key={look} class={look} d={d} />
      ))}
      {lane.cancelled !== null && <path class="hatched" fill="url(#cancelled-hatch)" d={hatchOf(marks)} />}
      {fades.map((d, step) => (
        <path key={step} class={`fade fade-${step}`} d={d} />
      ))}
      {amounts !== null && (
        <>
          {amounts.levels.map(
            (d, level) => d !== '' && <path key={level} class={`amount level-${level}`} d={d} />,
          )}
          {amounts.unpriced !== '' && <path class="amount unpriced" d={amounts.unpriced} />}
          {amounts.numbers.map(({ x, text }) => (
            <text key={x} class="number" x={x} y={topOf(1) + 9}>
              {text}
            </text>
          ))}
        </>
      )}
      {chosenSpan >= 0 && ring(chosenSpan, 'ring-chosen')}
      {isCursor && cursorSpan >= 0 && ring(lane.spans.first + cursorSpan, 'ring-cursor')}
    </svg>
  );
}

/** A cancelled session is hatched along its own span. */
function hatchOf(marks: readonly Mark[]): string {
  return marks
    .filter(({ depth }) => depth === 0)
    .map(({ x, width, depth }) => box(x, topOf(depth), Math.max(width, 2), heightOf(depth)))
    .join('');
}

function around({ x, width, depth }: Mark, lane: number): string {
  const left = Math.max(x - 2, 1);
  const right = Math.min(x + Math.max(width, 2) + 2, lane - 1);
  return box(left, topOf(depth) - 2, Math.max(right - left, 3), heightOf(depth) + 4);
}
