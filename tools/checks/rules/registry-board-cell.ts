import { idOfFile } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryBoardCell = defineRule<'registry', Args>({
  id: 'registry/board-cell',
  summary: 'The Task Board cell of a registry row is "SECTION: WP_ID", with the id of the active packet.',
  appliesTo: 'registry',
  severity: 'warning',
  docs: `The cell says where on the board the packet stands, so that the two can be compared. Without an id nothing can be compared, and with another id the row was moved to a new packet in one cell and not in the other.`,
  message: ({ found, expected }) => `Unexpected Task Board cell "${found}", expected ${expected}`,
  *check({ rows }) {
    for (const { activePacket, taskBoard, boardId, boardPlace, cells } of rows) {
      if (cells < 3 || /^[-\u2013\u2014]?$/.test(taskBoard)) continue;
      const id = idOfFile(`/${activePacket}`);
      if (boardId === undefined) {
        const expected = '"SECTION: WP_ID"';
        yield { place: boardPlace, args: { found: taskBoard, expected } };
      } else if (id !== undefined && boardId.text !== id) {
        yield { place: boardId.place, args: { found: boardId.text, expected: id }, found: boardId.text };
      }
    }
  },
});
