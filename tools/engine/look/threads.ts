import type { ThreadMessage } from '../api.ts';
import { threadRecord } from '../records.ts';
import type { Reading } from '../store/store.ts';

export interface Thread {
  session_id: string;
  messages_total: number;
  /** The last of them, oldest first. */
  messages: ThreadMessage[];
}

/** One look for all of them: threads are many, and most are short. */
export function threadsOf(view: Reading, session_ids: readonly string[], most: number): Thread[] {
  const threads = view.selectMany('message', 'session', session_ids);
  return session_ids.map((session_id) => {
    const thread = threads.get(session_id)!;
    const messages = thread.slice(Math.max(0, thread.length - most)).map(threadRecord);
    return { session_id, messages_total: thread.length, messages };
  });
}
