import type { Draft } from '../draft.ts';
import type { CascadeCancelRecord, SessionRow } from '../rows.ts';
import { finish } from '../session/ending.ts';

/** One cascade event holds this many ids; longer lists continue in further events (D-35). */
export const CASCADE_CHUNK = 1000;

export interface Operation {
  op_id: string;
  reason: string;
  by: string;
}

/** Pre-order, the root first, children as they were spawned; what has ended is passed through (D-34). */
export function cascade(draft: Draft, root: SessionRow, operation: Operation): CascadeCancelRecord {
  const { op_id, reason, by } = operation;
  const actor = actorOf(by);
  const cancelled: string[] = [];
  const skipped: string[] = [];
  foresee(draft, root);
  const open: SessionRow[] = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.terminal) {
      skipped.push(next.session_id);
    } else {
      finish(draft, draft.session(next.session_id), 'CANCELLED', { actor, reason }, by);
      cancelled.push(next.session_id);
    }
    open.push(...draft.select('session', 'parent', next.session_id).reverse());
  }
  for (let at = 0; at === 0 || at < cancelled.length; at += CASCADE_CHUNK) {
    draft.emit(
      'FR-EVT-SESS-SPAWN-005',
      { session: root, actor },
      {
        root_session_id: root.session_id,
        cancelled_session_ids: cancelled.slice(at, at + CASCADE_CHUNK),
        reason,
      },
    );
  }
  const record: CascadeCancelRecord = {
    op_id,
    root_session_id: root.session_id,
    cancelled_session_ids: cancelled,
    skipped_session_ids: skipped,
    reason,
    cancelled_by: by,
  };
  draft.put('operation', record);
  return record;
}

/** Everything that the walk will ask for, level by level. */
function foresee(draft: Draft, root: SessionRow): void {
  for (let level = [root]; level.length > 0; ) {
    const ids = level.map(({ session_id }) => session_id);
    const live = level.filter(({ terminal }) => !terminal).map(({ session_id }) => session_id);
    draft.foresee('session', 'parent', ids);
    draft.foresee('job', 'live', live);
    draft.foresee('span', 'open', live);
    level = ids.flatMap((id) => draft.select('session', 'parent', id));
  }
}

/** `system` and names below it are the runtime; whoever else cancels is a person. */
export function actorOf(by: string): 'system' | 'human' {
  return by === 'system' || by.startsWith('system:') ? 'system' : 'human';
}
