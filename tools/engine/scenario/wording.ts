import type { z } from 'zod';
import { nearest } from './nearest.ts';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What a schema of the language wants, where it does not say it in words of its own. */
export function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'unrecognized_keys':
      return oneOf(keysOf(issue.inst), issue.keys[0]);
    case 'too_small':
      return issue.origin === 'array' ? `at least ${issue.minimum} of them` : `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'a time such as 2026-01-01T00:00:00Z'
        : `text in the form of a ${issue.format}`;
    default:
      return undefined;
  }
}

/** A longer list helps nobody who reads one line. */
const MOST = 16;

/** All that is known, and what was probably meant. */
export function oneOf(known: readonly string[], given?: unknown): string {
  const list = known.length > MOST ? `one of ${known.length} that are known` : `one of ${known.join(', ')}`;
  const near = typeof given === 'string' ? nearest(given, known) : undefined;
  if (known.length === 1) return known[0]!;
  return near === undefined ? list : `${list} (nearest: ${near})`;
}

/** A value in a few words; what is long is cut short. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return String(value);
}

/** The keys that an object has, or that a record of an enum may have. */
function keysOf(schema: unknown): string[] {
  const { shape, keyType } = (
    schema as { _zod: { def: { shape?: object; keyType?: { options: string[] } } } }
  )._zod.def;
  return shape ? Object.keys(shape) : (keyType?.options ?? []);
}
