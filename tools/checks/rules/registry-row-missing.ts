import { baseWpId, isWpId } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  base: string;
}

export const registryRowMissing = defineRule<'tree', Args>({
  id: 'registry/row-missing',
  summary: 'A stub has a row in the traceability registry, which says what file is in force for it.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `When a stub is activated, or a packet revised, the registry tells which of the files counts. A stub without a row is found by its name only, and so is the packet that replaces it: twelve stubs of one tree could not be followed to their packets.

Add a row with the base id (without -vN), the path of the stub, its place on the board and a note.`,
  message: ({ base }) =>
    `Unexpected stub without a row in the traceability registry, expected one for ${base}`,
  *check(tree) {
    const bases = new Set(tree.registry?.rows.map((row) => row.baseWpId));
    for (const stub of tree.stubs) {
      const base = baseWpId(stub.stem);
      if (!isWpId(stub.stem) || bases.has(base)) continue;
      yield { place: stub.wpId?.place ?? linePlace(stub.path, 1), args: { base } };
    }
  },
});
