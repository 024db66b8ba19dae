import { boardState, otherSection } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  state: string;
  found: string;
  expected: string;
}

export const boardWrongSection = defineRule<'board', Args>({
  id: 'board/wrong-section',
  summary: 'An entry of the Task Board stands in the section of its state.',
  appliesTo: 'board',
  severity: 'error',
  docs: `Section and state say the same thing twice. When they differ, whoever reads the headings and whoever reads the brackets see two boards. Move the entry, or correct its state: which of them was forgotten only the packet can tell. Sections that the protocol does not know are anyone's, and their entries are left alone.`,
  message: ({ state, found, expected }) =>
    `Unexpected state ${state} in the section "${found}", expected it in "${expected}"`,
  *check(board) {
    for (const entry of board.entries) {
      const [state, expected] = [boardState(entry), otherSection(entry)];
      if (state === undefined || expected === undefined) continue;
      const found = entry.section;
      yield { place: entry.tokenPlace, args: { state, found, expected }, expected };
    }
  },
});
