import type { SessionLog } from '../../engine/index.ts';
import type { Threads } from '../data/page.ts';

const MOST_MESSAGES = 200;

/** The last messages of each session; what they say is among the artifacts. */
export async function threadsOf(log: SessionLog, session_ids: readonly string[]): Promise<Threads> {
  const sessions: Threads['sessions'] = {};
  const artifacts = new Map<string, number>();
  const artifactOf = (id: string): number => {
    const known = artifacts.get(id) ?? artifacts.size;
    artifacts.set(id, known);
    return known;
  };
  for await (const { session_id, messages } of log.threads(session_ids, MOST_MESSAGES))
    sessions[session_id] = messages.map((message) => ({
      message_id: message.message_id,
      at: message.timestamp,
      role: message.role,
      artifact: artifactOf(message.content_artifact_id),
      untrusted: message.provenance !== null && !message.provenance.trusted,
    }));
  return { artifact_ids: [...artifacts.keys()], sessions };
}
