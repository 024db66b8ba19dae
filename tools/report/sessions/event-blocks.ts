import type { StoredEvent } from '../../recorder/index.ts';
import { type EventBlock, type EventShape, OWN, type ToldBy, told } from '../data/events.ts';
import { isHash, isUuid, shortened, shortUuid } from '../data/ids.ts';
import { EVENTS_A_BLOCK } from '../data/page.ts';

/** How deep an event is taken apart; what lies deeper stays in one piece. */
const DEEPEST = 4;

/** The events of the columns, in blocks. */
export function eventBlocks(data: ToldBy, events: readonly StoredEvent[]): EventBlock[] {
  const blocks: EventBlock[] = [];
  for (let first = 0; first < events.length; first += EVENTS_A_BLOCK)
    blocks.push(blockOf(data, events.slice(first, first + EVENTS_A_BLOCK), first));
  return blocks;
}

/** Values of one kind and field stand together: they are alike, and compress best beside each other. */
function blockOf(data: ToldBy, events: readonly StoredEvent[], first: number): EventBlock {
  const block: EventBlock = { kind: [], hashes: [], kinds: [] };
  const kinds = new Map<string, number>();
  const hashes = new Map<string, number>();
  for (const [place, { seq, event }] of events.entries()) {
    const taken: Taken = { told: placesOf(told(data, first + place)), hashes, values: [] };
    const shape = shapeOf({ seq, ...event }, taken, DEEPEST);
    const key = JSON.stringify(shape);
    let kind = kinds.get(key);
    if (kind === undefined) {
      kind = block.kinds.push({ shape, values: taken.values.map(() => []) }) - 1;
      kinds.set(key, kind);
    }
    block.kind.push(kind);
    for (const [column, value] of taken.values.entries()) block.kinds[kind]!.values[column]!.push(value);
  }
  block.hashes = [...hashes.keys()].map(shortened);
  return block;
}

/** An event that is taken apart. */
interface Taken {
  told: ReadonlyMap<unknown, number>;
  /** Those of the block so far, with their places. */
  hashes: Map<string, number>;
  values: unknown[];
}

function placesOf(values: readonly unknown[]): Map<unknown, number> {
  const places = new Map<unknown, number>();
  for (const [place, value] of values.entries())
    if (value !== undefined && !places.has(value)) places.set(value, place);
  return places;
}

function shapeOf(value: unknown, taken: Taken, deep: number): EventShape {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'object' && !Array.isArray(value) && deep > 0)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, shapeOf(item, taken, deep - 1)]),
    );
  return taken.told.get(value) ?? own(value, taken);
}

function own(value: unknown, { hashes, values }: Taken): number {
  const take = (how: number, short: unknown): number => {
    values.push(short);
    return how;
  };
  const hashed = (hash: string): number => {
    const known = hashes.get(hash) ?? hashes.size;
    hashes.set(hash, known);
    return known;
  };
  if (typeof value !== 'string') return take(OWN.plain, value);
  if (isUuid(value)) return take(OWN.uuid, shortUuid(value));
  if (isHash(value)) return take(OWN.hash, hashed(value));
  const bare = value.startsWith(PREFIX) ? value.slice(PREFIX.length) : '';
  return isHash(bare) ? take(OWN.artifact, hashed(bare)) : take(OWN.plain, value);
}

const PREFIX = 'sha256:';
