import picomatch from 'picomatch';

/** A glob over ids: `INV-SPAWN-*`, `WP-1-X-v1/AC-*`. A `*` stops at a slash. */
export function idPattern(glob: string): (id: string) => boolean {
  if (glob === '') return () => false;
  return picomatch(glob, { dot: true, nonegate: true });
}
