/** `<axis>[:<scope>]`, exactly as written: case and padding are part of the name (11.1.3). */
const shape = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(:[^\s:][^\s]*)?$/;

export const isCapability = (id: string): boolean => shape.test(id);

/** A grant of an axis covers its scopes; a grant of a scope covers that scope alone (D-61). */
export function covers(granted: readonly string[], requested: string): boolean {
  if (!isCapability(requested)) return false;
  const [axis = requested] = requested.split(':', 1);
  return granted.includes(requested) || granted.includes(axis);
}

/** The ids of `requested` that `granted` does not cover: INV-SPAWN-003 and TRUST-003 want none. */
export function widening(granted: readonly string[], requested: readonly string[]): string[] {
  return requested.filter((id) => !covers(granted, id));
}

/** What both sides allow. */
export function intersect(a: readonly string[], b: readonly string[]): string[] {
  const both = [...a.filter((id) => covers(b, id)), ...b.filter((id) => covers(a, id))];
  return [...new Set(both)].sort();
}
