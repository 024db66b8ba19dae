import { useLayoutEffect, useState } from 'preact/hooks';

/** Where the page is: a view, and what is chosen in it. It stands in the hash, so that every look has an address. */
export interface Route {
  /** `packets`, `findings`, `anchors`, `drift`, `trace`, `sessions`, `source`. */
  view: string;
  /** What stands behind the view: a packet, a rule, a session, a file and line. */
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...rest] = path.split('/').map(decoded);
  return { view, path: rest, query: new URLSearchParams(query) };
}

export function hashOf({
  view,
  path = [],
  query,
}: {
  view: string;
  path?: string[];
  query?: URLSearchParams;
}): string {
  const text = query?.toString() ?? '';
  return `#/${[view, ...path].map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** A hash may be typed by hand: what cannot be decoded is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  // In the same turn as the first drawing: an address that changes before an effect would run is not lost.
  useLayoutEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return parseRoute(hash);
}

/** Changes the place. `replace` for what is no step of its own: letters typed into a filter. */
export function go(hash: string, replace = false): void {
  if (replace) {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = hash;
}
