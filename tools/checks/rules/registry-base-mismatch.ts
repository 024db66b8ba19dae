import { baseWpId, idOfFile, isWpId } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryBaseMismatch = defineRule<'registry', Args>({
  id: 'registry/base-mismatch',
  summary: 'The active packet of a registry row belongs to the base id of the row.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `A row joins a base id with one of its revisions. A row of WP-1-Demo whose active packet is WP-1-Other-v2 sends everyone who asks for the one to the other. Correct the cell that is wrong; no tool can tell which.`,
  message: ({ found, expected }) => `Unexpected active packet of ${found}, expected one of ${expected}`,
  *check({ rows }) {
    for (const { baseWpId: base, activePacket, activePlace } of rows) {
      const id = idOfFile(`/${activePacket}`);
      if (id === undefined || !isWpId(id) || !isWpId(base)) continue;
      if (baseWpId(id) === baseWpId(base)) continue;
      yield { place: activePlace, args: { found: id, expected: base } };
    }
  },
});
