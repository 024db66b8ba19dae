import { useEffect, useState } from 'preact/hooks';
import type { Blocks } from '../../data/page.ts';
import { unpack } from '../data/unpack.ts';

/** What was read once stays read, as long as its element stands: a report that is followed gets new ones. */
const known = new WeakMap<Element, Promise<unknown>>();

/** A block of the document: undefined until it is read, an Error where it cannot be. */
export function useBlock<Name extends 'sources' | 'threads' | 'artifacts'>(
  name: Name,
): Blocks[Name] | Error | undefined {
  const [value, setValue] = useState<Blocks[Name] | Error>();
  const element = document.getElementById(name);
  useEffect(() => {
    const read = (element && known.get(element)) ?? unpack<Blocks[Name]>(name);
    if (element) known.set(element, read);
    read.then(
      (block) => setValue(() => block as Blocks[Name]),
      (cause: unknown) => setValue(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }, [name, element]);
  return value;
}
