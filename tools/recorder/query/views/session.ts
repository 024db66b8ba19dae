import type { ModelSessionState } from '../../../generated/index.ts';
import type { SessionRow } from '../../../kernel/index.ts';

/** What every view says of a session. */
export interface ViewedSession {
  session_id: string;
  parent_session_id: string | null;
  root_session_id: string;
  role: string;
  model_id: string;
  wp_id: string | null;
  spawn_depth: number;
  state: ModelSessionState;
}

export const viewedSession = (row: SessionRow): ViewedSession => ({
  session_id: row.session_id,
  parent_session_id: row.parent_session_id,
  root_session_id: row.root_session_id,
  role: row.role,
  model_id: row.model_id,
  wp_id: row.wp_id,
  spawn_depth: row.spawn_depth,
  state: row.state,
});
