import type { StoredEvent } from '../../recorder/index.ts';
import { type EventBlock, type EventShape, OWN, type ToldBy, told } from '../data/events.ts';
import { EVENTS_A_BLOCK } from '../data/page.ts';
import { isHash, isUuid, shortened } from './short-ids.ts';

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
  const keys = new Map<string, string>();
  for (const [place, { seq, event }] of events.entries()) {
    const taken: Taken = { told: told(data, first + place), hashes, keys, values: [] };
    const shape = takeApart({ seq, ...event }, taken, DEEPEST);
    let kind = kinds.get(shape);
    if (kind === undefined) {
      const values = taken.values.map(() => []);
      kind = block.kinds.push({ shape: JSON.parse(shape) as EventShape, values }) - 1;
      kinds.set(shape, kind);
    }
    block.kind.push(kind);
    const { values } = block.kinds[kind]!;
    for (let column = 0; column < values.length; column += 1) values[column]!.push(taken.values[column]);
  }
  block.hashes = [...hashes.keys()].map(shortened);
  return block;
}

/** An event that is taken apart. */
interface Taken {
  told: ReturnType<typeof told>;
  /** Those of the block so far, with their places. */
  hashes: Map<string, number>;
  /** As JSON writes them: the same few come again and again. */
  keys: Map<string, string>;
  values: unknown[];
}

function quoted(key: string, keys: Map<string, string>): string {
  const known = keys.get(key) ?? JSON.stringify(key);
  keys.set(key, known);
  return known;
}

/** Its shape, as JSON: of a hundred thousand events there are some dozen. */
function takeApart(value: unknown, taken: Taken, deep: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || Array.isArray(value) || deep === 0) return String(placeOf(value, taken));
  let shape = '';
  for (const [key, item] of Object.entries(value))
    shape += `${shape === '' ? '' : ','}${quoted(key, taken.keys)}:${takeApart(item, taken, deep - 1)}`;
  return `{${shape}}`;
}

function placeOf(value: unknown, taken: Taken): number {
  const place = taken.told.indexOf(value as string | number);
  return place < 0 ? own(value, taken) : place;
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
  if (isUuid(value)) return take(OWN.uuid, shortened(value.replaceAll('-', '')));
  if (isHash(value)) return take(OWN.hash, hashed(value));
  const bare = value.startsWith(PREFIX) ? value.slice(PREFIX.length) : '';
  return isHash(bare) ? take(OWN.artifact, hashed(bare)) : take(OWN.plain, value);
}

const PREFIX = 'sha256:';
