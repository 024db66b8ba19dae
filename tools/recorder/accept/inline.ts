/** Keys under which content would travel inline; an event refers to content, it never holds it (INV-SESS-002). */
export const inlineKeys: ReadonlySet<string> = new Set([
  'content',
  'text',
  'prompt',
  'response',
  'body',
  'body_text',
  'raw_body',
]);

export const isInlineKey = (key: string): boolean => inlineKeys.has(key.toLowerCase());

/** The path of an inline content key in a payload, or null. Not recursive: a payload may be nested without end. */
export function inlineContent(payload: unknown): string | null {
  const waiting: [value: unknown, path: string][] = [[payload, 'payload']];
  const seen = new Set<object>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, path] = next;
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    for (const [key, item] of Object.entries(value)) {
      const here = `${path}.${key}`;
      if (!Array.isArray(value) && isInlineKey(key)) return here;
      waiting.push([item, here]);
    }
  }
  return null;
}

/** The path of an array with holes, or null. JSON has none, and going through billions of them takes for ever. */
export function hollow(event: Readonly<Record<string, unknown>>): string | null {
  const waiting: [value: unknown, path: string][] = [[event, '']];
  const seen = new Set<object>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, path] = next;
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    const entries = Object.entries(value);
    if (Array.isArray(value) && entries.length < value.length) return path;
    for (const [key, item] of entries) waiting.push([item, path === '' ? key : `${path}.${key}`]);
  }
  return null;
}
