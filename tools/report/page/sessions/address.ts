import { hashOf, type Route } from '../shell/route.ts';

/** The address of the sessions with other values in its query; null and the empty text take one out. */
export function addressWith(
  { path, query: now }: Pick<Route, 'path' | 'query'>,
  values: Record<string, string | null>,
  to: readonly string[] = path,
): string {
  const query = new URLSearchParams(now);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  return hashOf({ view: 'sessions', path: [...to], query });
}

/** What of the address belongs to a session that is looked at. */
const NOTHING = { span: null, event: null, artifact: null };

export const sessionAddress = (route: Route, session: string, span: string | null = null): string =>
  addressWith(route, { ...NOTHING, span }, [session]);

export const closedAddress = (route: Route): string => addressWith(route, NOTHING, []);
