import { hashOf, type Route } from './route.ts';

/**
 * The address of the same view with other values in its query; null and the empty text take one out. A list that
 * is filtered anew begins on its first page, and what was pointed at before is pointed at no more.
 */
export function withQuery(route: Route, values: Record<string, string | null>): string {
  const query = new URLSearchParams(route.query);
  for (const name of [...query.keys()]) if (name === 'at' || /^page(-|$)/.test(name)) query.delete(name);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  return hashOf({ view: route.view, path: route.path, query });
}

/** What is asked for under a name: several values stand behind each other, parted by commas. */
export function chosen(route: Route, name: string): string[] {
  return (route.query.get(name) ?? '').split(',').filter((value) => value !== '');
}

/** The address with one value put in, or taken out if it is there. */
export function withToggled(route: Route, name: string, value: string): string {
  const now = chosen(route, name);
  const next = now.includes(value) ? now.filter((other) => other !== value) : [...now, value];
  return withQuery(route, { [name]: next.join(',') });
}

/** A test for texts that hold every word of `wanted`, in any of the fields and in any case. */
export function matcher(wanted: string): (...fields: (string | null | undefined)[]) => boolean {
  const words = wanted
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (...fields) => {
    const text = fields
      .filter((field) => field)
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
