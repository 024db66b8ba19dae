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
