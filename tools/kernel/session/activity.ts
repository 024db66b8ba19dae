import type { Draft } from '../draft.ts';
import type { SessionRow } from '../rows.ts';

/**
 * A session has done something itself. Whatever is done to it, a child that ends or a letter that comes, is no sign
 * of life of its own. A clock that steps back takes nothing back (FM-25).
 */
export function wasActive(draft: Draft, session: SessionRow): void {
  session.last_activity_at = [session.last_activity_at ?? '', draft.time].sort()[1]!;
}
