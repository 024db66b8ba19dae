import { HASH_DIGITS, lengthened, longUuid } from './ids.ts';
import type { SessionsData } from './sessions.ts';

/**
 * Events as they are, without what the columns say of them already and with short ids: written out they would be five
 * times as long. {@link eventIn} puts one together again.
 */
export interface EventBlock {
  /** Of each event a position in `kinds`; its values are the next ones of that kind. */
  kind: number[];
  /** Short hashes that its events name, each once: a result is named by its call, twice, and by a message. */
  hashes: string[];
  kinds: { shape: EventShape; values: unknown[][] }[];
}

/**
 * What events of one kind have in common, nested like them. A number is the place of a value in {@link told}, or one of
 * {@link OWN}, which takes the next column of the kind's values; null, true and false are themselves.
 */
export type EventShape = number | boolean | null | { [key: string]: EventShape };

/** How a value stands that is nowhere else: as it is, as a short UUID, as a place in `hashes`, the same behind `sha256:`. */
export const OWN = { plain: -1, uuid: -2, hash: -3, artifact: -4 } as const;

export type ToldBy = Pick<SessionsData, 'from' | 'lanes' | 'spans' | 'events'>;

/** What the columns say of an event, each at a place of its own; undefined where they say nothing. */
export function told({ from, lanes, spans, events }: ToldBy, event: number): (string | number | undefined)[] {
  const zero = Date.parse(from);
  const time = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? undefined : new Date(zero + ms).toISOString();
  const lane = lanes[events.lane[event]!];
  const span = events.span[event]!;
  const type = events.types[events.type[event]!];
  return [
    events.seq[event],
    time(events.at[event]),
    type?.fr_event_id,
    type?.type,
    lane?.session_id,
    lane?.trace_id,
    lane && spans.span_id[lane.spans.first],
    lanes[lane?.parent ?? -1]?.session_id,
    spans.span_id[span],
    spans.span_id[spans.parent[span]!],
    spans.job_id[span] ?? undefined,
    time(spans.start[span]),
    time(spans.end[span]),
    lane?.model_id,
    lane?.wp_id ?? undefined,
    spans.name[span] ?? undefined,
  ];
}

/** An event with its place in the log, as `seq`: the `place`-th of a block, and what is {@link told} of it. */
export function eventIn(block: EventBlock, place: number, values: ReturnType<typeof told>): unknown {
  const kind = block.kind[place]!;
  const { shape, values: columns } = block.kinds[kind]!;
  let row = 0;
  for (let before = 0; before < place; before++) if (block.kind[before] === kind) row += 1;
  let column = 0;
  const filled = (part: EventShape): unknown => {
    if (part === null || typeof part === 'boolean') return part;
    if (typeof part === 'object')
      return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, filled(each)]));
    if (part >= 0) return values[part];
    const value = columns[column++]![row];
    if (part === OWN.uuid) return longUuid(value as string);
    if (part === OWN.plain) return value;
    const hash = lengthened(block.hashes[value as number]!, HASH_DIGITS);
    return part === OWN.artifact ? `sha256:${hash}` : hash;
  };
  return filled(shape);
}
