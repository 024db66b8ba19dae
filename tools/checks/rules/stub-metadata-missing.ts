import type { Stub } from '../../artifacts/index.ts';
import { linePlace, type Place } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
}

/** The fields that some command reads, as each family spells them. */
const REQUIRED: Record<Stub['family'], readonly (readonly [key: string, field: keyof Stub])[]> = {
  M: [
    ['WP_ID', 'wpId'],
    ['BASE_WP_ID', 'baseWpId'],
    ['CREATED_AT', 'createdAt'],
    ['STUB_STATUS', 'status'],
    ['SPEC_TARGET', 'specTarget'],
    ['SPEC_ANCHOR_CANDIDATES', 'candidates'],
  ],
  L: [
    ['WP_ID', 'wpId'],
    ['BASE_WP_ID', 'baseWpId'],
    ['Created', 'createdAt'],
    ['Status', 'status'],
    ['SPEC_TARGET', 'specTarget'],
  ],
};

export const stubMetadataMissing = defineRule<'stub', Args>({
  id: 'stub/metadata-missing',
  summary: 'A stub says its id, its base id, its date, its status, its spec target and its anchors.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `Each of these fields is read by some command: the ids to find the stub again, the status to know whether it may be activated, the spec target and the candidates to prove what it rests on. An empty value is empty; the line below is never taken for it.

Fill the field in. A base id is the id without its -vN.`,
  message: ({ key, found }) => `Unexpected ${found}, expected ${key} with a value`,
  *check(stub) {
    // Without the section itself, stub/section-missing says it once instead of six times.
    if (stub.metadata === undefined) return;
    for (const [key, property] of REQUIRED[stub.family]) {
      if (!isEmpty(stub[property])) continue;
      const written = stub.fields.find((field) => field.key === key);
      const place: Place = written?.place ?? linePlace(stub.path, stub.metadata.line);
      yield { place, args: { key, found: written ? 'empty value' : `absence of ${key}` } };
    }
  },
});

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || (value as { value: string }).value === '';
}
