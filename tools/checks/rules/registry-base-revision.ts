import { baseWpId, isWpId } from '../../artifacts/index.ts';
import { spanPlace } from '../../text/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryBaseRevision = defineRule<'registry', Args>({
  id: 'registry/base-revision',
  summary: 'A base id of the traceability registry has no -vN.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `The base id is what stays the same while a work packet is revised: WP-1-Demo for WP-1-Demo-v1 and WP-1-Demo-v2. A row for WP-1-Demo-v1 is not found when somebody asks which packet is in force for WP-1-Demo. The fix takes the "-vN" off; a "v1.2" within a name stays.`,
  message: ({ found, expected }) => `Unexpected base id "${found}", expected "${expected}"`,
  *check({ file, rows }) {
    for (const { baseWpId: found, place: cell } of rows) {
      const expected = baseWpId(found);
      if (!isWpId(found) || found === expected) continue;
      const at = file.lines[cell.line - 1]!.indexOf(found);
      const place = spanPlace(file.path, cell.line, at + 1, found.length);
      yield { place, args: { found, expected }, found, expected, fix: replaced(place, expected) };
    }
  },
});
