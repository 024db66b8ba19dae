import type { TreeNode, ViewSource } from '../../recorder/index.ts';
import type { Cancel } from '../data/sessions.ts';
import type { Millis } from './moment.ts';

/** Cancels that ended a session that is shown, or went past one, in the order of time. */
export function cancelsOf(
  operations: ViewSource['operations'],
  nodes: readonly TreeNode[],
  lane: ReadonlyMap<string, number>,
  at: Millis,
): Cancel[] {
  const shown = (ids: readonly string[]): number[] => ids.flatMap((id) => lane.get(id) ?? []);
  return operations
    .flatMap((operation): Cancel[] => {
      const { op_id, root_session_id, reason, cancelled_by: by } = operation;
      const [cancelled, skipped] = [
        shown(operation.cancelled_session_ids),
        shown(operation.skipped_session_ids),
      ];
      if (cancelled.length + skipped.length === 0) return [];
      const root = lane.get(root_session_id) ?? -1;
      // It is one moment for all of them; a session that was cancelled once more keeps the first end.
      const ended = cancelled.map((each) => nodes[each]!).find((node) => node.cancelled?.op_id === op_id);
      const moment = ended?.cancelled?.at ?? null;
      return [{ op_id, root, reason, by, at: moment === null ? null : at(moment), cancelled, skipped }];
    })
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.op_id < b.op_id ? -1 : 1));
}
