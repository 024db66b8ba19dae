import { spanPlace } from '../../text/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** What somebody meant as a box: signs in a bracket, or one of the letters that people tick with; `[API]` is a word. */
const BOX = /^(\s*(?:[-*+]|\d{1,9}[.)])\s+)(\[((?:[^\p{L}\p{N}\]]{0,3}|\s?[xyvn]\s?))\])(?=\s)/iu;

export const checklistBoxUnknown = defineRule<'stub', Args>({
  id: 'checklist/box-unknown',
  summary: 'A box of an activation checklist is "[ ]" or "[x]".',
  appliesTo: 'stub',
  severity: 'warning',
  docs: `Markdown knows three boxes: "[ ]", "[x]" and "[X]". Anything else ("[]", "[-]", "[ x]", a tick sign) is text: the item is no task to a reader, and half of the people who see it take it for done.

The fix spells an empty box. Whether "[-]" is open or done only its author can say, and no fix ticks anything.`,
  message: ({ found }) => `Unexpected box "${found}", expected "[ ]" or "[x]"`,
  *check(stub) {
    for (const { place: item } of stub.checklist?.items ?? []) {
      const match = BOX.exec(stub.file.lines[item.line - 1]!);
      if (match === null || /^[ xX]$/.test(match[3]!)) continue;
      const found = match[2]!;
      const place = spanPlace(stub.path, item.line, match[1]!.length + 1, found.length);
      yield {
        place,
        args: { found },
        found,
        // A fix never ticks a box.
        ...(match[3]!.trim() === '' ? { fix: replaced(place, '[ ]') } : {}),
      };
    }
  },
});
