import type { SessionLog } from '../../engine/index.ts';
import type { ThreadEntry, Threads } from '../data/page.ts';
import { textOf } from './artifact-text.ts';

const MOST_MESSAGES = 200;
const MOST_CHARACTERS = 4_000;
const MOST_TOGETHER = 8 * 1024 * 1024;

/** More bytes than the characters can have, and room for a secret at their end. */
const READ = MOST_CHARACTERS * 4 + 4 * 1024;

/** The last messages of each session with what they say, as far as it fits; the first sessions get the room. */
export async function threadsOf(log: SessionLog, session_ids: readonly string[]): Promise<Threads> {
  const threads: Threads = {};
  const said = saying(log);
  for await (const { session_id, messages } of log.threads(session_ids, MOST_MESSAGES)) {
    const entries: ThreadEntry[] = [];
    for (const {
      message_id,
      timestamp: at,
      role,
      content_artifact_id: artifact_id,
      provenance,
    } of messages) {
      const { text, cut } = await said(artifact_id);
      entries.push({
        message_id,
        at,
        role,
        text,
        cut,
        artifact_id,
        untrusted: provenance !== null && !provenance.trusted,
      });
    }
    threads[session_id] = entries;
  }
  return threads;
}

/** Messages often say the same, so that what was read last is kept. */
function saying(log: SessionLog): (artifact_id: string) => Promise<Pick<ThreadEntry, 'text' | 'cut'>> {
  const known = new Map<string, Pick<ThreadEntry, 'text' | 'cut'>>();
  let left = MOST_TOGETHER;
  return async (artifact_id) => {
    let found = known.get(artifact_id);
    if (found === undefined) {
      const piece = await log.artifact(artifact_id, READ);
      const whole = piece !== undefined && piece.content.length === piece.bytes;
      found = (piece && textOf(piece.content, { most: MOST_CHARACTERS, whole })) ?? {
        text: null,
        cut: false,
      };
      if (known.size < MOST_KNOWN) known.set(artifact_id, found);
    }
    if (found.text !== null && found.text.length > left) return { text: null, cut: true };
    left -= found.text?.length ?? 0;
    return found;
  };
}

const MOST_KNOWN = 1_000;
