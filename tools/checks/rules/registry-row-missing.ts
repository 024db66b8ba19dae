import { baseWpId, isWpId } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  base: string;
}

export const registryRowMissing = defineRule<'stub', Args>({
  id: 'registry/row-missing',
  summary: 'A stub has a row in the traceability registry, which says what file is in force for it.',
  appliesTo: 'stub',
  severity: 'warning',
  message: ({ base }) =>
    `Unexpected stub without a row in the traceability registry, expected one for ${base}`,
  *check(stub, { tree }) {
    if (!isWpId(stub.stem)) return;
    const base = baseWpId(stub.stem);
    if (tree.registry?.rows.some((row) => row.baseWpId === base)) return;
    yield { place: stub.wpId?.place ?? linePlace(stub.path, 1), args: { base } };
  },
});
