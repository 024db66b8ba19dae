import type { Config } from '../config/index.ts';
import { GOVERNED } from '../gate/index.ts';

/** Where documents that pin the spec may stand: who asks for pins need not read the rest. */
export function pinnedGlobs({ layout }: Config): string[] {
  return [...GOVERNED, ...Object.values(layout.globs).flatMap((globs) => globs ?? [])];
}
