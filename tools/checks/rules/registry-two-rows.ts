import type { RegistryRow } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  base: string;
  found: string;
  first: string;
  line: number;
}

export const registryTwoRows = defineRule<'registry', Args>({
  id: 'registry/two-rows',
  summary: 'A base id has one row in the traceability registry: two may name different files.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `The row of a base id answers one question: which packet is in force? Two rows give two answers; the old check took the last one and a person takes the first.

Keep the row that is true. Earlier packets are named in its notes, behind "supersedes:".`,
  message: ({ base, found, first, line }) =>
    `Unexpected second row for ${base} (${found}), expected one; the first is in line ${line} (${first})`,
  *check(registry) {
    const seen = new Map<string, RegistryRow>();
    for (const row of registry.rows) {
      const first = seen.get(row.baseWpId);
      if (first === undefined) {
        seen.set(row.baseWpId, row);
        continue;
      }
      const { line } = first.place;
      yield {
        place: row.place,
        args: { base: row.baseWpId, found: row.activePacket, first: first.activePacket, line },
        related: [{ place: first.place, note: `the first row, ${first.activePacket}` }],
      };
    }
  },
});
