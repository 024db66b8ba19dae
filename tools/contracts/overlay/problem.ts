import type { z } from 'zod';

/** What stands in an overlay, in the words of YAML. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** What is wrong in an overlay, with what was found there and what may stand there. */
export function problemText(issue: z.core.$ZodIssue, content: unknown, keys: readonly string[]): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const at = path === '' ? '' : ` at ${path}`;
    return `Unexpected key ${issue.keys.join(', ')}${at}, expected one of: ${keys.join(', ')}`;
  }
  const found = issue.path.reduce<unknown>(
    (value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined),
    content,
  );
  // `section: 1.2` is a number for YAML.
  const quoted = typeof found === 'number' && issue.code === 'invalid_type' ? ' in quotes' : '';
  return `Unexpected ${shown(found)} at ${path || 'the document'}, expected ${expectedText(issue)}${quoted}`;
}

function expectedText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'invalid_union') return 'a text, a number, true or false';
  return issue.message;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
