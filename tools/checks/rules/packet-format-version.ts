import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const packetFormatVersion = defineRule<'packet', Args>({
  id: 'packet/format-version',
  summary: 'A packet says the version of its form: PACKET_FORMAT_VERSION, a day.',
  appliesTo: 'packet',
  severity: 'info',
  docs: `The version says what may be demanded of a packet: one that has it is held to all rules, one that has none to those of its time. That is only a note, since old packets never had it; but a new packet that leaves it out is asked for less than it should be, and whoever deletes the line sees it noted here.

A version that is no day is an error: nobody knows what it demands.`,
  message: ({ found }) => `Unexpected ${found}, expected PACKET_FORMAT_VERSION with a day (2026-02-01)`,
  *check({ path, formatVersion, metadata }) {
    if (formatVersion === undefined || formatVersion.value === '') {
      const place = formatVersion?.place ?? linePlace(path, metadata?.line ?? 1);
      yield { place, args: { found: 'packet without a format version' } };
    } else if (!/^\d{4}-\d\d-\d\d$/.test(formatVersion.value)) {
      const { place, raw } = formatVersion;
      yield { place, args: { found: `version "${raw}"` }, found: raw, severity: 'error' };
    }
  },
});
