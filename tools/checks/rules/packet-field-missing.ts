import { linePlace, type Severity } from '../../findings/index.ts';
import { isModern } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
}

/** Without the first three it is nobody's packet; the others came into the form later. */
const REQUIRED: readonly (readonly [key: string, severity: Severity])[] = [
  ['TASK_ID', 'error'],
  ['WP_ID', 'error'],
  ['USER_SIGNATURE', 'error'],
  ['BASE_WP_ID', 'warning'],
  ['MERGE_BASE_SHA', 'warning'],
  ['AGENTIC_MODE', 'warning'],
  ['RISK_TIER', 'warning'],
];

export const packetFieldMissing = defineRule<'packet', Args>({
  id: 'packet/field-missing',
  summary: 'A packet of the current form has the metadata that a gate reads.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A field that is not there was often taken for one that is in order: no signature to compare, no risk to weigh. The metadata of a packet with PACKET_FORMAT_VERSION hold TASK_ID, WP_ID, USER_SIGNATURE, BASE_WP_ID, MERGE_BASE_SHA, AGENTIC_MODE and RISK_TIER, each with a value on its line. The last four came into the form later and are warnings. Older packets are not asked.`,
  message: ({ key, found }) => `Unexpected ${found}, expected ${key} with a value`,
  *check(packet) {
    const { path, fields, metadata, title } = packet;
    if (!isModern(packet)) return;
    for (const [key, severity] of REQUIRED) {
      const field = fields.find((each) => each.key === key);
      // packet/merge-base tells of an empty one.
      if (field !== undefined && (field.raw !== '' || key === 'MERGE_BASE_SHA')) continue;
      const place = field?.place ?? linePlace(path, metadata?.line ?? title?.place.line ?? 1);
      yield { place, args: { key, found: field ? 'empty value' : `absence of ${key}` }, severity };
    }
  },
});
