import { isWpId } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  expected: string;
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

export const stubMetadataMalformed = defineRule<'stub', Args>({
  id: 'stub/metadata-malformed',
  summary: 'Ids and dates of a stub are ids and dates, and no field stands there twice.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `An id is used to make paths and branches, so that it has to be one before anything else happens: "WP-1-../evil" once wrote a file outside the repository. A date that no calendar has, or a field that stands there twice, was never looked at by its author.

Correct the value, or take out the second field.`,
  message: ({ key, found, expected }) => `Unexpected ${key} ${found}, expected ${expected}`,
  *check(stub) {
    const seen = new Map<string, Field>();
    for (const field of stub.fields) {
      const first = seen.get(field.key);
      if (first === undefined) {
        seen.set(field.key, field);
        continue;
      }
      const at = `${first.keyPlace.line}:${first.keyPlace.column}`;
      yield {
        place: field.keyPlace,
        args: { key: field.key, found: 'a second time', expected: `one; the first is at ${at}` },
        related: [{ place: first.keyPlace, note: 'the first' }],
      };
    }
    for (const id of [stub.wpId, stub.baseWpId]) {
      if (id === undefined || id.value === '' || isWpId(id.value)) continue;
      yield {
        place: id.place,
        args: { key: id.key, found: `"${id.value}"`, expected: 'WP-<phase>-<Name>[-vN]' },
      };
    }
    const created = stub.createdAt;
    if (created && created.value !== '' && !isDate(created.value)) {
      yield {
        place: created.place,
        args: {
          key: created.key,
          found: `"${created.value}"`,
          expected: 'YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ',
        },
      };
    }
  },
});

/** A day that the calendar has, and where there is a time, one that the clock has. */
function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return false;
  return hour! < 24 && minute! < 60 && second! < 61;
}
