import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
}

/** By its first words: `## Done (Phase 1)` is the section Done, and all its entries are judged. */
const REQUIRED: readonly (readonly [section: string, title: RegExp])[] = [
  ['Ready for Dev', /^ready for dev\b/i],
  ['In Progress', /^in progress\b/i],
  ['Done', /^done\b/i],
  ['Blocked', /^blocked\b/i],
  ['Superseded', /^superseded\b/i],
];

export const boardSectionMissing = defineRule<'board', Args>({
  id: 'board/section-missing',
  summary: 'The Task Board has its five sections, also while they are empty.',
  appliesTo: 'board',
  severity: 'error',
  docs: `Ready for Dev, In Progress, Done, Blocked and Superseded stay on the board when nothing stands in them: a section that is gone cannot be told from one that was renamed, and an entry then lands where nobody looks. A remark behind the name changes nothing here; an old gate took "Done (Phase 1)" for no section of its own and checked nothing in it.

Add the heading "## " and the name.`,
  message: ({ section }) => `Unexpected end of the Task Board, expected a section "${section}"`,
  *check({ path, file, sections }) {
    const last = linePlace(path, Math.max(file.lines.length, 1));
    for (const [section, title] of REQUIRED) {
      if (!sections.some((each) => title.test(each.title))) yield { place: last, args: { section } };
    }
  },
});
