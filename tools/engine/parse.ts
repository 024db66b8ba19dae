import type { z } from 'zod';
import { EngineError, type EngineErrorCode } from './errors.ts';

/**
 * A value as its schema wants it, or an {@link EngineError} of one line: the field, what was found, what was
 * expected. Every call and every option passes through here, so that a wrong one never becomes a TypeError.
 */
export function parse<Value>(
  schema: z.ZodType,
  value: unknown,
  name: string,
  code: EngineErrorCode = 'invalid_request',
): Value {
  const parsed = read(() => schema.safeParse(value, { error: expectation }));
  if (parsed === null)
    throw new EngineError(code, `${name || 'the call'} cannot be read, expected plain data`);
  if (parsed.success) return parsed.data as Value;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const field = [name, ...issue.path, issue.keys[0]].filter((part) => part !== '').join('.');
    throw new EngineError(code, `${field} is no known field, expected ${issue.message}`);
  }
  const field = [name, ...issue.path].filter((part) => part !== '').join('.') || 'the call';
  throw new EngineError(code, `${field} is ${found(value, issue.path)}, expected ${issue.message}`);
}

/** Null for a value that throws when it is looked at (a getter, a proxy), or is deeper than the stack. */
function read<Result>(look: () => Result): Result | null {
  try {
    return look();
  } catch {
    return null;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a finite number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What a schema that does not say it in words of its own wants. */
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `one of ${fieldsOf(issue.inst)}`;
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'a UUID' : `text in the form of a ${issue.format}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return 'another value';
  }
}

function fieldsOf(schema: unknown): string {
  const { shape } = (schema as { _zod: { def: { shape: object } } })._zod.def;
  return Object.keys(shape).join(', ');
}

/** The value at a path, in a few words; content is cut short, since errors are shown and logged. */
function found(value: unknown, path: readonly PropertyKey[]): string {
  let at = value;
  for (const part of path) at = (at as Record<PropertyKey, unknown>)[part];
  if (typeof at === 'string') return JSON.stringify(at.length > 40 ? `${at.slice(0, 40)}…` : at);
  if (Array.isArray(at)) return 'a list';
  if (typeof at === 'function') return 'a function';
  if (typeof at === 'object' && at !== null) return 'an object';
  return String(at);
}
