import type { Arrow, Lane, TimelineSpan, Views } from '../../engine/index.ts';
import { columns, count, cut, fold, type Output, pad, visible } from '../output.ts';
import type { Handles } from '../session/handles.ts';
import { lasted } from '../session/view-words.ts';
import { type Clocked, clocked, dollars, tokens } from '../session/words.ts';

/** More lines than these nobody reads; `--session` and `--tree` narrow them, `--json` has all. */
const MOST_LINES = 120;
const LABEL = { least: 14, most: 34 };
/** Narrower than this a bar shows nothing. */
const LEAST_BAR = 12;
const MOST_BAR = 48;
/** A duration and a state: where a line has no room for tokens and cost as well, these stand below. */
const LEAST_FIGURES = 21;

const glyphs = { model_session: '─', model_run: '█', attempt: '█', tool_call: '▪' } as const;

interface Row {
  label: string;
  span: TimelineSpan;
  /** How it is, or how it ended. */
  told: string;
  /** What begins or ends here in another session. */
  notes: string[];
}

/** One line a session and one a span inside it, each with its place in the whole time that is shown. */
export function printTimeline(out: Output, view: Views['timeline'], handles: Handles): void {
  const { extent, lanes, arrows } = view;
  if (extent === null) return;
  const at = clocked([extent.from, extent.to]);
  const spans = lanes.reduce((sum, { span }) => sum + sizeOf(span), 0);
  out.line(
    [
      `${at(extent.from)} to ${at(extent.to)}`,
      lasted(extent.duration_ms),
      count(lanes.length, 'session'),
      count(spans, 'span'),
    ].join(' · '),
  );
  out.line();
  const rows = lanes.flatMap((lane) => rowsOf(lane, arrows, handles, at, placesOf(lanes)));
  const labels = Math.min(LABEL.most, Math.max(LABEL.least, ...rows.map(({ label }) => columns(label))));
  const figures = Math.max(...rows.map((row) => columns(figuresOf(row).join('  '))));
  const room = (beside: number): number => out.width - labels - 2 - beside - 2;
  const widest = room(figures) < LEAST_BAR ? room(LEAST_FIGURES) : room(figures);
  const bar = widest < LEAST_BAR ? 0 : Math.min(MOST_BAR, widest);
  let printed = 0;
  for (const [n, row] of rows.entries()) {
    const lines = linesOf(out, row, { labels, bar, from: Date.parse(extent.from), ms: extent.duration_ms });
    printed += lines.length;
    if (printed > MOST_LINES) {
      out.line(`… ${count(rows.length - n, 'more span')} (--session ID shows one session, --json all)`);
      return;
    }
    for (const line of lines) out.line(line);
  }
}

const sizeOf = ({ children }: TimelineSpan): number =>
  children.reduce((sum, child) => sum + sizeOf(child), 1);

/** A run that was never tried again is its one attempt. */
const isPlain = ({ kind, children }: TimelineSpan): boolean => kind === 'model_run' && children.length === 1;

/** How a person calls a span, by its id. */
function placesOf(lanes: readonly Lane[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { span } of lanes)
    for (const run of span.children) {
      places.set(run.span_id, `run ${run.number}`);
      for (const attempt of run.children)
        places.set(attempt.span_id, `run ${run.number}${isPlain(run) ? '' : `, attempt ${attempt.number}`}`);
    }
  return places;
}

function rowsOf(
  lane: Lane,
  arrows: readonly Arrow[],
  handles: Handles,
  at: Clocked,
  places: ReadonlyMap<string, string>,
): Row[] {
  const label = (id: string): string => visible(handles.labelOf(id));
  const inRun = ({ span_id }: { span_id: string | null }): string =>
    span_id !== null && places.has(span_id) ? ` in its ${places.get(span_id)}` : '';
  const notes = arrows.flatMap((arrow) => {
    if (arrow.kind === 'spawn' && arrow.to.session_id === lane.session_id)
      return [`spawned by ${label(arrow.from.session_id)}${inRun(arrow.from)} ${at(arrow.at)}`];
    if (arrow.kind === 'announce' && arrow.from.session_id === lane.session_id)
      return [
        `told ${label(arrow.to.session_id)} ${arrow.status ?? 'its result'} ${at(arrow.at)}, ${
          arrow.read_at === null ? 'not read yet' : `read${inRun(arrow.to)} ${at(arrow.read_at)}`
        }`,
      ];
    return [];
  });
  const rows: Row[] = [];
  const walk = (span: TimelineSpan, depth: number, name: string, told: string, own: string[]): void => {
    rows.push({ label: `${'  '.repeat(depth)}${name}`, span, told, notes: own });
    const inside = isPlain(span) ? span.children[0]!.children : span.children;
    for (const child of inside) walk(child, depth + 1, nameOf(child), child.status ?? 'open', []);
  };
  walk(lane.span, 0, `${label(lane.session_id)} ${visible(lane.role)}`, lane.state, notes);
  return rows;
}

function nameOf({ kind, name, number }: TimelineSpan): string {
  if (kind === 'tool_call') return visible(name ?? `tool call ${number}`);
  return `${kind === 'model_run' ? 'run' : 'attempt'} ${number}`;
}

interface Frame {
  labels: number;
  bar: number;
  /** The first moment that is shown, and how long all of it took. */
  from: number;
  ms: number;
}

function figuresOf({ span, told }: Row): string[] {
  const parts = [
    pad(lasted(span.duration_ms), 9),
    pad(told, 9),
    ...(span.tokens ? [tokens(span.tokens)] : []),
    ...(span.cost ? [dollars(span.cost.cost_usd), span.cost.unpriced_runs > 0 ? 'not priced' : ''] : []),
  ];
  return parts.filter((part) => part !== '');
}

function linesOf(out: Output, row: Row, frame: Frame): string[] {
  const { label, span, notes } = row;
  const paint =
    span.status === 'failed'
      ? out.red
      : span.status === 'cancelled' || span.status === 'interrupted'
        ? out.yellow
        : span.kind === 'tool_call'
          ? out.dim
          : (text: string) => text;
  const figures = figuresOf(row);
  const name = pad(cut(label, frame.labels), frame.labels);
  const before = frame.bar === 0 ? name : `${name}  ${paint(barOf(span, frame))}`;
  const room = out.limit - frame.labels - 2 - (frame.bar === 0 ? 0 : frame.bar + 2);
  const all = figures.join('  ');
  const indent = ' '.repeat(label.length - label.trimStart().length + 2);
  const line =
    columns(all) <= room
      ? [`${before}  ${all}`]
      : [`${before}  ${figures.slice(0, 2).join('  ')}`, `${indent}${figures.slice(2).join('  ')}`];
  const under = notes.flatMap((note) => fold(note, Math.max(20, Math.min(out.limit, 400) - indent.length)));
  return [...line, ...under.map((note) => out.dim(indent + note))];
}

/** At least one column, so that nothing that happened is invisible. */
function barOf({ kind, start_time, duration_ms }: TimelineSpan, { bar, from, ms }: Frame): string {
  const scale = ms === 0 ? 0 : bar / ms;
  const start = Math.min(bar - 1, Math.floor((Date.parse(start_time) - from) * scale));
  const length = Math.max(1, Math.min(bar - start, Math.round(duration_ms * scale)));
  return pad(`${' '.repeat(Math.max(0, start))}${glyphs[kind].repeat(length)}`, bar);
}
