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

/** Shapes that only secrets have. Each is anchored by its issuer's prefix, so hashes and ids never match. */
const secrets: readonly [name: string, shape: string][] = [
  ['private-key', '-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*'],
  ['aws-key', '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b'],
  ['github-token', '\\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,})'],
  ['gitlab-token', '\\bglpat-[A-Za-z0-9_-]{20,}'],
  ['slack-token', '\\bxox[abeoprs]-[A-Za-z0-9-]{10,}'],
  ['google-key', '\\bAIza[0-9A-Za-z_-]{35}'],
  ['npm-token', '\\bnpm_[A-Za-z0-9]{36}'],
  ['model-key', '\\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{20,}'],
  ['jwt', '\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+'],
  ['bearer', '\\b[Bb]earer\\s+[A-Za-z0-9._~+/-]{16,}=*'],
  ['url-password', '(?<=://[^\\s/:@]{1,64}:)[^\\s/@]{3,}(?=@)'],
  [
    'assignment',
    '(?<=\\b(?:password|passwd|secret|api_?key|access_?token)\\s{0,3}[=:]\\s{0,3})[^\\s"\',;]{6,}',
  ],
];

const detector = new RegExp(
  secrets.map(([name, shape]) => `(?<${name.replace('-', '_')}>${shape})`).join('|'),
  'gi',
);

/** Ids, hashes and times: most of what an event holds, and never a secret that anyone could tell. */
const plain = /^(?:sha256:)?[\da-fA-F:.TZ-]+$/;

/** Replaces every secret in a text by the name of its kind. */
export function redactText(text: string): string {
  if (text.length < 8 || plain.test(text)) return text;
  return text.replace(detector, (...found) => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    const name = Object.keys(groups).find((key) => groups[key] !== undefined);
    return `[redacted ${name?.replace('_', '-')}]`;
  });
}

/** The same value with every string redacted; strings that need nothing stay the same objects. */
export function redact<Value>(value: Value): Value {
  if (typeof value === 'string') return redactText(value) as Value;
  if (Array.isArray(value)) {
    const copy = value.map(redact);
    return copy.some((item, index) => item !== value[index]) ? (copy as Value) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  let changed: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const clean = redact(item);
    if (clean === item) continue;
    changed ??= { ...value } as Record<string, unknown>;
    changed[key] = clean;
  }
  return (changed as Value | undefined) ?? value;
}

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
