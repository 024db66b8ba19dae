import { useEffect, useState } from 'preact/hooks';
import type { Blocks } from '../../data/page.ts';
import { blockCache, blockEdition, unpack } from '../data/unpack.ts';

/** Blocks that were read once stay read. */
const known = blockCache();

/** A block of the document: undefined until it is read, an Error where it cannot be. */
export function useBlock<Name extends 'sources' | 'threads' | 'artifacts'>(
  name: Name,
): Blocks[Name] | Error | undefined {
  const edition = blockEdition();
  const [value, setValue] = useState<Blocks[Name] | Error>();
  useEffect(() => {
    const read = known.get(name) ?? unpack<Blocks[Name]>(name);
    known.set(name, read);
    read.then(
      (block) => setValue(() => block as Blocks[Name]),
      (cause: unknown) => setValue(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }, [name, edition]);
  return value;
}
