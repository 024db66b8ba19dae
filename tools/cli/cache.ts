import { type Cache, MemoryCache, openCache } from '../snapshot/index.ts';

/** The hash of all sources, put in by the build; undefined where the sources run as they are. */
declare const GOVKIT_BUILD: string | undefined;

/** What this very build has computed before in the repository; sources that may change have no such thing. */
export async function ownCache(root: string): Promise<Cache | undefined> {
  if (typeof GOVKIT_BUILD === 'undefined') return undefined;
  const known = memory.get(root) ?? new MemoryCache();
  memory.set(root, known);
  return (await openCache(root, GOVKIT_BUILD)) ?? known;
}

/** Of roots without a repository: one command may ask for the same spec twice. */
const memory = new Map<string, MemoryCache>();
