import { useEffect, useState } from 'preact/hooks';
import { eventIn, told } from '../../data/events.ts';
import { type Blocks, EVENTS_A_BLOCK } from '../../data/page.ts';
import type { SessionsData } from '../../data/sessions.ts';
import { unpack } from '../data/unpack.ts';

/** Blocks that were read once stay read; of the many of events only the last few. */
const known = new Map<Element, Promise<unknown>>();
const MOST = 12;

/** Undefined until it is read, an Error where it cannot be. Nothing is read for the name null. */
function useNamed<Value>(name: string | null): Value | Error | undefined {
  // The element tells whether the block is still the one that was read: a report that is followed gets new ones.
  const element = name === null ? null : document.getElementById(name);
  const [read, setRead] = useState<{ name: string; value: Value | Error }>();
  useEffect(() => {
    if (name === null) return;
    let wanted = true;
    const reading = ((element && known.get(element)) ?? unpack<Value>(name)) as Promise<Value>;
    if (element) {
      known.delete(element);
      known.set(element, reading);
    }
    for (const old of known.keys()) if (known.size > MOST) known.delete(old);
    reading.then(
      (value) => wanted && setRead({ name, value }),
      (cause: unknown) =>
        wanted && setRead({ name, value: cause instanceof Error ? cause : new Error(String(cause)) }),
    );
    return () => {
      wanted = false;
    };
  }, [name, element]);
  return read?.name === name ? read?.value : undefined;
}

/** An event as it is, by its place in the columns; -1 asks for none. */
export function useEvent(data: SessionsData, at: number): Record<string, unknown> | Error | undefined {
  const block = useNamed<Blocks['events'][number]>(
    at < 0 ? null : `events-${Math.floor(at / EVENTS_A_BLOCK)}`,
  );
  if (block === undefined || block instanceof Error) return block;
  const place = at % EVENTS_A_BLOCK;
  if (place >= block.kind.length) return new Error('the report does not hold this event');
  return eventIn(block, place, told(data, at)) as Record<string, unknown>;
}

export const useThreads = (wanted: boolean): Blocks['threads'] | Error | undefined =>
  useNamed(wanted ? 'threads' : null);

export const useArtifacts = (wanted: boolean): Blocks['artifacts'] | Error | undefined =>
  useNamed(wanted ? 'artifacts' : null);
