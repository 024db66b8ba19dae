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

/** The path of the first inline content key in a payload, or null. */
export function inlineContent(value: unknown, path = 'payload'): string | null {
  if (value === null || typeof value !== 'object') return null;
  for (const [key, item] of Object.entries(value)) {
    const here = `${path}.${key}`;
    if (!Array.isArray(value) && inlineKeys.has(key.toLowerCase())) return here;
    const found = inlineContent(item, here);
    if (found) return found;
  }
  return null;
}
