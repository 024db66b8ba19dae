import { type Cache, openCache } from '../snapshot/index.ts';

/** The hash of all sources, put in by the build; undefined where the sources run as they are. */
declare const GOVKIT_BUILD: string | undefined;

/** What this very build has computed before in the repository; sources that may change have no such thing. */
export async function ownCache(root: string): Promise<Cache | undefined> {
  return typeof GOVKIT_BUILD === 'undefined' ? undefined : openCache(root, GOVKIT_BUILD);
}
