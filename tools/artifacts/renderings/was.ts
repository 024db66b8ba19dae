import type { LedgerData } from '../ledger/kinds.ts';
import { isActiveLine } from '../task-board.ts';
import { type GovTree, stubOf } from '../tree/tree.ts';
import { baseWpId } from '../wp-id.ts';

type Was = NonNullable<LedgerData<'create'>['was']>;

/** What of the renderings a packet that is made will change, so that they come back when it is taken back. */
export function renderedNow(tree: GovTree, wpId: string): Was {
  const entry = tree.board?.entries.find((each) => each.wpId === wpId && !isActiveLine(each));
  const section = tree.board?.entries.filter((each) => each.section === entry?.section) ?? [];
  const before = entry === undefined ? undefined : section[section.indexOf(entry) - 1];
  const row = tree.registry?.rows.find(({ baseWpId: base }) => base === baseWpId(wpId));
  const status = stubOf(tree, wpId)?.status?.raw;
  return {
    ...(entry !== undefined && { behind: before?.wpId ?? '', detail: entry.detail }),
    ...(row !== undefined && { taskBoard: row.taskBoard, notes: row.notes }),
    ...(status !== undefined && { status }),
  };
}
