import { baseWpId, idOfFile, isWpId } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryNotes = defineRule<'registry', Args>({
  id: 'registry/notes',
  summary: 'The notes of a registry row fit the packet that the row names.',
  appliesTo: 'registry',
  severity: 'warning',
  docs: `Notes are parted by semicolons. Some of them are read: "active=ID" repeats the id of the active packet, "activated from stub PATH" names a file under stubs, "supersedes: ID, ID" the packets that were replaced. A note that says something else than the row, or an id that is none, means that one of the two was changed alone.

Free text stays free text: whatever does not begin with one of those words is not judged.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ rows }) {
    for (const { activePacket, parts } of rows) {
      const id = idOfFile(`/${activePacket}`);
      for (const { kind, value, ids, place, text } of parts) {
        if (kind === 'active' && value !== undefined && id !== undefined && value.text !== id) {
          yield {
            place: value.place,
            args: { found: `active=${value.text}`, expected: id },
            found: value.text,
          };
        }
        if (kind === 'activated_from' && value !== undefined && !/\/stubs\/WP-[^/]+\.md$/.test(value.text)) {
          const args = { found: `stub "${value.text}"`, expected: 'a file under task_packets/stubs' };
          yield { place: value.place, args, found: value.text };
        }
        if (kind !== 'supersedes') continue;
        if (ids.length === 0) {
          yield { place, args: { found: `"${text}"`, expected: 'the ids that it supersedes' }, found: text };
        }
        for (const old of ids) {
          const self = old.text === id;
          if (isWpId(old.text) && !self) continue;
          const expected = self
            ? 'the packets before it'
            : `an id such as ${baseWpId(id ?? 'WP-1-Name-v1')}-v1`;
          yield { place: old.place, args: { found: `"${old.text}"`, expected }, found: old.text };
        }
      }
    }
  },
});
