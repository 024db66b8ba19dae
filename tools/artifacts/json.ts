import { type Finding, linePlace, type Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';

/** `artifact/malformed` for a JSON file, at the place where its parser gave up. */
export function jsonProblem(file: TextFile, error: unknown, message?: string, place?: Place): Finding {
  const reason = error instanceof Error ? error.message.replace(/\s+in JSON\b.*$/s, '') : '';
  return {
    rule: 'artifact/malformed',
    severity: 'error',
    place: place ?? errorPlace(file, error),
    message: message ?? `Unexpected content (${reason}), expected JSON`,
    args: { path: file.path },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function errorPlace(file: TextFile, error: unknown): Place {
  const text = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(text);
  // Some of Node's messages tell no position: then it is somewhere in the file.
  if (position === null) return linePlace(file.path, 1, Math.max(file.lines.length, 1));
  const before = file.text.slice(0, Number(position[1])).split('\n');
  const line = before.length;
  const column = before.at(-1)!.length + 1;
  return { file: file.path, line, column, endLine: line, endColumn: column + 1 };
}
