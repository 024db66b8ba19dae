import { baseWpId, isPlaceholder, isWpId, type Packet, packetId } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  what: string;
  found: string;
  expected: string;
  because: string;
}

interface Claim extends Args {
  place: Place;
}

export const packetIdMismatch = defineRule<'packet', Args>({
  id: 'packet/id-mismatch',
  summary: 'File name, title, TASK_ID, WP_ID and BASE_WP_ID of a packet say the same work packet.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A packet is found by its file name, quoted by its title, and joined to board, registry and signature by its ids. One that differs sends a gate to another work packet. BASE_WP_ID is the id without its last "-vN": the template fills in the whole id with a note that it has to be shortened, and most packets kept both.

The fix writes BASE_WP_ID, and an id where title and file name agree on another one. What was renamed only its author knows. In packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: ({ what, found, expected, because }) =>
    `Unexpected ${what} "${found}", expected "${expected}" (${because})`,
  *check(packet) {
    const id = packetId(packet);
    const severity = byAge(packet);
    for (const { place, ...args } of claimsOf(packet, id)) {
      const { found, expected, what } = args;
      if (found === expected) continue;
      const sure = what === 'BASE_WP_ID' || (what !== 'title' && packet.title?.text === id);
      yield {
        place,
        args,
        found,
        expected,
        severity,
        ...(sure ? { fix: replaced(place, expected) } : {}),
      };
    }
  },
});

function claimsOf({ title, taskId, wpId, baseWpId: base }: Packet, id: string): Claim[] {
  const claims: Claim[] = [];
  const because = 'the file name';
  if (title) claims.push({ what: 'title', found: title.text, expected: id, because, place: title.place });
  const add = (what: string, field: Field | undefined, expected: string, why: string): void => {
    if (field === undefined || isPlaceholder(field.value)) return;
    claims.push({ what, found: field.value, expected, because: why, place: valuePlace(field) });
  };
  add('TASK_ID', taskId, id, because);
  add('WP_ID', wpId, id, because);
  if (isWpId(id)) add('BASE_WP_ID', base, baseWpId(id), 'the id without its -vN');
  return claims;
}
